import { isCertificateRefusal, parseCertificate, type Certificate } from '../../gm/certificate.ts';
import { fromBase64 } from '../../lib/bytes.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';

/** Bytes of base64. @throws CodedError `unreadable` */
export function readBase64(base64: string, unreadable: ErrorCode): Uint8Array {
  try {
    return fromBase64(base64);
  } catch {
    throw new CodedError(unreadable);
  }
}

/** A certificate from DER. @throws CodedError `unreadable` where the bytes are none that CA Bridge takes */
export function readCertificate(der: Uint8Array, unreadable: ErrorCode): Certificate {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (isCertificateRefusal(error)) throw new CodedError(unreadable);
    throw error;
  }
}
