import { assertNever } from '../lib/assert-never.ts';
import type { BidPart, PartKind } from './bid-geometry.ts';
import { be64 } from './big-endian.ts';

/**
 * What is authenticated before a part's ciphertext: headerDigest(32) ‖ be64(index) ‖ flag(1) ‖ 23 zero bytes. One block
 * of SM3, so that the ciphertext goes into the hash where it lies. The mac is HMAC-SM3(Kmac, prefix ‖ ciphertext).
 * @param headerDigest 32 bytes
 * @returns 64 bytes
 */
export function chunkMacPrefix(
  headerDigest: Uint8Array,
  { index, kind }: Pick<BidPart, 'index' | 'kind'>,
): Uint8Array {
  if (headerDigest.length !== 32) throw new RangeError('headerDigest');
  const prefix = new Uint8Array(64);
  prefix.set(headerDigest);
  prefix.set(be64(index), 32);
  prefix[40] = flagOf(kind);
  return prefix;
}

function flagOf(kind: PartKind): number {
  switch (kind) {
    case 'more':
      return 0;
    case 'last':
      return 1;
    case 'trailer':
      return 2;
    default:
      return assertNever(kind);
  }
}
