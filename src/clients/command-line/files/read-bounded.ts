import { open } from 'node:fs/promises';

const firstBytes = 65_536;

/**
 * The whole of a small file, or of a pipe, in memory of its own, so that a secret in it can be overwritten.
 * @returns undefined where there are more than `most` bytes
 * @throws the file system's error
 */
export async function readBounded(path: string, most: number): Promise<Uint8Array | undefined> {
  const handle = await open(path, 'r');
  let buffer = new Uint8Array(Math.min(most + 1, firstBytes));
  try {
    for (let size = 0; size <= most;) {
      if (size === buffer.length) buffer = moved(buffer, Math.min(most + 1, 2 * size));
      const { bytesRead } = await handle.read(buffer, size, buffer.length - size, null);
      if (bytesRead === 0) return buffer.slice(0, size);
      size += bytesRead;
    }
    return undefined;
  } finally {
    buffer.fill(0);
    await handle.close();
  }
}

function moved(from: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const to = new Uint8Array(length);
  to.set(from);
  from.fill(0);
  return to;
}
