import { encodeOctetString, encodeSequence, encodeUnsignedInteger } from '../../gm/der-encode.ts';
import { fromHex, toBase64 } from '../../lib/bytes.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import { sizeLimits } from '../../protocol/limits.ts';

export interface OpeningRequest {
  /** SM3 of the encrypted file, hexadecimal. */
  readonly document: string;
  /** ContentInfo with EnvelopedData, DER; without content where the content-encryption key itself is wanted. */
  readonly envelope: Uint8Array;
}

/**
 * What the phone is asked to open, base64 of OpeningRequest, DER (`src/platforms/RELAY-PROTOCOL.md`).
 * @throws CodedError `BID_NOT_ENCRYPTED` for an envelope that is too long for a phone: of dozens of recipients, which
 *   nothing of ours writes
 */
export function encodeOpeningRequest({ document, envelope }: OpeningRequest): string {
  const request = encodeSequence(
    encodeUnsignedInteger(1n),
    encodeOctetString(fromHex(document)),
    encodeOctetString(envelope),
  );
  const text = toBase64(request);
  if (text.length > sizeLimits.base64OpeningRequest)
    throw new CodedError('BID_NOT_ENCRYPTED', 'its envelope is too long');
  return text;
}
