import type { Certificate } from '../../gm/certificate.ts';
import { encodeSequence, encodeUnsignedInteger } from '../../gm/der-encode.ts';
import { sm2SignatureHolds } from '../../gm/sm2.ts';
import { toHex } from '../../lib/bytes.ts';
import { CodedError } from '../../protocol/coded-error.ts';

/**
 * A service's signature over `content`: verified under the key's certificate with the standard user id.
 * @param given DER SEQUENCE { r, s }, or r ‖ s of 32 bytes each, as some services write it
 * @returns DER SEQUENCE { r, s }
 * @throws CodedError `SIGNATURE_MISMATCH`
 */
export function acceptVendorSignature(
  given: Uint8Array,
  content: Uint8Array,
  { publicKey }: Pick<Certificate, 'publicKey'>,
): Uint8Array {
  const signature = given.length === 64 ? encodePlain(given) : given;
  if (!sm2SignatureHolds(publicKey, content, signature)) throw new CodedError('SIGNATURE_MISMATCH');
  return signature;
}

/** A DER form of 64 bytes exists too, of numbers that no signer ever meets. */
function encodePlain(given: Uint8Array): Uint8Array {
  const [r, s] = [given.subarray(0, 32), given.subarray(32)].map((half) => BigInt(`0x${toHex(half)}`));
  return encodeSequence(encodeUnsignedInteger(r ?? 0n), encodeUnsignedInteger(s ?? 0n));
}
