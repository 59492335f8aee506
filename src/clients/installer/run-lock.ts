import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from './file-store.ts';
import { InstallerError } from './installer-error.ts';
import type { Store } from './store.ts';

const pollInterval = 40;

/**
 * Waits until no other run works here, and keeps others from it until the returned function is called. A lock that
 * a killed process left is taken over.
 * @param patience milliseconds
 * @throws InstallerError `busy`; an error of code `ENOENT` when the lock's folder is gone
 */
export async function acquireRunLock(
  file: string,
  files: Store,
  patience = 10_000,
): Promise<() => Promise<void>> {
  const own = Buffer.from(`${process.pid}\n`);
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      await files.create(file, { content: own, executable: false });
      return () => files.remove(file, own);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    if (await removeDeadLock(file)) continue;
    if (performance.now() > deadline) throw new InstallerError('busy', file);
    await pause(pollInterval);
  }
}

async function removeDeadLock(file: string): Promise<boolean> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const holder = await readFile(file, 'utf8');
    if (isAlive(Number(holder))) return false;
    await rename(file, aside);
    // Between reading and renaming another run may have done the same and taken the lock: it gets it back.
    if ((await readFile(aside, 'utf8')) !== holder) await link(aside, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

function isAlive(processId: number): boolean {
  // What no run of ours wrote is nobody's to remove.
  if (!Number.isSafeInteger(processId) || processId <= 0) return true;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}
