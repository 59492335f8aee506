import { buildChain, type ChainRefusal } from '../gm/certificate-chain.ts';
import type { Certificate } from '../gm/certificate.ts';
import { sm3 } from '../gm/sm3.ts';
import { equalBytes, toHex } from '../lib/bytes.ts';
import type { Recipient } from '../protocol/bids.ts';
import type { TrustAnchors } from './trust-anchors.ts';

/** What a site wants of those who can open a file. */
export interface RecipientRules {
  /** Certificates that must be among the recipients, DER: byte for byte, since a renewed one is another. */
  readonly required: readonly Uint8Array[];
  /** 统一社会信用代码 that one of the certificates must carry. */
  readonly creditCode: string | undefined;
  readonly anchors: TrustAnchors | undefined;
  /** When each certificate must be valid. */
  readonly at: Date;
}

/** The first rule that is broken; undefined where none is. */
export type RecipientRefusal = ChainRefusal | 'requiredRecipientMissing' | 'bidderMissing';

export function judgeRecipients(
  certificates: readonly Certificate[],
  { required, creditCode, anchors, at }: RecipientRules,
): RecipientRefusal | undefined {
  const isThere = (wanted: Uint8Array) => certificates.some(({ raw }) => equalBytes(raw, wanted));
  if (!required.every(isThere)) return 'requiredRecipientMissing';
  const isBidders = (certificate: Certificate) => certificate.creditCode === creditCode;
  if (creditCode !== undefined && !certificates.some(isBidders)) return 'bidderMissing';
  for (const certificate of certificates) {
    const refusal = judge(certificate, anchors, at);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function judge(
  certificate: Certificate,
  anchors: TrustAnchors | undefined,
  at: Date,
): ChainRefusal | undefined {
  const built = buildChain({
    leaf: certificate.raw,
    intermediates: [],
    // Without anchors the certificate stands for itself: all rules but that of trust are kept.
    anchors: anchors ?? [certificate],
    at,
    purpose: 'encryption',
  });
  if (built.ok || (anchors === undefined && built.reason === 'untrusted')) return undefined;
  return built.reason;
}

/** What a certificate says of its holder and of itself. */
export function recipientOf(certificate: Certificate): Recipient {
  const { subject, creditCode, serialNumber, notBefore, notAfter, raw } = certificate;
  return {
    name: (subject.commonName ?? subject.text).slice(0, 200),
    ...(subject.organization === undefined ? {} : { organization: subject.organization.slice(0, 200) }),
    ...(creditCode === undefined ? {} : { creditCode }),
    serialNumber,
    fingerprint: toHex(sm3(raw)),
    notBefore: notBefore.getTime(),
    notAfter: notAfter.getTime(),
  };
}
