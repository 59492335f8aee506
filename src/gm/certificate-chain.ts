import { equalBytes } from '../lib/bytes.ts';
import { isCertificateRefusal, parseCertificate, type Certificate } from './certificate.ts';
import type { KeyUsage } from './key-usage.ts';
import { oid } from './object-identifiers.ts';
import type { RevocationList } from './revocation-list.ts';
import { checkRevocation, type RevocationStatus } from './revocation.ts';
import { sm2SignatureHolds } from './sm2.ts';

/** What the leaf's key is to be used for; a subscriber holds one certificate for each (GM/T 0015). */
export type CertificatePurpose = 'digitalSignature' | 'encryption';

/**
 * - `malformed`: leaf or an intermediate is no SM2 certificate, or the leaf has a critical extension unknown here
 * - `notYetValid`, `expired`: the leaf's validity
 * - `keyUsage`: the leaf is not for this purpose, by its key usage or by extended purposes that exclude it
 * - `untrusted`: no valid path of authorities leads from the leaf to an anchor
 */
export type ChainRefusal = 'malformed' | 'notYetValid' | 'expired' | 'keyUsage' | 'untrusted';

export type ChainResult =
  | {
      readonly ok: true;
      /** The leaf, its issuers, and last the anchor. */
      readonly chain: readonly Certificate[];
      readonly leaf: Certificate;
      /** What the lists say now of each certificate of `chain` but the anchor; absent where none were given. */
      readonly revocation?: readonly RevocationStatus[];
    }
  | { readonly ok: false; readonly reason: ChainRefusal };

export interface ChainRequest {
  /** DER of the certificate to be judged. */
  readonly leaf: Uint8Array;
  /** DER of certificates that may lie between, in any order; nothing is taken for granted about them. */
  readonly intermediates: readonly Uint8Array[];
  /** The authorities that are trusted. */
  readonly anchors: readonly Certificate[];
  /** When validity is judged: of a signature, the time of signing. */
  readonly at: Date;
  readonly purpose: CertificatePurpose;
  /**
   * Lists to look the chain up in, as of `now`. The outcome is told and changes no verdict: a certificate revoked
   * after `at` was good then.
   */
  readonly revocation?: { readonly lists: readonly RevocationList[]; readonly now: Date };
}

const usagesOf: Readonly<Record<CertificatePurpose, readonly KeyUsage[]>> = {
  digitalSignature: ['digitalSignature'],
  encryption: ['keyEncipherment', 'dataEncipherment', 'keyAgreement'],
};

/** Purposes of a key that leave no room for documents, unless another stands beside them. */
const otherPurposes: ReadonlySet<string> = new Set([
  oid.serverAuth,
  oid.codeSigning,
  oid.timeStamping,
  oid.ocspSigning,
]);

/** Certificates of one chain, leaf and anchor included. */
const maxChainLength = 8;
/** Signatures that one search may verify: bounds what hostile intermediates can cost. */
const maxSignatureChecks = 32;

/**
 * Finds and validates the path from a leaf to a trust anchor (RFC 5280 §6.1 without policies; name constraints are
 * refused as unknown critical extensions). Revocation is told beside the verdict where lists are given.
 */
export function buildChain(request: ChainRequest): ChainResult {
  const certificates = parseAll([request.leaf, ...request.intermediates]);
  const [leaf, ...intermediates] = certificates ?? [];
  if (leaf === undefined || leaf.unknownCritical.length > 0) return { ok: false, reason: 'malformed' };
  if (request.at < leaf.notBefore) return { ok: false, reason: 'notYetValid' };
  if (request.at > leaf.notAfter) return { ok: false, reason: 'expired' };
  const wanted = usagesOf[request.purpose];
  if (!leaf.keyUsage?.some((usage) => wanted.includes(usage))) return { ok: false, reason: 'keyUsage' };
  if (leaf.extendedKeyUsage?.every((purpose) => otherPurposes.has(purpose))) {
    return { ok: false, reason: 'keyUsage' };
  }
  const chain = findChain(leaf, intermediates, request);
  if (chain === undefined) return { ok: false, reason: 'untrusted' };
  const { revocation } = request;
  return { ok: true, chain, leaf, ...(revocation && { revocation: lookUp(chain, revocation) }) };
}

function lookUp(
  chain: readonly Certificate[],
  { lists, now }: NonNullable<ChainRequest['revocation']>,
): RevocationStatus[] {
  return chain.slice(1).map((issuer, index) => {
    const certificate = chain[index] ?? issuer;
    return checkRevocation(certificate, issuer, lists, now);
  });
}

function parseAll(encodings: readonly Uint8Array[]): Certificate[] | undefined {
  try {
    return encodings.map(parseCertificate);
  } catch (error) {
    if (isCertificateRefusal(error)) return undefined;
    throw error;
  }
}

function findChain(
  leaf: Certificate,
  intermediates: readonly Certificate[],
  { anchors, at }: Pick<ChainRequest, 'anchors' | 'at'>,
): Certificate[] | undefined {
  let checksLeft = maxSignatureChecks;

  const issues = (issuer: Certificate, path: readonly Certificate[]): boolean => {
    const certificate = path.at(-1);
    if (certificate === undefined || !mayIssue(issuer, certificate, path, at) || checksLeft === 0)
      return false;
    checksLeft -= 1;
    return sm2SignatureHolds(issuer.publicKey, certificate.tbs, certificate.signature);
  };

  const extend = (path: readonly Certificate[]): Certificate[] | undefined => {
    if (path.length >= maxChainLength) return undefined;
    const anchor = anchors.find((candidate) => issues(candidate, path));
    if (anchor !== undefined) return [...path, anchor];
    for (const candidate of intermediates) {
      if (path.includes(candidate) || !issues(candidate, path)) continue;
      const chain = extend([...path, candidate]);
      if (chain !== undefined) return chain;
    }
    return undefined;
  };

  return extend([leaf]);
}

/** Everything but the signature, which decides between authorities of one name. `path` leads from the leaf to `certificate`. */
function mayIssue(
  issuer: Certificate,
  certificate: Certificate,
  path: readonly Certificate[],
  at: Date,
): boolean {
  // Self-issued certificates (key rollover) do not count against the bound, RFC 5280 §6.1.4 (l).
  const authoritiesBelow = path.slice(1).filter((below) => !equalBytes(below.issuer.raw, below.subject.raw));
  return (
    equalBytes(issuer.subject.raw, certificate.issuer.raw) &&
    issuer.basicConstraints?.ca === true &&
    authoritiesBelow.length <= (issuer.basicConstraints.pathLength ?? Infinity) &&
    (issuer.keyUsage === undefined || issuer.keyUsage.includes('keyCertSign')) &&
    issuer.unknownCritical.length === 0 &&
    at >= issuer.notBefore &&
    at <= issuer.notAfter
  );
}
