import { concatBytes, equalBytes, fromUtf8, utf8 } from '../lib/bytes.ts';
import { BidError } from './bid-error.ts';
import { bidLimits, isPlainSize } from './bid-limits.ts';
import { be64, fromBigEndian } from './big-endian.ts';

/** What is known of the plaintext when all of it was read; encrypted and authenticated as the chunks are. */
export interface BidTrailer {
  /** SM3 of the whole plaintext, 32 bytes. */
  readonly digest: Uint8Array;
  /** Bytes; the header says the same. */
  readonly plainSize: number;
  /** Milliseconds since 1970 UTC, by the encrypting machine's clock. */
  readonly encryptedAt: number;
  /** The plaintext file's name, without folders; at most 768 bytes of UTF-8. */
  readonly name: string;
}

const nameOffset = 50;

/**
 * The trailer's plaintext, 1,024 bytes.
 * @throws RangeError for what `parseBidTrailer` refuses
 */
export function encodeBidTrailer({ digest, plainSize, encryptedAt, name }: BidTrailer): Uint8Array {
  const nameBytes = utf8(name);
  if (digest.length !== bidLimits.mac) throw new RangeError('digest of the plaintext');
  if (!isPlainSize(plainSize)) throw new RangeError('size of the plaintext');
  if (!isTime(encryptedAt)) throw new RangeError('time of encryption');
  if (readName(nameBytes) !== name) throw new RangeError('name of the plaintext');
  const bytes = new Uint8Array(bidLimits.trailer);
  const nameLength = Uint8Array.of(nameBytes.length >> 8, nameBytes.length & 0xff);
  bytes.set(concatBytes(digest, be64(plainSize), be64(encryptedAt), nameLength, nameBytes));
  return bytes;
}

/**
 * Reads a trailer whose mac holds.
 * @param bytes the trailer's plaintext
 * @param plainSize as the header says
 * @throws BidError `damaged` for anything but what `encodeBidTrailer` makes for that size
 */
export function parseBidTrailer(bytes: Uint8Array, plainSize: number): BidTrailer {
  if (bytes.length !== bidLimits.trailer) throw new BidError('damaged', 'length of the trailer');
  const encryptedAt = fromBigEndian(bytes.subarray(40, 48));
  const end = nameOffset + fromBigEndian(bytes.subarray(48, nameOffset));
  if (fromBigEndian(bytes.subarray(32, 40)) !== plainSize)
    throw new BidError('damaged', 'size in the trailer');
  if (!isTime(encryptedAt)) throw new BidError('damaged', 'time in the trailer');
  const name = readName(bytes.subarray(nameOffset, end));
  if (name === undefined) throw new BidError('damaged', 'name in the trailer');
  if (bytes.subarray(end).some((byte) => byte !== 0)) throw new BidError('damaged', 'end of the trailer');
  return { digest: bytes.slice(0, bidLimits.mac), plainSize, encryptedAt, name };
}

function isTime(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= bidLimits.encryptedAt;
}

/** Undefined for what is no name of a file: too long, not UTF-8, one that leads elsewhere or cannot be shown. */
function readName(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0 || bytes.length > bidLimits.name) return undefined;
  try {
    const name = fromUtf8(bytes);
    const isElsewhere = name === '.' || name === '..' || /[\p{Cc}/\\]/u.test(name);
    // A byte order mark is lost on the way to text.
    return isElsewhere || !equalBytes(utf8(name), bytes) ? undefined : name;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
