import { buildChain, type ChainRefusal } from '../../gm/certificate-chain.ts';
import { isCertificateRefusal, parseCertificate, type Certificate } from '../../gm/certificate.ts';
import { parseRevocationList, type RevocationList } from '../../gm/revocation-list.ts';
import { fromBase64 } from '../../lib/bytes.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { Signer } from '../../protocol/documents.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { SignerCertificate, Trust } from '../../protocol/signature-methods.ts';
import { fetchRevocationList } from './fetch-revocation-list.ts';
import { skipSilentAuthorities } from './skip-silent-authorities.ts';
import { readAnchors } from './read-anchors.ts';

/** One for the life of the process, which is that of one session. */
const fetchList = skipSilentAuthorities(fetchRevocationList, Date.now);

const codes: Readonly<Record<ChainRefusal, ErrorCode>> = {
  malformed: 'SIGNER_UNREADABLE',
  notYetValid: 'SIGNER_EXPIRED',
  expired: 'SIGNER_EXPIRED',
  keyUsage: 'SIGNER_NOT_FOR_SIGNING',
  untrusted: 'SIGNER_UNTRUSTED',
};

/** A certificate that may sign now, with what it says of its holder. */
export interface JudgedSigner {
  readonly certificate: Certificate;
  /** DER of its issuers. */
  readonly chain: readonly Uint8Array[];
  readonly signer: Signer;
}

/**
 * Refuses a certificate that must not sign: unreadable, out of its validity at `at`, of another purpose, not issued
 * under the trust anchors (where there are any), or revoked by a list that its authority offers. An authority that
 * cannot be reached keeps nobody from signing; whoever verifies is told.
 * @throws CodedError `SIGNER_…`, `POLICY_INVALID`
 */
export async function judgeSigner(
  { certificate, chain }: SignerCertificate,
  trust: Trust,
  at: Date,
  signal: AbortSignal,
): Promise<JudgedSigner> {
  const leaf = bytesOf(certificate);
  const intermediates = chain.map(bytesOf);
  const anchors = readAnchors(trust);
  // Without anchors the certificate stands for itself: all rules but that of trust are kept.
  const stand = anchors.length === 0 ? [readCertificate(leaf)] : anchors;
  const built = buildChain({ leaf, intermediates, anchors: stand, at, purpose: 'digitalSignature' });
  if (!built.ok && !(anchors.length === 0 && built.reason === 'untrusted')) {
    throw new CodedError(codes[built.reason]);
  }
  if (built.ok && trust.online) await refuseRevoked(built.chain, at, signal);
  const judged = readCertificate(leaf);
  return { certificate: judged, chain: intermediates, signer: signerOf(judged) };
}

/** What the certificate says of its holder. */
export function signerOf({ subject, creditCode, serialNumber }: Certificate): Signer {
  return {
    name: (subject.commonName ?? subject.text).slice(0, 200),
    ...(subject.organization === undefined ? {} : { organization: subject.organization.slice(0, 200) }),
    ...(creditCode === undefined ? {} : { creditCode }),
    serialNumber,
  };
}

async function refuseRevoked(chain: readonly Certificate[], at: Date, signal: AbortSignal): Promise<void> {
  const addresses = new Set(chain.slice(0, -1).flatMap(({ crlDistributionPoints }) => crlDistributionPoints));
  const fetched = await Promise.all([...addresses].slice(0, 8).map((address) => fetchList(address, signal)));
  const lists = fetched.flatMap((der) => (der === undefined ? [] : readList(der)));
  const leaf = chain[0];
  if (leaf === undefined) return;
  const looked = buildChain({
    leaf: leaf.raw,
    intermediates: chain.slice(1, -1).map(({ raw }) => raw),
    anchors: chain.slice(-1),
    at,
    purpose: 'digitalSignature',
    revocation: { lists, now: at },
  });
  const revoked = looked.ok && looked.revocation?.some(({ status }) => status === 'revoked') === true;
  if (revoked) throw new CodedError('SIGNER_REVOKED');
}

/** A list that cannot be read says nothing. */
function readList(der: Uint8Array): RevocationList[] {
  try {
    return [parseRevocationList(der)];
  } catch {
    return [];
  }
}

function readCertificate(der: Uint8Array): Certificate {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (isCertificateRefusal(error)) throw new CodedError('SIGNER_UNREADABLE');
    throw error;
  }
}

function bytesOf(base64: string): Uint8Array {
  try {
    return fromBase64(base64);
  } catch {
    throw new CodedError('SIGNER_UNREADABLE');
  }
}
