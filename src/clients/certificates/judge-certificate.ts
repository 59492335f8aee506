import { buildChain, type CertificatePurpose, type ChainRefusal } from '../../gm/certificate-chain.ts';
import type { Certificate } from '../../gm/certificate.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { Trust } from '../../protocol/signature-methods.ts';
import { isRevoked } from './find-revoked.ts';
import { mayAsk, readAnchors } from './read-anchors.ts';
import { readBase64, readCertificate } from './read-certificate.ts';

/** What is said of a certificate that must not be used, by what it is wanted for. */
export const certificateCodes: Readonly<
  Record<CertificatePurpose, Readonly<Record<ChainRefusal | 'revoked', ErrorCode>>>
> = {
  digitalSignature: {
    malformed: 'SIGNER_UNREADABLE',
    notYetValid: 'SIGNER_EXPIRED',
    expired: 'SIGNER_EXPIRED',
    keyUsage: 'SIGNER_NOT_FOR_SIGNING',
    untrusted: 'SIGNER_UNTRUSTED',
    revoked: 'SIGNER_REVOKED',
  },
  encryption: {
    malformed: 'RECIPIENT_UNREADABLE',
    notYetValid: 'RECIPIENT_EXPIRED',
    expired: 'RECIPIENT_EXPIRED',
    keyUsage: 'RECIPIENT_NOT_FOR_ENCRYPTION',
    untrusted: 'RECIPIENT_UNTRUSTED',
    revoked: 'RECIPIENT_REVOKED',
  },
};

export interface CertificateQuestion {
  readonly purpose: CertificatePurpose;
  readonly trust: Trust;
  /** When it is used. */
  readonly at: Date;
  readonly signal: AbortSignal;
}

/** A certificate that may be used, and the issuers that came with it. */
export interface JudgedCertificate {
  readonly certificate: Certificate;
  /** DER. */
  readonly chain: readonly Uint8Array[];
}

/**
 * Refuses a certificate that must not be used: unreadable, out of its validity at `at`, of another purpose, not issued
 * under the trust anchors (where there are any), or revoked by a list that its authority offers. An authority that
 * cannot be reached keeps nobody from working; whoever verifies is told.
 * @param encoded base64 DER
 * @throws CodedError `SIGNER_…` or `RECIPIENT_…` by the purpose, `POLICY_INVALID`
 */
export async function judgeCertificate(
  encoded: { readonly certificate: string; readonly chain: readonly string[] },
  { purpose, trust, at, signal }: CertificateQuestion,
): Promise<JudgedCertificate> {
  const codes = certificateCodes[purpose];
  const leaf = readBase64(encoded.certificate, codes.malformed);
  const intermediates = encoded.chain.map((issuer) => readBase64(issuer, codes.malformed));
  const anchors = readAnchors(trust);
  const isTrustAsked = anchors.length > 0;
  // Without anchors the certificate stands for itself: all rules but that of trust are kept.
  const stand = isTrustAsked ? anchors : [readCertificate(leaf, codes.malformed)];
  const built = buildChain({ leaf, intermediates, anchors: stand, at, purpose });
  if (!built.ok && (isTrustAsked || built.reason !== 'untrusted')) throw new CodedError(codes[built.reason]);
  if (built.ok && mayAsk(trust, built.chain)) {
    const revoked = await isRevoked(built.chain, { purpose, at, now: at, signal });
    if (revoked) throw new CodedError(codes.revoked);
  }
  return { certificate: readCertificate(leaf, codes.malformed), chain: intermediates };
}
