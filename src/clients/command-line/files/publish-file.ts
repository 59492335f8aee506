import { link, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import { systemCodeOf } from '../../runtime/failure-of.ts';
import { FileProblem, writingAt } from './file-problem.ts';

/**
 * How a file got its name without taking another's:
 * - `link`: the name was linked, which fails where there is one; nobody ever saw anything but the whole file under it
 * - `exclusiveCreate`: for file systems without links (FAT, exFAT, some shares): the name was taken by an empty file,
 *   which the whole one replaced at once
 */
export type PublishedBy = 'link' | 'exclusiveCreate';

/**
 * Gives a whole, synced file its name and syncs the folder of both. Nothing lies at `path` after a failure; the
 * file at `part` may.
 * @param makeLink as `link`
 * @throws FileProblem `outputExists` where there is something of that name, whatever it is; the other `output…`
 */
export function publishFile(part: string, path: string, makeLink = link): Promise<PublishedBy> {
  return writingAt(path, async () => {
    const by = (await isLinked(part, path, makeLink)) ? 'link' : 'exclusiveCreate';
    if (by === 'link') {
      // Where it stays, the next start finds it: the file itself is published.
      await rm(part, { force: true }).catch(() => undefined);
    } else {
      await replaceEmptyFile(part, path);
    }
    try {
      await syncFolder(dirname(path));
    } catch (error) {
      // Its name may be gone after a power cut: nobody is to count on it.
      await rm(path, { force: true });
      throw error;
    }
    return by;
  });
}

/** False where the file system has no links, which each of them says differently. */
async function isLinked(part: string, path: string, makeLink: typeof link): Promise<boolean> {
  try {
    await makeLink(part, path);
    return true;
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') throw new FileProblem('outputExists', path);
    return false;
  }
}

async function replaceEmptyFile(part: string, path: string): Promise<void> {
  const empty = await open(path, 'wx', 0o600);
  const { ino } = await empty.stat({ bigint: true });
  await empty.close();
  try {
    await rename(part, path);
  } catch (error) {
    const found = await lstat(path, { bigint: true }).catch(() => undefined);
    if (found?.ino === ino && found.size === 0n) await rm(path, { force: true });
    throw error;
  }
}

const cannotBeSynced: ReadonlySet<string | undefined> = new Set(['EINVAL', 'ENOTSUP', 'EACCES', 'EPERM']);

/** Brings a name to the disk, where the system lets folders be opened and synced; Windows does not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    if (!cannotBeSynced.has(systemCodeOf(error))) throw error;
  }
}
