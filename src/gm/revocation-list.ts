import { equalBytes } from '../lib/bytes.ts';
import { encodeUnsignedInteger } from './der-encode.ts';
import { readDerHeader, splitDer } from './der-header.ts';
import { bitStringOctets, objectIdentifier, timeValue, unsignedInteger } from './der-values.ts';
import { contextTag, DerError, onlyChild, openFields, parseDer, tags } from './der.ts';
import { readDistinguishedName, type DistinguishedName } from './distinguished-name.ts';
import { oid } from './object-identifiers.ts';
import {
  readEntryReason,
  readListExtensions,
  type RevocationReason,
  type RevocationScope,
} from './revocation-extensions.ts';
import { RevocationListError } from './revocation-list-error.ts';

/** A certificate revocation list, read and not judged: see `checkRevocation`. */
export interface RevocationList {
  readonly issuer: DistinguishedName;
  readonly thisUpdate: Date;
  /** By when the next one comes; absent where the list does not say. */
  readonly nextUpdate?: Date;
  /** Counts the issuer's lists. */
  readonly number?: bigint;
  /** Which of the issuer's certificates it covers. */
  readonly scope: RevocationScope;
  /** How many certificates it lists. */
  readonly size: number;
  /** The entry of this serial number (hexadecimal), found in linear time. */
  find(serialNumber: string): RevocationEntry | undefined;
  /** The whole list, DER. */
  readonly raw: Uint8Array;
  /** TBSCertList, DER: what the issuer signed. */
  readonly tbs: Uint8Array;
  /** DER SEQUENCE { r, s }. */
  readonly signature: Uint8Array;
}

export interface RevocationEntry {
  readonly revokedAt: Date;
  readonly reason: RevocationReason;
}

/** Bytes of the largest list that is read: about a million entries. */
const maxLength = 2 ** 26;

/**
 * Reads a list (RFC 5280 §5.1) from strict DER. Every entry is checked; none is kept as an object.
 * @throws DerError when the bytes are no revocation list
 * @throws RevocationListError when they are one that CA Bridge does not take
 */
export function parseRevocationList(der: Uint8Array): RevocationList {
  if (der.length > maxLength) throw new DerError('tooLong');
  // A copy of its own: views into a caller's buffer would change with it.
  const raw = der.slice();
  const outer = openParts(raw, 3);
  const tbs = outer.take(tags.sequence);
  const algorithm = outer.take(tags.sequence);
  const signature = bitStringOctets(parseDer(outer.take(tags.bitString)));
  outer.end();
  const { entries, signedAlgorithm, ...fields } = readTbs(tbs);
  if (!equalBytes(algorithm, signedAlgorithm)) throw new RevocationListError('algorithmMismatch');
  expectSm2WithSm3(algorithm);
  let size = 0;
  for (const entry of splitDer(entries)) {
    readEntry(entry);
    size += 1;
  }
  const find = (serialNumber: string) => findEntry(entries, serialNumber);
  return Object.freeze({ ...fields, size, find, raw, tbs, signature });
}

interface Tbs extends Pick<RevocationList, 'issuer' | 'thisUpdate' | 'nextUpdate' | 'number' | 'scope'> {
  readonly signedAlgorithm: Uint8Array;
  /** Content of revokedCertificates. */
  readonly entries: Uint8Array;
}

function readTbs(tbs: Uint8Array): Tbs {
  const fields = openParts(tbs, 7);
  const version = fields.takeIf(tags.integer);
  if (version === undefined || unsignedInteger(parseDer(version)) !== 1n) {
    throw new RevocationListError('unsupportedVersion');
  }
  const signedAlgorithm = fields.take(tags.sequence);
  const issuer = readDistinguishedName(parseDer(fields.take(tags.sequence)));
  const thisUpdate = timeValue(parseDer(fields.takeAny()));
  const next = fields.takeIf(tags.utcTime) ?? fields.takeIf(tags.generalizedTime);
  const revoked = fields.takeIf(tags.sequence);
  const extensions = fields.takeIf(contextTag(0));
  fields.end();
  return {
    signedAlgorithm,
    issuer,
    thisUpdate,
    ...(next === undefined ? {} : { nextUpdate: timeValue(parseDer(next)) }),
    entries: revoked === undefined ? new Uint8Array() : contentOf(revoked, tags.sequence),
    ...readListExtensions(extensions && onlyChild(parseDer(extensions))),
  };
}

function expectSm2WithSm3(algorithm: Uint8Array): void {
  const fields = openFields(parseDer(algorithm));
  const id = objectIdentifier(fields.takeAny());
  fields.takeIf(tags.null);
  fields.end();
  if (id !== oid.sm2WithSm3) throw new RevocationListError('unsupportedSignature');
}

function readEntry(der: Uint8Array): RevocationEntry {
  const fields = openFields(parseDer(der));
  fields.take(tags.integer);
  const revokedAt = timeValue(fields.takeAny());
  const reason = readEntryReason(fields.takeIf(tags.sequence));
  fields.end();
  return { revokedAt, reason };
}

function findEntry(entries: Uint8Array, serialNumber: string): RevocationEntry | undefined {
  const wanted = encodeUnsignedInteger(BigInt(`0x${serialNumber}`));
  for (const entry of splitDer(entries)) {
    const content = contentOf(entry, tags.sequence);
    if (equalBytes(content.subarray(0, wanted.length), wanted)) return readEntry(entry);
  }
  return undefined;
}

/** `openFields` over elements that are not looked into: one of them may have very many inside. */
interface Parts {
  take(tag: number): Uint8Array;
  takeIf(tag: number): Uint8Array | undefined;
  takeAny(): Uint8Array;
  end(): void;
}

/** Opens a SEQUENCE of at most `most` elements. @throws DerError, as the methods do */
function openParts(der: Uint8Array, most: number): Parts {
  const parts: Uint8Array[] = [];
  for (const part of splitDer(contentOf(der, tags.sequence))) {
    if (parts.length === most) throw new DerError('unexpectedElement');
    parts.push(part);
  }
  const takeAny = () => {
    const part = parts.shift();
    if (part === undefined) throw new DerError('missingElement');
    return part;
  };
  return {
    takeAny,
    take(tag) {
      if (parts[0] !== undefined && parts[0][0] !== tag) throw new DerError('unexpectedElement');
      return takeAny();
    },
    takeIf: (tag) => (parts[0]?.[0] === tag ? takeAny() : undefined),
    end() {
      if (parts.length > 0) throw new DerError('unexpectedElement');
    },
  };
}

/** Content of the one element that `der` is. */
function contentOf(der: Uint8Array, tag: number): Uint8Array {
  const header = readDerHeader(der);
  const length = header.headerLength + header.length;
  if (header.tag !== tag) throw new DerError('unexpectedElement');
  if (length !== der.length) throw new DerError(length > der.length ? 'truncated' : 'trailingBytes');
  return der.subarray(header.headerLength);
}
