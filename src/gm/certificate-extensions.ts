import {
  bitStringBits,
  booleanValue,
  isText,
  objectIdentifier,
  textValue,
  unsignedInteger,
} from './der-values.ts';
import {
  contextTag,
  DerError,
  expectTag,
  openFields,
  parseDer,
  tags,
  type DerElement,
  type DerFields,
} from './der.ts';
import { readDistributionPoints } from './distribution-points.ts';
import { keyUsages, type KeyUsage } from './key-usage.ts';
import { oid } from './object-identifiers.ts';

export interface BasicConstraints {
  readonly ca: boolean;
  /** How many further authorities may follow below; absent where there is no bound. */
  readonly pathLength?: number;
}

/** What a certificate's extensions say; each is absent where the certificate has none of its kind. */
export interface CertificateExtensions {
  readonly keyUsage?: readonly KeyUsage[];
  readonly basicConstraints?: BasicConstraints;
  readonly subjectKeyIdentifier?: Uint8Array;
  /** The keyIdentifier of an AuthorityKeyIdentifier. */
  readonly authorityKeyIdentifier?: Uint8Array;
  /** Dotted identifiers of the purposes that the key is for (RFC 5280 §4.2.1.12). */
  readonly extendedKeyUsage?: readonly string[];
  /** http and https addresses of its issuer's revocation lists. */
  readonly crlDistributionPoints: readonly string[];
  /** DER of every GeneralName of those points, other kinds too: see `checkRevocation`. */
  readonly crlDistributionNames: readonly Uint8Array[];
  /** 统一社会信用代码, where extension 1.2.156.10260.4.1.4 holds one in its form (GB 32100). */
  readonly creditCode?: string;
  /** Object identifiers of critical extensions that are not understood: who relies on it must refuse it. */
  readonly unknownCritical: readonly string[];
}

type Found = { -readonly [Name in keyof CertificateExtensions]?: CertificateExtensions[Name] };

/**
 * Reads the Extensions of RFC 5280 §4.2.
 * @throws DerError also when one kind comes twice
 */
export function readExtensions(element: DerElement | undefined): CertificateExtensions {
  const found: Found = {};
  const seen = new Set<string>();
  const unknownCritical: string[] = [];
  if (element !== undefined) {
    openFields(element);
    if (element.children.length === 0) throw new DerError('missingElement', 'no extension');
  }
  for (const child of element?.children ?? []) {
    const fields = openFields(child);
    const id = objectIdentifier(fields.takeAny());
    const isCritical = takeFlag(fields);
    const value = fields.take(tags.octetString).content;
    fields.end();
    if (seen.has(id)) throw new DerError('unexpectedElement', `extension ${id} twice`);
    seen.add(id);
    if (!readKnown(id, value, found) && isCritical) unknownCritical.push(id);
  }
  return { crlDistributionPoints: [], crlDistributionNames: [], ...found, unknownCritical };
}

/** False when the extension is of no kind that is understood here. */
function readKnown(id: string, value: Uint8Array, found: Found): boolean {
  switch (id) {
    case oid.keyUsage:
      found.keyUsage = readKeyUsage(parseDer(value));
      return true;
    case oid.basicConstraints:
      found.basicConstraints = readBasicConstraints(parseDer(value));
      return true;
    case oid.subjectKeyIdentifier:
      found.subjectKeyIdentifier = expectTag(parseDer(value), tags.octetString).content;
      return true;
    case oid.authorityKeyIdentifier: {
      const keyIdentifier = openFields(parseDer(value)).takeIf(contextTag(0, 'primitive'));
      if (keyIdentifier) found.authorityKeyIdentifier = keyIdentifier.content;
      return true;
    }
    case oid.organizationCode: {
      const code = readCreditCode(value);
      if (code !== undefined) found.creditCode = code;
      return true;
    }
    case oid.extendedKeyUsage:
      found.extendedKeyUsage = readPurposes(parseDer(value));
      return true;
    case oid.crlDistributionPoints: {
      const { urls, names } = readDistributionPoints(parseDer(value));
      found.crlDistributionPoints = urls;
      found.crlDistributionNames = names;
      return true;
    }
    // Says where more is to be found, which nothing here asks for.
    case oid.authorityInformationAccess:
      return true;
    // Policies narrow nothing unless a relying party asks for one (RFC 5280 §6.1.1 c), and none here does.
    case oid.certificatePolicies:
      return true;
    default:
      return false;
  }
}

function readKeyUsage(element: DerElement): KeyUsage[] {
  const bits = bitStringBits(element);
  const known = keyUsages.filter((_, index) => bits[index] === true);
  if (bits.length > keyUsages.length || known.length === 0) throw new DerError('malformedBitString');
  return known;
}

function readPurposes(element: DerElement): string[] {
  openFields(element);
  if (element.children.length === 0) throw new DerError('missingElement', 'no purpose');
  return element.children.map(objectIdentifier);
}

function readBasicConstraints(element: DerElement): BasicConstraints {
  const fields = openFields(element);
  const ca = takeFlag(fields);
  const bound = fields.takeIf(tags.integer);
  fields.end();
  return bound === undefined ? { ca } : { ca, pathLength: Number(unsignedInteger(bound)) };
}

/** BOOLEAN DEFAULT FALSE. A written-out FALSE is no DER, yet common in the field, and has no second meaning. */
function takeFlag(fields: DerFields): boolean {
  const flag = fields.takeIf(tags.boolean);
  return flag !== undefined && booleanValue(flag);
}

/** Authorities write this one as they like: what is no code in a string is as good as absent. */
function readCreditCode(value: Uint8Array): string | undefined {
  try {
    const element = parseDer(value);
    const text = isText(element) ? textValue(element) : '';
    return /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text) ? text : undefined;
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}
