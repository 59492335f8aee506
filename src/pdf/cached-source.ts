import type { ByteSource } from '../lib/byte-source.ts';

const blockSize = 2 ** 16;
const maxBlocks = 64;

/**
 * The same bytes with the last 4 MiB of blocks kept: structure is read in many small pieces. What is longer than
 * a block goes past the cache.
 * @throws the signal's reason at the next read once it is aborted
 */
export function cachedSource(source: ByteSource, signal?: AbortSignal): ByteSource {
  const blocks = new Map<number, Promise<Uint8Array>>();

  function block(index: number): Promise<Uint8Array> {
    const known = blocks.get(index);
    if (known !== undefined) {
      blocks.delete(index);
      blocks.set(index, known);
      return known;
    }
    const read = source.read(index * blockSize, blockSize);
    blocks.set(index, read);
    read.catch(() => blocks.delete(index));
    const [oldest] = blocks.keys();
    if (blocks.size > maxBlocks && oldest !== undefined) blocks.delete(oldest);
    return read;
  }

  return {
    size: source.size,
    async read(offset, length) {
      signal?.throwIfAborted();
      const end = Math.min(offset + length, source.size);
      if (offset >= end) return new Uint8Array();
      const first = Math.floor(offset / blockSize);
      const last = Math.floor((end - 1) / blockSize);
      if (last - first > 1) return source.read(offset, end - offset);
      const head = await block(first);
      if (first === last) return head.subarray(offset - first * blockSize, end - first * blockSize);
      const tail = await block(last);
      const whole = new Uint8Array(end - offset);
      whole.set(head.subarray(offset - first * blockSize));
      whole.set(tail.subarray(0, end - last * blockSize), blockSize - (offset - first * blockSize));
      return whole;
    },
  };
}
