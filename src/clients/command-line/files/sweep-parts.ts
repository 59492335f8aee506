import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { ownerOfPart } from './part-names.ts';

/**
 * Removes from `folder` what processes of this user on this machine left of outputs when they were killed: files of
 * exactly such a name, whose process is gone. Never rejects: a folder that cannot be read is told by whoever writes to it.
 */
export async function sweepParts(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => {
    const pid = ownerOfPart(name);
    return pid !== undefined && !isRunning(pid);
  });
  await Promise.allSettled(
    left.map(async (name) => {
      const path = join(folder, name);
      if (await isOurFile(path)) await rm(path, { force: true });
    }),
  );
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** A regular file, no link to one, of the user that this process runs as. */
async function isOurFile(path: string): Promise<boolean> {
  const status = await lstat(path);
  return status.isFile() && (process.getuid === undefined || status.uid === process.getuid());
}
