import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Files of any size, in a temporary folder that only this user can read. */
export interface BidStore {
  /**
   * Writes what comes to a file of its own, without holding it.
   * @returns its path; rejects with what the stream or the disk rejects with, and leaves nothing
   */
  receive(stream: AsyncIterable<Uint8Array>): Promise<string>;
  /** The bytes of a file, as they are read. Rejects with the system's error where it is gone. */
  read(path: string): Promise<AsyncIterable<Uint8Array>>;
  remove(path: string): Promise<void>;
  /** Removes everything; resolves when nothing is left, also of what is just coming in. */
  close(): Promise<void>;
}

export function createBidStore(): BidStore {
  let folder: Promise<string> | undefined;
  const coming = new Set<Promise<unknown>>();
  const closed = new AbortController();

  const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true, maxRetries: 3 });

  async function write(stream: AsyncIterable<Uint8Array>): Promise<string> {
    closed.signal.throwIfAborted();
    const path = join(await (folder ??= mkdtemp(join(tmpdir(), 'ca-bridge-sandbox-bids-'))), randomUUID());
    try {
      const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
      await pipeline(stream, file, { signal: closed.signal });
      return path;
    } catch (error) {
      await remove(path);
      throw error;
    }
  }

  return {
    async receive(stream) {
      const writing = write(stream);
      coming.add(writing);
      try {
        return await writing;
      } finally {
        coming.delete(writing);
      }
    },
    async read(path) {
      const file = await open(path);
      return file.createReadStream();
    },
    remove,
    async close() {
      closed.abort(new Error('the sandbox was closed'));
      await Promise.allSettled(coming);
      if (folder !== undefined) await remove(await folder);
    },
  };
}
