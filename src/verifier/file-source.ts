import { open } from 'node:fs/promises';
import type { ByteSource } from '../lib/byte-source.ts';

/**
 * Gives `use` the file's bytes as they are asked for, and closes the file after it.
 * Rejects with the system's error where the file cannot be read, with RangeError where it became shorter meanwhile.
 */
export async function withFile<T>(path: string, use: (source: ByteSource) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return await use({
      size,
      async read(offset, length) {
        const wanted = Math.max(0, Math.min(length, size - offset));
        const bytes = new Uint8Array(wanted);
        let filled = 0;
        while (filled < wanted) {
          const { bytesRead } = await file.read(bytes, filled, wanted - filled, offset + filled);
          if (bytesRead === 0) throw new RangeError('the file became shorter');
          filled += bytesRead;
        }
        return bytes;
      },
    });
  } finally {
    await file.close();
  }
}
