import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

/**
 * `<prefix><process id>-<token>`: whoever finds such a folder can tell whether its owner still runs, and who knows the
 * token may take it over when it does not. Older versions wrote six characters in the token's place.
 */
const prefix = 'ca-bridge-client-';
const namePattern = /^ca-bridge-client-([1-9]\d{0,9})-([\w-]{22}|[A-Za-z0-9]{6})$/;
const removal = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 } as const;

export interface PrivateFolder {
  /** 22 characters, unguessable: by it a later process may take the folder over. */
  token(): string;
  /** Absolute path; made (mode 0700) when it is asked for first. */
  path(): Promise<string>;
  /**
   * Takes over the folder that a dead process of this user left under `token`, which becomes this folder's token too.
   * Must come before `path()`.
   * @returns its path; undefined where there is none or its process runs, and nothing is changed then
   */
  adopt(token: string): Promise<string | undefined>;
  /** Removes the folder and all in it; a later `path()` is refused. */
  remove(): Promise<void>;
}

/** A folder in `parent` for this process alone, gone at the latest when the process exits. */
export function createPrivateFolder(parent: string): PrivateFolder {
  let token = randomBytes(16).toString('base64url');
  let made: Promise<string> | undefined;
  let path: string | undefined;
  let removed = false;
  const pathFor = (ownToken: string) => join(parent, `${prefix}${process.pid}-${ownToken}`);
  const removeAtExit = () => {
    if (path !== undefined) rmSync(path, removal);
  };
  const own = (ownPath: string) => {
    path = ownPath;
    process.once('exit', removeAtExit);
    return ownPath;
  };
  const make = async () => {
    await mkdir(pathFor(token), { mode: 0o700 });
    return own(pathFor(token));
  };
  return {
    token: () => token,
    path() {
      if (removed) return Promise.reject(new Error('the private folder is removed'));
      made ??= make();
      return made;
    },
    async adopt(wanted) {
      const left = await findLeft(parent, wanted);
      if (left === undefined || made !== undefined || removed) return undefined;
      try {
        // Of several that want it, one gets it.
        await rename(left, pathFor(wanted));
      } catch {
        return undefined;
      }
      token = wanted;
      made = Promise.resolve(own(pathFor(wanted)));
      return path;
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
  const removals = (await leftovers(parent)).map(async ({ path }) => {
    if (!(await isOurFolder(path))) return false;
    await rm(path, removal);
    return true;
  });
  const outcomes = await Promise.allSettled(removals);
  return outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value).length;
}

async function findLeft(parent: string, token: string): Promise<string | undefined> {
  const found = (await leftovers(parent)).find((one) => one.token === token);
  return found !== undefined && (await isOurFolder(found.path).catch(() => false)) ? found.path : undefined;
}

/** What bears the name of a private folder whose process is gone. */
async function leftovers(parent: string): Promise<{ readonly path: string; readonly token: string }[]> {
  const names = await readdir(parent).catch(() => []);
  return names.flatMap((name) => {
    const [, pid, token] = namePattern.exec(name) ?? [];
    if (pid === undefined || token === undefined || isRunning(Number(pid))) return [];
    return [{ path: join(parent, name), token }];
  });
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
