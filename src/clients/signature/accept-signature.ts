import type { Certificate } from '../../gm/certificate.ts';
import { sm2SignatureHolds } from '../../gm/sm2.ts';
import { equalBytes, fromBase64 } from '../../lib/bytes.ts';
import { CodedError } from '../../protocol/coded-error.ts';

/**
 * The phone's signature over what this document needs signed now. The bytes are made anew from the document: a
 * signature over anything else, by whoever's hand it was swapped, is none.
 * @returns DER SEQUENCE { r, s }
 * @throws CodedError FILE_CHANGED when the document is no longer the one that was prepared; SIGNATURE_MISMATCH
 */
export function acceptSignature(
  expected: Uint8Array,
  answer: { readonly toBeSigned: string; readonly signature: string },
  certificate: Certificate,
): Uint8Array {
  const signature = decode(answer.signature);
  if (!equalBytes(expected, decode(answer.toBeSigned))) throw new CodedError('FILE_CHANGED');
  if (!sm2SignatureHolds(certificate.publicKey, expected, signature)) {
    throw new CodedError('SIGNATURE_MISMATCH');
  }
  return signature;
}

function decode(base64: string): Uint8Array {
  try {
    return fromBase64(base64);
  } catch {
    throw new CodedError('SIGNATURE_MISMATCH');
  }
}
