import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, win32 } from 'node:path';
import { InstallerError } from './installer-error.ts';
import { readExportedDefault } from './reg-file.ts';
import type { Registry, RegistryView } from './registry.ts';

/** Arguments of `reg.exe`, a verb each. */
export const regArguments = {
  exportKey: (key: string, view: RegistryView, file: string) => ['export', key, file, '/y', `/reg:${view}`],
  query: (key: string, view: RegistryView) => ['query', key, `/reg:${view}`],
  createKey: (key: string, view: RegistryView) => ['add', key, '/f', `/reg:${view}`],
  writeDefault: (key: string, view: RegistryView, text: string) => [
    'add',
    key,
    '/ve',
    '/t',
    'REG_SZ',
    '/d',
    text,
    '/f',
    `/reg:${view}`,
  ],
  deleteDefault: (key: string, view: RegistryView) => ['delete', key, '/ve', '/f', `/reg:${view}`],
  deleteKey: (key: string, view: RegistryView) => ['delete', key, '/f', `/reg:${view}`],
} as const;

/**
 * The Windows registry through `reg.exe` of the system's folder. Values are read by `reg export`: what `reg query`
 * prints is translated, and in a code page that does not know every path.
 * @throws InstallerError `registryRefused` when a change is refused.
 */
export function createRegistry(env: Readonly<Record<string, string | undefined>>): Registry {
  const program = win32.join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'reg.exe');
  const run = (args: readonly string[]) => runReg(program, args);
  const change = async (key: string, args: readonly string[]) => {
    const { code, output } = await run(args);
    if (code !== 0) throw new InstallerError('registryRefused', key, new Error(output));
  };
  return {
    async readDefault(key, view) {
      const folder = await mkdtemp(join(tmpdir(), 'ca-bridge-registry-'));
      try {
        const file = join(folder, 'key.reg');
        const { code } = await run(regArguments.exportKey(key, view, file));
        // Reading is open to everybody, so that a failure means that there is no such key.
        return code === 0 ? readExportedDefault((await readFile(file)).toString('utf16le')) : 'absent';
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    writeDefault: (key, view, text) => change(key, regArguments.writeDefault(key, view, text)),
    deleteDefault: (key, view) => change(key, regArguments.deleteDefault(key, view)),
    async keyState(key, view) {
      const { code, output } = await run(regArguments.query(key, view));
      if (code !== 0) return 'absent';
      return output.trim() === '' ? 'empty' : 'used';
    },
    createKey: (key, view) => change(key, regArguments.createKey(key, view)),
    deleteKey: (key, view) => change(key, regArguments.deleteKey(key, view)),
  };
}

/** Rejects only when the program cannot be run at all. */
function runReg(program: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { windowsHide: true, timeout: 30_000 }, (error, stdout, stderr) => {
      if (error === null) resolve({ code: 0, output: stdout });
      else if (typeof error.code === 'number') resolve({ code: error.code, output: stderr });
      else reject(error);
    });
  });
}
