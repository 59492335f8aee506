import { be64 } from './big-endian.ts';
import { bidLimits, isChunkSize, isPlainSize } from './bid-limits.ts';

/** What a header says of its file's shape. */
export interface BidShape {
  /** L: bytes before headerDigest. */
  readonly headerLength: number;
  /** Plaintext bytes of a chunk: a power of two. */
  readonly chunkSize: number;
  /** Bytes of the plaintext. */
  readonly plainSize: number;
}

/** `more`: further chunks follow. `last`: the last chunk. `trailer`: what comes behind the chunks. */
export type PartKind = 'more' | 'last' | 'trailer';

/** A chunk or the trailer: ciphertext with its mac behind it. Offsets are from the beginning of the file. */
export interface BidPart {
  /** 0 … n - 1 for chunks, n for the trailer. */
  readonly index: number;
  readonly kind: PartKind;
  /** Of the ciphertext. */
  readonly offset: number;
  /** Bytes of the ciphertext, and of the plaintext alike; 0 for the only chunk of an empty file. */
  readonly length: number;
  readonly macOffset: number;
  /** Number of the first counter block. */
  readonly firstBlock: number;
}

export interface BidGeometry {
  /** n, at least 1. */
  readonly chunkCount: number;
  /** Bytes of the whole file. */
  readonly length: number;
  readonly trailer: BidPart;
  /** Its plaintext lies at `index · chunkSize`. @throws RangeError when there is no such chunk */
  chunk(index: number): BidPart;
}

const blockLength = 16;

/**
 * Where everything lies; all of it follows from the header. Exact: the largest number is below 2^47.
 * @throws RangeError for a shape that no header may have
 */
export function bidGeometry({ headerLength, chunkSize, plainSize }: BidShape): BidGeometry {
  const isHeader =
    Number.isInteger(headerLength) &&
    headerLength > bidLimits.fixedFields &&
    headerLength <= bidLimits.headerLength;
  if (!isHeader || !isChunkSize(chunkSize) || !isPlainSize(plainSize)) throw new RangeError('shape of a bid');
  const chunkCount = Math.max(1, Math.ceil(plainSize / chunkSize));
  const bodyOffset = headerLength + bidLimits.mac;

  const part = (index: number, kind: PartKind, offset: number, length: number): BidPart => ({
    index,
    kind,
    offset,
    length,
    macOffset: offset + length,
    firstBlock: index * (chunkSize / blockLength),
  });
  const trailerOffset = bodyOffset + plainSize + chunkCount * bidLimits.mac;
  return {
    chunkCount,
    length: trailerOffset + bidLimits.trailer + bidLimits.mac,
    trailer: part(chunkCount, 'trailer', trailerOffset, bidLimits.trailer),
    chunk(index) {
      if (!Number.isInteger(index) || index < 0 || index >= chunkCount) throw new RangeError('no such chunk');
      const kind = index === chunkCount - 1 ? 'last' : 'more';
      const length = Math.min(chunkSize, plainSize - index * chunkSize);
      return part(index, kind, bodyOffset + index * (chunkSize + bidLimits.mac), length);
    },
  };
}

/**
 * The counter block of SM4-CTR: nonce ‖ be64(block), 16 bytes.
 * @param nonce 8 bytes, from the header
 * @param block of a part, `firstBlock`
 */
export function counterBlock(nonce: Uint8Array, block: number): Uint8Array {
  if (nonce.length !== bidLimits.nonce) throw new RangeError('nonce');
  const bytes = new Uint8Array(blockLength);
  bytes.set(nonce);
  bytes.set(be64(block), bidLimits.nonce);
  return bytes;
}
