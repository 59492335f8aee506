import { buildChain, type CertificatePurpose } from '../../gm/certificate-chain.ts';
import type { Certificate } from '../../gm/certificate.ts';
import { parseRevocationList, type RevocationList } from '../../gm/revocation-list.ts';
import { fetchRevocationList } from './fetch-revocation-list.ts';
import { skipSilentAuthorities } from './skip-silent-authorities.ts';

/** One for the life of the process, which is that of one session. */
const fetchList = skipSilentAuthorities(fetchRevocationList, Date.now);

/** Addresses that one chain may have asked. */
const maxAddresses = 8;

export interface RevocationQuestion {
  readonly purpose: CertificatePurpose;
  /** When the chain was valid. */
  readonly at: Date;
  /** When the lists are read. */
  readonly now: Date;
  readonly signal: AbortSignal;
}

/**
 * Whether a list that an authority offers names a certificate of `chain`, which must have been found to end at a trust
 * anchor: nobody else's certificate makes this program ask an address. An authority that cannot be reached, or whose
 * list cannot be read, says nothing.
 */
export async function isRevoked(
  chain: readonly Certificate[],
  { purpose, at, now, signal }: RevocationQuestion,
): Promise<boolean> {
  const [leaf, ...issuers] = chain;
  const anchor = issuers.pop();
  if (leaf === undefined || anchor === undefined) return false;
  const addresses = new Set([leaf, ...issuers].flatMap(({ crlDistributionPoints }) => crlDistributionPoints));
  const fetched = await Promise.all(
    [...addresses].slice(0, maxAddresses).map((address) => fetchList(address, signal)),
  );
  const looked = buildChain({
    leaf: leaf.raw,
    intermediates: issuers.map(({ raw }) => raw),
    anchors: [anchor],
    at,
    purpose,
    revocation: { lists: fetched.flatMap((der) => (der === undefined ? [] : readList(der))), now },
  });
  return looked.ok && looked.revocation?.some(({ status }) => status === 'revoked') === true;
}

function readList(der: Uint8Array): RevocationList[] {
  try {
    return [parseRevocationList(der)];
  } catch {
    return [];
  }
}
