import type { ByteSource } from '../lib/byte-source.ts';
import type { VerificationOptions } from './verification-options.ts';

/** Wraps sources so that their reading can be stopped and is counted, all together, towards `total`. */
export function watchedSource(
  total: number,
  { signal, onProgress }: Pick<VerificationOptions, 'signal' | 'onProgress'>,
): (source: ByteSource) => ByteSource {
  let done = 0;
  return (source) => ({
    size: source.size,
    async read(offset, length) {
      signal?.throwIfAborted();
      const bytes = await source.read(offset, length);
      done = Math.min(total, done + bytes.length);
      onProgress?.(done, total);
      return bytes;
    },
  });
}
