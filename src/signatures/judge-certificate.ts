import type { Certificate } from '../gm/certificate.ts';
import type { ChainRefusal } from '../gm/certificate-chain.ts';
import type { RevocationReason } from '../gm/revocation-extensions.ts';
import type { FindingCode } from '../protocol/finding-codes.ts';
import { finding, type Finding, type FindingData } from '../protocol/verification.ts';
import { shorten } from './report-parts.ts';
import type { LookedUp, TrustStore } from './trust-store.ts';

/** A clock that runs ahead. */
const clockSkewMilliseconds = 300_000;

/** Whose certificate is judged decides what is said of it. */
export type CertificateRole = 'signer' | 'sealMaker';

interface RoleCodes {
  readonly untrusted: FindingCode;
  readonly noAnchors: FindingCode;
  readonly keyUsage: FindingCode;
  readonly revoked: FindingCode;
}

const codesOf: Readonly<Record<CertificateRole, RoleCodes>> = {
  signer: {
    untrusted: 'chainUntrusted',
    noAnchors: 'noTrustAnchors',
    keyUsage: 'wrongKeyUsage',
    revoked: 'revoked',
  },
  sealMaker: {
    untrusted: 'sealMakerUntrusted',
    noAnchors: 'sealMakerUnknown',
    keyUsage: 'sealMakerWrongKeyUsage',
    revoked: 'sealMakerRevoked',
  },
};

/** What the stated time of signing is worth. */
export function judgeTime(signedAt: Date | undefined, now: Date): Finding[] {
  if (signedAt === undefined) return [finding('signedTimeMissing')];
  if (signedAt.getTime() > now.getTime() + clockSkewMilliseconds) {
    return [finding('signedTimeInFuture', { at: signedAt.toISOString() })];
  }
  return [finding('signedTimeIsSignersWord')];
}

/** The signer's validity, at the time of signing and now. */
export function judgeValidity(certificate: Certificate, signedAt: Date | undefined, now: Date): Finding[] {
  const { notBefore, notAfter } = certificate;
  const at = signedAt ?? now;
  if (at < notBefore) return [finding('certificateNotYetValid', { at: notBefore.toISOString() })];
  const expired = { at: notAfter.toISOString() };
  if (at > notAfter) {
    return [
      finding(
        signedAt === undefined ? 'certificateExpiredTimeUnknown' : 'certificateExpiredAtSigning',
        expired,
      ),
    ];
  }
  return now > notAfter ? [finding('certificateExpiredNow', expired)] : [];
}

export interface TrustRequest {
  readonly role: CertificateRole;
  readonly certificate: Certificate;
  /** Certificates that came with it. */
  readonly further: readonly Certificate[];
  /** When it was used; undefined where nobody says. */
  readonly usedAt: Date | undefined;
}

/**
 * Whether a trusted authority issued the certificate for signing, and whether it or one of the authorities was
 * revoked. Its own validity is told apart: `judgeValidity`.
 */
export async function judgeTrust(request: TrustRequest, store: TrustStore): Promise<Finding[]> {
  const { role, certificate, further, usedAt } = request;
  const codes = codesOf[role];
  const at = within(usedAt ?? store.now, certificate);
  const result = store.chainOf(certificate, further, at);
  if (!result.ok) return [refusalFinding(result.reason, certificate, codes, store)];
  const lookedUp = await store.revocationOf(result.chain);
  return lookedUp.flatMap((one) => revocationFindings(one, usedAt, codes));
}

/** The moment of `certificate`'s validity that is nearest to `date`. */
function within(date: Date, { notBefore, notAfter }: Certificate): Date {
  return new Date(Math.max(notBefore.getTime(), Math.min(date.getTime(), notAfter.getTime())));
}

function refusalFinding(
  reason: ChainRefusal,
  certificate: Certificate,
  codes: RoleCodes,
  store: TrustStore,
): Finding {
  const data = { name: shorten(nameOf(certificate)) };
  if (reason === 'keyUsage') return finding(codes.keyUsage, data);
  if (reason === 'malformed') return finding('certificateMalformed', data);
  return finding(store.hasAnchors ? codes.untrusted : codes.noAnchors, data);
}

/** Reasons to give a certificate up that say nothing against its key. */
const harmlessReasons: ReadonlySet<RevocationReason> = new Set([
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
]);

/**
 * The time of signing is the signer's word: who stole a key can state any. A revocation after it is passed over only
 * where its reason says that the key is safe.
 */
function revocationFindings(
  { certificate, revocation }: LookedUp,
  usedAt: Date | undefined,
  codes: RoleCodes,
): Finding[] {
  const name: FindingData = { name: shorten(nameOf(certificate)) };
  switch (revocation.status) {
    case 'good':
      return [];
    case 'stale':
      return [finding('revocationStale', name)];
    case 'unknown':
      return [finding('revocationUnknown', name)];
    case 'revoked': {
      const isLater = usedAt !== undefined && revocation.revokedAt > usedAt;
      const data = { ...name, at: revocation.revokedAt.toISOString() };
      const isHarmless = isLater && harmlessReasons.has(revocation.reason);
      return [finding(isHarmless ? 'revokedSinceSigning' : codes.revoked, data)];
    }
  }
}

/** What people call the holder. */
export function nameOf({ subject }: Certificate): string {
  return subject.commonName ?? subject.organization ?? subject.text;
}
