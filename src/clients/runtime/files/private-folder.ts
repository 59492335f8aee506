import { rmSync } from 'node:fs';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

/** `<prefix><process id>-<six characters>`: whoever finds such a folder can tell whether its owner still runs. */
const prefix = 'ca-bridge-client-';
const namePattern = /^ca-bridge-client-([1-9]\d{0,9})-[A-Za-z0-9]{6}$/;
const removal = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 } as const;

export interface PrivateFolder {
  /** Absolute path; made (mode 0700) when it is asked for first. */
  path(): Promise<string>;
  /** Removes the folder and all in it; a later `path()` is refused. */
  remove(): Promise<void>;
}

/** A folder in `parent` for this process alone, gone at the latest when the process exits. */
export function createPrivateFolder(parent: string): PrivateFolder {
  let made: Promise<string> | undefined;
  let path: string | undefined;
  let removed = false;
  const removeAtExit = () => {
    if (path !== undefined) rmSync(path, removal);
  };
  const make = async () => {
    path = await mkdtemp(join(parent, `${prefix}${process.pid}-`));
    process.once('exit', removeAtExit);
    return path;
  };
  return {
    path() {
      if (removed) return Promise.reject(new Error('the private folder is removed'));
      made ??= make();
      return made;
    },
    async remove() {
      removed = true;
      await made?.catch(() => undefined);
      if (path !== undefined) await rm(path, removal);
      process.removeListener('exit', removeAtExit);
    },
  };
}

/**
 * Removes what processes of this user left behind in `parent` that could not clean up (killed, power cut). Resolves
 * with the number of folders removed; never rejects.
 */
export async function sweepLeftovers(parent: string): Promise<number> {
  const names = await readdir(parent).catch(() => []);
  const removals = names.map(async (name) => {
    const pid = namePattern.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) return false;
    const path = join(parent, name);
    if (!(await isOurFolder(path))) return false;
    await rm(path, removal);
    return true;
  });
  const outcomes = await Promise.allSettled(removals);
  return outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value).length;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** A real folder, no link to one, of the user that this process runs as. */
async function isOurFolder(path: string): Promise<boolean> {
  const status = await lstat(path);
  return status.isDirectory() && (process.getuid === undefined || status.uid === process.getuid());
}
