import { equalBytes } from '../lib/bytes.ts';
import type { Certificate } from './certificate.ts';
import type { RevocationReason } from './revocation-extensions.ts';
import type { RevocationList } from './revocation-list.ts';
import { sm2SignatureHolds } from './sm2.ts';

/**
 * - `good`: a list in force covers the certificate and does not name it
 * - `revoked`: a list of the issuer's names it, since `revokedAt`
 * - `stale`: only lists whose next one is overdue cover it
 * - `unknown`: no list of the issuer's covers it; or it had expired before the lists were made, which drop such
 */
export type RevocationStatus =
  | { readonly status: 'good' | 'stale' | 'unknown' }
  | { readonly status: 'revoked'; readonly revokedAt: Date; readonly reason: RevocationReason };

/** A list from a clock that runs ahead. */
const clockSkewMilliseconds = 300_000;

/**
 * Looks the certificate up in its issuer's lists (RFC 5280 §6.3, without delta and indirect lists). Lists by others,
 * or that do not cover the certificate, are passed over.
 * @param issuer whose key signed the certificate, as `buildChain` found it; the lists' key as well
 * @param at when this is asked, not when the certificate was used: compare `revokedAt` with that
 */
export function checkRevocation(
  certificate: Certificate,
  issuer: Certificate,
  lists: readonly RevocationList[],
  at: Date,
): RevocationStatus {
  const newestFirst = lists
    .filter((list) => isList(list, certificate, issuer, at))
    .toSorted((left, right) => right.thisUpdate.getTime() - left.thisUpdate.getTime());
  for (const [age, list] of newestFirst.entries()) {
    const entry = list.find(certificate.serialNumber);
    // A hold may have been lifted since: the newest list alone tells. Nothing else is ever lifted.
    if (entry !== undefined && (age === 0 || entry.reason !== 'certificateHold')) {
      return { status: 'revoked', ...entry };
    }
  }
  const newest = newestFirst[0];
  if (newest === undefined || certificate.notAfter < newest.thisUpdate) return { status: 'unknown' };
  const isOverdue = newest.nextUpdate === undefined || at > newest.nextUpdate;
  return { status: isOverdue ? 'stale' : 'good' };
}

/** The list is the issuer's, made by then, and covers the certificate. */
function isList(list: RevocationList, certificate: Certificate, issuer: Certificate, at: Date): boolean {
  return (
    equalBytes(list.issuer.raw, certificate.issuer.raw) &&
    equalBytes(list.issuer.raw, issuer.subject.raw) &&
    (issuer.keyUsage === undefined || issuer.keyUsage.includes('cRLSign')) &&
    list.thisUpdate.getTime() <= at.getTime() + clockSkewMilliseconds &&
    covers(list, certificate) &&
    sm2SignatureHolds(issuer.publicKey, list.tbs, list.signature)
  );
}

function covers({ scope }: RevocationList, certificate: Certificate): boolean {
  const kind = certificate.basicConstraints?.ca === true ? 'authorities' : 'subscribers';
  if (scope.only !== undefined && scope.only !== kind) return false;
  return (
    scope.names === undefined ||
    scope.names.some((name) => certificate.crlDistributionNames.some((point) => equalBytes(point, name)))
  );
}
