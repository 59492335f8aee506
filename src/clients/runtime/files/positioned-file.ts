import { rm, type FileHandle } from 'node:fs/promises';
import { partPath } from './file-entry.ts';
import type { PositionedOutput, StoredFile } from './file-store.ts';
import { openProgress, removeProgress } from './progress-journal.ts';
import { createReadBehind } from './read-behind.ts';

/** What is written, and from where on. */
export interface PositionedWish {
  /** Bytes of the whole. */
  readonly size: number;
  /** SM3 of what it is made of, where a later process may go on with it. */
  readonly source: string | undefined;
  /** Bytes that are written already. */
  readonly taken: number;
}

export interface PositionedFile extends Pick<PositionedOutput, 'taken' | 'advance' | 'digest'> {
  /** Brings everything to the disk, then has the file completed. */
  finish(complete: (sm3: string) => Promise<StoredFile>): Promise<StoredFile>;
  /** Lets go of the file, which may be closed then. */
  release(): Promise<void>;
}

/**
 * Prepares an open file for writing at positions. It has its whole size at once, so that a file that may not grow so far
 * fails before the work. On failure the file is closed and removed.
 * @param file `path`: where it is to lie when it is complete
 */
export async function beginPositioned(
  { path, handle }: { readonly path: string; readonly handle: FileHandle },
  { size, source, taken }: PositionedWish,
): Promise<PositionedFile> {
  const part = partPath({ path });
  try {
    if (taken === 0) await handle.truncate(size);
    const journal = source === undefined ? undefined : await openProgress(part, { source, size }, taken);
    const behind = createReadBehind(handle, size, journal);
    let digesting: Promise<string> | undefined;
    const digest = () => (digesting ??= behind.digest());
    return {
      taken,
      advance: behind.advance,
      digest,
      async finish(complete) {
        const sm3 = await digest();
        await handle.sync();
        return complete(sm3);
      },
      release: behind.release,
    };
  } catch (error) {
    await handle.close();
    await rm(part, { force: true });
    await removeProgress(part);
    throw error;
  }
}
