import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand, tryCommand } from './run-command.ts';

/** First file of that name in PATH that may be executed. */
export function findInPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((file) => isExecutable(file));
}

/** True for a file that this user may execute. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** How this user runs a command as root without being asked: nothing in front, `sudo -n`, or not at all. */
async function rootPrefix(): Promise<readonly string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  const sudo = findInPath('sudo');
  if (sudo === undefined) return undefined;
  const { code } = await tryCommand(sudo, ['-n', 'true']);
  return code === 0 ? [sudo, '-n'] : undefined;
}

/** True where `installPackages` can work: a system with apt-get, and root or sudo without a password. */
export async function canInstallPackages(): Promise<boolean> {
  return findInPath('apt-get') !== undefined && (await rootPrefix()) !== undefined;
}

/** True when apt offers the package and it is no empty one that only fetches a snap (Ubuntu's chromium). */
export async function isRealPackage(name: string): Promise<boolean> {
  const { code, stdout } = await tryCommand('apt-cache', ['show', '--no-all-versions', name]);
  const text = Buffer.from(stdout).toString('utf8');
  return code === 0 && text !== '' && !/^(?:Pre-)?Depends:.*\bsnapd\b/m.test(text);
}

/** Brings apt's lists up to date; a mirror that fails is told and survived, older lists may do. */
export async function updatePackageLists(): Promise<void> {
  await apt(['update']).catch((error: unknown) => console.warn(`apt-get update failed: ${String(error)}`));
}

/** Installs Debian packages, without recommended ones; waits for another apt that holds the lock. */
export async function installPackages(...names: readonly string[]): Promise<void> {
  console.log(`installing ${names.join(', ')} with apt-get`);
  await apt(['install', '--yes', '--no-install-recommends', ...names]);
}

async function apt(args: readonly string[]): Promise<void> {
  const prefix = await rootPrefix();
  if (prefix === undefined) throw new Error(`apt-get ${args.join(' ')} needs root`);
  // `env` because sudo drops the environment.
  const quiet = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=300'];
  const [file = 'env', ...rest] = [...prefix, ...quiet, ...args];
  await runCommand(file, rest, { timeout: 900_000 });
}
