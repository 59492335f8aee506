import { buildChain, type ChainResult } from '../gm/certificate-chain.ts';
import { isCertificateRefusal, parseCertificate, type Certificate } from '../gm/certificate.ts';
import { DerError } from '../gm/der.ts';
import { RevocationListError } from '../gm/revocation-list-error.ts';
import { parseRevocationList, type RevocationList } from '../gm/revocation-list.ts';
import { checkRevocation, type RevocationStatus } from '../gm/revocation.ts';
import type { VerificationOptions } from './verification-options.ts';

/** What one verification knows of authorities and revocation. */
export interface TrustStore {
  readonly hasAnchors: boolean;
  readonly now: Date;
  /** The path from a certificate to an anchor, for signing, as of `at`. */
  chainOf(leaf: Certificate, further: readonly Certificate[], at: Date): ChainResult;
  /** What is known now of every certificate of a trusted chain but its anchor. */
  revocationOf(chain: readonly Certificate[]): Promise<readonly LookedUp[]>;
}

export interface LookedUp {
  readonly certificate: Certificate;
  readonly revocation: RevocationStatus;
}

const maxFetches = 8;
/** Bytes of all lists that are fetched. */
const maxFetchedBytes = 2 ** 26;

/** The store of one verification; addresses are asked once in its lifetime. */
export function openTrustStore(options: VerificationOptions): TrustStore {
  const { anchors, now, fetchCrl, signal } = options;
  const intermediates = (options.intermediates ?? []).filter(isCertificate);
  const lists = (options.crls ?? []).flatMap(readList);
  const asked = new Set<string>();
  let fetchedBytes = 0;

  async function fetchLists(certificate: Certificate): Promise<boolean> {
    let found = false;
    for (const url of certificate.crlDistributionPoints) {
      if (fetchCrl === undefined || asked.has(url) || asked.size >= maxFetches) continue;
      asked.add(url);
      signal?.throwIfAborted();
      const bytes = await fetchCrl(url, signal).catch(() => undefined);
      signal?.throwIfAborted();
      if (bytes === undefined || fetchedBytes + bytes.length > maxFetchedBytes) continue;
      fetchedBytes += bytes.length;
      const read = readList(bytes);
      lists.push(...read);
      found ||= read.length > 0;
    }
    return found;
  }

  return {
    hasAnchors: anchors.length > 0,
    now,
    chainOf: (leaf, further, at) =>
      buildChain({
        leaf: leaf.raw,
        intermediates: [...further.map(({ raw }) => raw), ...intermediates],
        anchors,
        at,
        purpose: 'digitalSignature',
      }),
    async revocationOf(chain) {
      const lookedUp: LookedUp[] = [];
      for (const [index, issuer] of chain.slice(1).entries()) {
        const certificate = chain[index] ?? issuer;
        const look = () => checkRevocation(certificate, issuer, lists, now);
        let revocation = look();
        const isOpen = revocation.status === 'unknown' || revocation.status === 'stale';
        if (isOpen && (await fetchLists(certificate))) revocation = look();
        lookedUp.push({ certificate, revocation });
      }
      return lookedUp;
    },
  };
}

function isCertificate(der: Uint8Array): boolean {
  try {
    parseCertificate(der);
    return true;
  } catch (error) {
    if (isCertificateRefusal(error)) return false;
    throw error;
  }
}

function readList(der: Uint8Array): RevocationList[] {
  try {
    return [parseRevocationList(der)];
  } catch (error) {
    if (error instanceof DerError || error instanceof RevocationListError) return [];
    throw error;
  }
}
