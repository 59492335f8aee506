import type { CreateSm3 } from '../gm/sm3.ts';
import type { ByteSource } from '../lib/byte-source.ts';

const pieceLength = 2 ** 20;

/** SM3 of all of the source, read in pieces of 1 MiB. @throws RangeError when the source ends before it said */
export async function hashSource(
  source: ByteSource,
  createHash: CreateSm3,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const hash = createHash();
  for (let offset = 0; offset < source.size;) {
    signal?.throwIfAborted();
    const piece = await source.read(offset, Math.min(pieceLength, source.size - offset));
    if (piece.length === 0) throw new RangeError('source ended early');
    hash.update(piece);
    offset += piece.length;
  }
  return hash.digest();
}
