import type { CodedError } from '../../../protocol/coded-error.ts';

/** Nothing is to be encrypted to a certificate. */
export class CertificateRefused extends Error {
  /** File of the certificate. */
  readonly path: string;
  /** `RECIPIENT_…`, `POLICY_INVALID` */
  readonly refusal: CodedError;

  constructor(path: string, refusal: CodedError) {
    super(refusal.message);
    this.name = 'CertificateRefused';
    this.path = path;
    this.refusal = refusal;
  }
}
