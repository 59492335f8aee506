import { DerError, openFields, parseDer, tags } from '../../gm/der.ts';
import { fromBase64, toBase64, toHex } from '../../lib/bytes.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { SiteQuestionParams } from '../../protocol/site-flow.ts';

export type SiteEnvelope = SiteQuestionParams<'envelopes'>['envelopes'][number];

/**
 * What a platform of the published flow is given of a client's request to open one file: the envelope itself.
 * @param request OpeningRequest (`RELAY-PROTOCOL.md`), base64 DER
 * @throws CodedError `CLIENT_PROTOCOL` for what is none
 */
export function readSiteEnvelope(request: string): SiteEnvelope {
  try {
    const fields = openFields(parseDer(fromBase64(request)));
    fields.take(tags.integer);
    const document = fields.take(tags.octetString).content;
    const envelope = fields.take(tags.octetString).content;
    fields.end();
    return { sm3: toHex(document), envelope: toBase64(envelope) };
  } catch (error) {
    if (!(error instanceof DerError) && !(error instanceof RangeError)) throw error;
    throw new CodedError('CLIENT_PROTOCOL', 'no request to open');
  }
}
