import { randomBytes } from 'node:crypto';
import { chmod, link, lstat, mkdir, open, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Scope } from './browsers.ts';
import type { Store, StoredContent } from './store.ts';

/** Files of a scope: those of a machine can be read by everybody, whatever the umask says. */
export function createFileStore(scope: Scope): Store {
  return {
    read: readStored,
    async create(path, value) {
      await viaTemporary(path, value, linkOnly);
    },
    async replace(path, value) {
      await viaTemporary(path, value, rename);
    },
    async remove(path, content) {
      const found = await readStored(path);
      if (typeof found === 'string' || !found.content.equals(content)) return;
      await rm(path);
      await syncFolder(dirname(path));
    },
    async missingContainers(path) {
      const missing: string[] = [];
      for (let folder = dirname(path); !(await isThere(folder)); folder = dirname(folder)) {
        missing.unshift(folder);
      }
      return missing;
    },
    async makeContainer(folder) {
      try {
        await mkdir(folder, { mode: 0o700 });
      } catch (error) {
        if (codeOf(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return false;
        throw error;
      }
      if (scope === 'machine') await chmod(folder, 0o755);
      return true;
    },
    async removeContainer(folder) {
      try {
        await rmdir(folder);
        return true;
      } catch (error) {
        const code = codeOf(error);
        if (code === 'ENOENT') return true;
        if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') return false;
        throw error;
      }
    },
  };
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Far above anything that we write; what is larger is somebody else's. */
const largestFile = 1024 * 1024;

async function readStored(path: string): Promise<StoredContent | 'absent' | 'obstacle'> {
  try {
    const found = await lstat(path);
    if (!found.isFile() || found.size > largestFile) return 'obstacle';
    return { content: await readFile(path), executable: (found.mode & 0o100) !== 0 };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'absent';
    throw error;
  }
}

async function isThere(folder: string): Promise<boolean> {
  try {
    await stat(folder);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    // A link that leads nowhere is there, and cannot be made into a folder.
    return (await readStored(folder)) !== 'absent';
  }
}

/** Writes beside the target, then puts it in place by `place`: a reader sees all or nothing. */
async function viaTemporary(
  path: string,
  { content, executable }: StoredContent,
  place: (temporary: string, path: string) => Promise<void>,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  const mode = executable ? 0o755 : 0o644;
  const file = await open(temporary, 'wx', mode);
  try {
    try {
      await file.writeFile(content);
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await place(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(path));
}

const withoutHardLinks = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR']);

/** Unlike `rename`, a hard link never replaces. */
async function linkOnly(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (!withoutHardLinks.has(codeOf(error) ?? '')) throw error;
    if ((await readStored(path)) !== 'absent') {
      throw Object.assign(new Error(`EEXIST: file already exists, ${path}`), { code: 'EEXIST', path });
    }
    await rename(temporary, path);
  }
}

/** Makes names durable; Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
