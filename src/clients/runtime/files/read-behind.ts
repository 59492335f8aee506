import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { startDigestThread, type DigestThread } from './digest-thread.ts';
import type { ProgressJournal } from './progress-journal.ts';

/** From this size on (bytes), the digest is worth a thread. */
const threadFrom = 4 * 1_048_576;
/** Bytes that the thread is told of at once, and bytes of one read. */
const step = 1_048_576;

export interface ReadBehind {
  /** The first `bytes` bytes are written and do not change any more. */
  advance(bytes: number): void;
  /** SM3 (hexadecimal) of the whole file, as it is read; every byte must have been advanced over. */
  digest(): Promise<string>;
  /** Lets go of the file, which may be closed then. */
  release(): Promise<void>;
}

/**
 * Computes the digest of a file of `size` bytes that is written anywhere, behind its writers: from what is read of the
 * file, not from what was written to it.
 */
export function createReadBehind(
  handle: FileHandle,
  size: number,
  journal: ProgressJournal | undefined,
): ReadBehind {
  const thread: DigestThread | undefined = size >= threadFrom ? startDigestThread(handle.fd) : undefined;
  let told = 0;
  let reading: Promise<unknown> = Promise.resolve();
  return {
    advance(bytes) {
      journal?.record(bytes);
      if (bytes < told + step) return;
      told = bytes;
      thread?.advance(bytes);
    },
    digest() {
      const digesting = thread?.finish(size) ?? digestOf(handle, size);
      reading = digesting;
      return digesting;
    },
    async release() {
      await thread?.stop();
      await Promise.allSettled([reading, journal?.close()]);
    },
  };
}

async function digestOf(handle: FileHandle, size: number): Promise<string> {
  const digest = createHash('sm3');
  const buffer = new Uint8Array(Math.min(step, size));
  for (let position = 0; position < size;) {
    const length = Math.min(buffer.length, size - position);
    const { bytesRead } = await handle.read(buffer, 0, length, position);
    if (bytesRead === 0) throw new Error('the file is shorter than what was written');
    digest.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
  return digest.digest('hex');
}
