import { bidGeometry, counterBlock, type BidPart } from '../../bid/bid-geometry.ts';
import type { BidHeader } from '../../bid/bid-header.ts';
import { BidError } from '../../bid/bid-error.ts';
import { bidLimits } from '../../bid/bid-limits.ts';
import { encodeBidTrailer, parseBidTrailer, type BidTrailer } from '../../bid/bid-trailer.ts';
import { chunkMacPrefix } from '../../bid/chunk-mac.ts';
import { splitContentKey } from '../../bid/content-key.ts';
import { sm4Ctr } from '../../gm/sm4.ts';
import { hmacSm3 } from '../../gm/sm3.ts';
import { concatBytes, equalBytes } from '../../lib/bytes.ts';

/** A trailer as it lies in the file: ciphertext ‖ mac, 1,056 bytes. */
export function sealTrailer(header: BidHeader, contentKey: Uint8Array, trailer: BidTrailer): Uint8Array {
  const ciphertext = crypt(header, contentKey, encodeBidTrailer(trailer));
  return concatBytes(ciphertext, macOf(header, contentKey, bidGeometry(header).trailer, ciphertext));
}

/**
 * Reads a trailer as it lies in the file. Its mac is the first that is checked: it tells a wrong key.
 * @throws BidError `keyWrong`, `damaged`
 */
export function openTrailer(header: BidHeader, contentKey: Uint8Array, sealed: Uint8Array): BidTrailer {
  if (!macHolds(header, contentKey, bidGeometry(header).trailer, sealed)) {
    throw new BidError('keyWrong', 'mac of the trailer');
  }
  return parseBidTrailer(crypt(header, contentKey, sealed.subarray(0, bidLimits.trailer)), header.plainSize);
}

/** Whether the mac at the end of a part, as it lies in the file, is that of its ciphertext under this key. */
export function macHolds(
  header: BidHeader,
  contentKey: Uint8Array,
  part: BidPart,
  sealed: Uint8Array,
): boolean {
  const ciphertext = sealed.subarray(0, part.length);
  return equalBytes(macOf(header, contentKey, part, ciphertext), sealed.subarray(part.length));
}

function macOf(header: BidHeader, contentKey: Uint8Array, part: BidPart, ciphertext: Uint8Array): Uint8Array {
  const { macKey } = splitContentKey(contentKey);
  return hmacSm3(macKey, concatBytes(chunkMacPrefix(header.digest, part), ciphertext));
}

function crypt(header: BidHeader, contentKey: Uint8Array, text: Uint8Array): Uint8Array {
  const { encryptionKey } = splitContentKey(contentKey);
  const { firstBlock } = bidGeometry(header).trailer;
  return sm4Ctr(encryptionKey, counterBlock(header.nonce, firstBlock), text);
}
