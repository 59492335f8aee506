import type { ByteSource } from '../lib/byte-source.ts';
import { equalBytes } from '../lib/bytes.ts';
import type { CreateSm3 } from '../gm/sm3.ts';
import { BidError } from './bid-error.ts';
import { bidGeometry } from './bid-geometry.ts';
import { expectKnownVersion, parseBidHeader, readFixedFields, type BidHeader } from './bid-header.ts';
import { bidLimits } from './bid-limits.ts';

/**
 * Reads and checks all that can be checked of a file without a key, in the order of `FORMAT.md`: magic, version,
 * header, headerDigest, whole length. Reads at most 128 KiB, and no byte of the body.
 * @param createHash a faster SM3 than the one here
 * @throws BidError `notABid`, `unknownVersion`, `headerDamaged`, `wrongLength`. Rejects with what `source` rejects with
 */
export async function readBidHeader(source: ByteSource, createHash?: CreateSm3): Promise<BidHeader> {
  const beginning = await source.read(0, Math.min(source.size, bidLimits.fixedFields));
  expectKnownVersion(beginning);
  const actual = source.size;
  if (actual < bidLimits.fixedFields) throw new BidError('wrongLength', { actual });
  const shape = readFixedFields(beginning);
  const expected = bidGeometry(shape).length;
  const digestEnd = shape.headerLength + bidLimits.mac;
  // A file that was cut here has no digest to be judged by, and is rather short than damaged.
  if (actual < digestEnd) throw new BidError('wrongLength', { actual, expected });

  const bytes = await source.read(0, digestEnd);
  const header = parseBidHeader(bytes.subarray(0, shape.headerLength), createHash);
  if (!equalBytes(bytes.subarray(shape.headerLength), header.digest)) {
    throw new BidError('headerDamaged', 'digest of the header');
  }
  if (actual !== expected) throw new BidError('wrongLength', { actual, expected });
  return header;
}
