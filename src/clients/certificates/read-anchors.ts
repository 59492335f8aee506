import { isCertificateRefusal, parseCertificate, type Certificate } from '../../gm/certificate.ts';
import { fromBase64 } from '../../lib/bytes.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { Trust } from '../../protocol/signature-methods.ts';

/** The authorities to trust. @throws CodedError `POLICY_INVALID` when one cannot be read: no signer is to blame. */
export function readAnchors({ anchors }: Trust): Certificate[] {
  try {
    return anchors.map((anchor) => parseCertificate(fromBase64(anchor)));
  } catch (error) {
    if (error instanceof RangeError || isCertificateRefusal(error)) throw new CodedError('POLICY_INVALID');
    throw error;
  }
}
