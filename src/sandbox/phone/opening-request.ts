import { unsignedInteger } from '../../gm/der-values.ts';
import { DerError, openFields, parseDer, tags } from '../../gm/der.ts';
import { EnvelopeError, parseEnvelope, type Envelope } from '../../gm/enveloped-data.ts';
import { fromBase64, toHex } from '../../lib/bytes.ts';
import type { AskedDocument } from './request-binding.ts';

/** One envelope that the computer's side wants opened. */
export interface OpeningRequest {
  /** DER: what the signing number is of. */
  readonly raw: Uint8Array;
  /** The announced document that it names. */
  readonly document: AskedDocument;
  readonly envelope: Envelope;
}

const longestRequest = 20_000;
const digestLength = 32;

/**
 * The requests, if each is well formed and names an announced document that no other one names.
 * @param texts base64 DER
 */
export function readOpeningRequests(
  texts: unknown,
  documents: readonly AskedDocument[],
): readonly OpeningRequest[] | undefined {
  if (!Array.isArray(texts) || texts.length === 0) return undefined;
  const unnamed = [...documents];
  try {
    return texts.map((text: unknown) => {
      const { digest, ...request } = readRequest(text);
      const place = unnamed.findIndex(({ sm3 }) => sm3 === digest);
      const [document] = place === -1 ? [] : unnamed.splice(place, 1);
      if (document === undefined) throw new RangeError('no such document');
      return { ...request, document };
    });
  } catch (error) {
    if ([DerError, EnvelopeError, RangeError].some((kind) => error instanceof kind)) return undefined;
    throw error;
  }
}

/** SEQUENCE { version INTEGER (1), document and envelope OCTET STRING }. */
function readRequest(text: unknown): Omit<OpeningRequest, 'document'> & { readonly digest: string } {
  if (typeof text !== 'string' || text.length > longestRequest) throw new RangeError('no request');
  const raw = fromBase64(text);
  const fields = openFields(parseDer(raw));
  const version = unsignedInteger(fields.takeAny());
  const document = fields.take(tags.octetString).content;
  const envelope = parseEnvelope(fields.take(tags.octetString).content);
  fields.end();
  if (version !== 1n || document.length !== digestLength) throw new RangeError('no request');
  return { raw, digest: toHex(document), envelope };
}
