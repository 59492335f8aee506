import type { Signer } from '../../protocol/documents.ts';
import type { SignerCertificate, Trust } from '../../protocol/signature-methods.ts';
import { holderOf } from '../certificates/certificate-holder.ts';
import { judgeCertificate, type JudgedCertificate } from '../certificates/judge-certificate.ts';

/** A certificate that may sign now, with what it says of its holder. */
export interface JudgedSigner extends JudgedCertificate {
  readonly signer: Signer;
}

/** Refuses a certificate that must not sign at `at`. @throws CodedError `SIGNER_…`, `POLICY_INVALID` */
export async function judgeSigner(
  signer: SignerCertificate,
  trust: Trust,
  at: Date,
  signal: AbortSignal,
): Promise<JudgedSigner> {
  const judged = await judgeCertificate(signer, { purpose: 'digitalSignature', trust, at, signal });
  return { ...judged, signer: holderOf(judged.certificate) };
}
