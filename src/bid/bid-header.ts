import { concatBytes, equalBytes, toHex } from '../lib/bytes.ts';
import { sm3, type CreateSm3 } from '../gm/sm3.ts';
import { BidError } from './bid-error.ts';
import type { BidShape } from './bid-geometry.ts';
import { bidLimits, isChunkSize, isPlainSize } from './bid-limits.ts';
import { readBidRecipient, type BidRecipient } from './bid-recipients.ts';
import { be32, be64, fromBigEndian } from './big-endian.ts';

/** Header of an encrypted bid, version 1. */
export interface BidHeader extends BidShape {
  /** Of the counter blocks, 8 bytes. */
  readonly nonce: Uint8Array;
  /** The bidder's own first, as writers of ours put it. */
  readonly recipients: readonly BidRecipient[];
  /** headerDigest: SM3 of the header's bytes, 32 bytes. */
  readonly digest: Uint8Array;
}

export interface BidHeaderRequest {
  readonly chunkSize: number;
  readonly plainSize: number;
  /** 8 bytes, random. */
  readonly nonce: Uint8Array;
  /** DER of both; each envelope is for the certificate beside it, and all hold the same content key. */
  readonly recipients: readonly { readonly certificate: Uint8Array; readonly envelope: Uint8Array }[];
}

const magic = Uint8Array.of(0x43, 0x41, 0x42, 0x49, 0x44, 0x0d, 0x0a, 0x1a);
const version = 1;

/**
 * The bytes 0 … L-1 of a file; headerDigest is SM3 of them.
 * @throws RangeError for what `parseBidHeader` refuses
 */
export function encodeBidHeader({ chunkSize, plainSize, nonce, recipients }: BidHeaderRequest): Uint8Array {
  const entries = recipients.flatMap(({ certificate, envelope }) => [
    be32(certificate.length),
    certificate,
    be32(envelope.length),
    envelope,
  ]);
  const length = entries.reduce((sum, part) => sum + part.length, 0) + bidLimits.fixedFields;
  const bytes = concatBytes(
    magic,
    be32(version),
    be32(length),
    be32(chunkSize),
    be64(plainSize),
    nonce,
    be32(recipients.length),
    ...entries,
  );
  try {
    parseBidHeader(bytes);
    return bytes;
  } catch (error) {
    throw error instanceof BidError ? new RangeError(error.message, { cause: error }) : error;
  }
}

/**
 * Reads the bytes 0 … L-1 of a file.
 * @param createHash a faster SM3 than the one here
 * @throws BidError `notABid`, `unknownVersion`, `headerDamaged`
 */
export function parseBidHeader(given: Uint8Array, createHash: CreateSm3 = () => sm3.create()): BidHeader {
  // A copy of its own: views into a caller's buffer would change with it.
  const bytes = given.slice();
  const shape = readFixedFields(bytes);
  if (bytes.length !== shape.headerLength) throw new BidError('headerDamaged', 'length of the header');
  const hash = createHash();
  hash.update(bytes);
  return {
    ...shape,
    nonce: bytes.subarray(28, 36),
    recipients: readRecipients(bytes),
    digest: hash.digest(),
  };
}

/**
 * Shape of a file by its first 40 bytes, of which `bytes` may have fewer, or more.
 * @throws BidError `notABid`, `unknownVersion`, `headerDamaged`
 */
export function readFixedFields(bytes: Uint8Array): BidShape {
  expectKnownVersion(bytes);
  const headerLength = fromBigEndian(bytes.subarray(12, 16));
  const chunkSize = fromBigEndian(bytes.subarray(16, 20));
  const plainSize = fromBigEndian(bytes.subarray(20, 28));
  const isHeader = headerLength > bidLimits.fixedFields && headerLength <= bidLimits.headerLength;
  if (
    bytes.length < bidLimits.fixedFields ||
    !isHeader ||
    !isChunkSize(chunkSize) ||
    !isPlainSize(plainSize)
  ) {
    throw new BidError('headerDamaged', 'fixed fields');
  }
  return { headerLength, chunkSize, plainSize };
}

/**
 * Magic and version, as far as `bytes` go.
 * @throws BidError `notABid`, `unknownVersion`
 */
export function expectKnownVersion(bytes: Uint8Array): void {
  if (!equalBytes(bytes.subarray(0, magic.length), magic)) throw new BidError('notABid');
  const found = bytes.subarray(8, 12);
  if (found.length === 4 && fromBigEndian(found) !== version) throw new BidError('unknownVersion');
}

function readRecipients(bytes: Uint8Array): BidRecipient[] {
  const count = fromBigEndian(bytes.subarray(36, 40));
  if (count < 1 || count > bidLimits.recipients) throw new BidError('headerDamaged', 'number of recipients');
  let offset: number = bidLimits.fixedFields;
  const take = (): Uint8Array => {
    const start = offset + 4;
    const end = start + fromBigEndian(bytes.subarray(offset, start));
    if (end > bytes.length) throw new BidError('headerDamaged', 'length of a recipient');
    offset = end;
    return bytes.subarray(start, end);
  };
  const recipients = Array.from({ length: count }, () => readBidRecipient(take(), take()));
  if (offset !== bytes.length) throw new BidError('headerDamaged', 'bytes after the recipients');
  const names = recipients.map(
    ({ certificate }) => `${toHex(certificate.issuer.raw)} ${certificate.serialNumber}`,
  );
  if (new Set(names).size < count) throw new BidError('headerDamaged', 'a recipient twice');
  return recipients;
}
