import { booleanValue, objectIdentifier, unsignedInteger } from './der-values.ts';
import { contextTag, DerError, expectTag, openFields, parseDer, tags, type DerElement } from './der.ts';
import { readFullName } from './distribution-points.ts';
import { oid } from './object-identifiers.ts';
import { RevocationListError } from './revocation-list-error.ts';

/** CRLReason by its numbers (RFC 5280 §5.3.1); 7 is not used, 8 belongs to delta lists, which are not read. */
export const revocationReasons = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const;

export type RevocationReason = keyof typeof revocationReasons;

/** Which of an issuer's certificates a list covers (IssuingDistributionPoint, RFC 5280 §5.2.5). */
export interface RevocationScope {
  /** Certificates of authorities alone, or of all others; absent where both. */
  readonly only?: 'authorities' | 'subscribers';
  /** GeneralName, DER: the certificate must name one of these as its distribution point; absent where all are covered. */
  readonly names?: readonly Uint8Array[];
}

interface Extension {
  readonly id: string;
  readonly isCritical: boolean;
  readonly value: Uint8Array;
}

function readEach(element: DerElement | undefined): Extension[] {
  if (element === undefined) return [];
  openFields(element);
  const extensions = element.children.map((child) => {
    const fields = openFields(child);
    const id = objectIdentifier(fields.takeAny());
    const critical = fields.takeIf(tags.boolean);
    const value = fields.take(tags.octetString).content;
    fields.end();
    return { id, isCritical: critical !== undefined && booleanValue(critical), value };
  });
  if (new Set(extensions.map(({ id }) => id)).size < extensions.length) {
    throw new DerError('unexpectedElement', 'an extension twice');
  }
  return extensions;
}

/**
 * What a list's extensions say of it.
 * @param element Extensions
 * @throws DerError, RevocationListError
 */
export function readListExtensions(element: DerElement | undefined): {
  readonly scope: RevocationScope;
  readonly number?: bigint;
} {
  let scope: RevocationScope = {};
  let number: bigint | undefined;
  for (const { id, isCritical, value } of readEach(element)) {
    if (id === oid.issuingDistributionPoint) scope = readScope(parseDer(value));
    else if (id === oid.crlNumber) number = unsignedInteger(parseDer(value));
    else if (isCritical) throw new RevocationListError('unknownCritical');
  }
  return { scope, ...(number === undefined ? {} : { number }) };
}

/** BOOLEAN DEFAULT FALSE under a number of IssuingDistributionPoint. */
const flagTags = {
  subscribers: contextTag(1, 'primitive'),
  authorities: contextTag(2, 'primitive'),
  indirect: contextTag(4, 'primitive'),
  attributes: contextTag(5, 'primitive'),
} as const;

function readScope(element: DerElement): RevocationScope {
  const fields = openFields(element);
  const isSet = (flag: keyof typeof flagTags): boolean => {
    const [octet = 0] = fields.takeIf(flagTags[flag])?.content ?? [];
    return octet !== 0;
  };
  const name = fields.takeIf(contextTag(0));
  const subscribers = isSet('subscribers');
  const authorities = isSet('authorities');
  const someReasons = fields.takeIf(contextTag(3, 'primitive'));
  const isIndirect = isSet('indirect');
  const attributes = isSet('attributes');
  fields.end();
  const names = name && readFullName(name);
  const isUnsupported = isIndirect || attributes || someReasons !== undefined || (subscribers && authorities);
  if (isUnsupported || (name !== undefined && names === undefined)) {
    throw new RevocationListError('unsupportedScope');
  }
  return {
    ...(subscribers ? { only: 'subscribers' } : {}),
    ...(authorities ? { only: 'authorities' } : {}),
    ...(names === undefined ? {} : { names: names.map(({ raw }) => raw) }),
  };
}

const enumerated = 0x0a;

/**
 * Why a certificate was revoked; `unspecified` where the entry does not say.
 * @param element Extensions of the entry
 * @throws DerError, RevocationListError
 */
export function readEntryReason(element: DerElement | undefined): RevocationReason {
  let reason: RevocationReason = 'unspecified';
  for (const { id, isCritical, value } of readEach(element)) {
    if (id === oid.reasonCode) {
      reason = reasonOf(expectTag(parseDer(value), enumerated).content);
    } else if (isCritical) throw new RevocationListError('unknownCritical');
  }
  return reason;
}

function reasonOf([code, ...rest]: Uint8Array): RevocationReason {
  const found = Object.entries(revocationReasons).find(([, number]) => number === code && rest.length === 0);
  if (found === undefined) throw new DerError('unexpectedElement', 'no reason');
  return found[0] as RevocationReason;
}
