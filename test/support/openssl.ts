import {
  canInstallPackages,
  findInPath,
  installPackages,
  isExecutable,
  updatePackageLists,
} from './ensure-browser-packages.ts';
import { runCommand, tryCommand } from './run-command.ts';

/** macOS has LibreSSL in PATH, Windows mostly nothing. */
const usualPlaces = [
  '/opt/homebrew/opt/openssl@3/bin/openssl',
  '/usr/local/opt/openssl@3/bin/openssl',
  'C:\\Program Files\\Git\\usr\\bin\\openssl.exe',
];

let found: Promise<string> | undefined;

/**
 * Path of an openssl command that knows SM2, against which the tests check our own cryptography; Debian's is
 * installed where that needs no password.
 * @throws Error that says what is missing and what to type.
 */
export function ensureOpenssl(): Promise<string> {
  found ??= findOrInstall();
  return found;
}

/** Runs `openssl` and returns its standard output. @throws Error with its complaint when it fails. */
export async function openssl(args: readonly string[], input?: string | Uint8Array): Promise<Buffer> {
  return runCommand(await ensureOpenssl(), args, input === undefined ? {} : { input });
}

async function findOrInstall(): Promise<string> {
  const installed = await findCapable();
  if (installed !== undefined) return installed;
  const missing = 'The tests need the openssl command, version 3, with SM2';
  if (process.platform === 'darwin') throw new Error(`${missing}. Type: brew install openssl@3`);
  if (!(await canInstallPackages())) {
    throw new Error(`${missing}. Type: sudo apt-get install openssl (or your system's counterpart)`);
  }
  await updatePackageLists();
  await installPackages('openssl');
  const fresh = await findCapable();
  if (fresh === undefined) throw new Error(`${missing}; the system's package has it not`);
  return fresh;
}

async function findCapable(): Promise<string | undefined> {
  const inPath = findInPath(process.platform === 'win32' ? 'openssl.exe' : 'openssl');
  for (const path of [inPath, ...usualPlaces]) {
    if (path !== undefined && isExecutable(path) && (await knowsSm2(path))) return path;
  }
  return undefined;
}

/** Distributions build without SM2 (Fedora), so the version alone does not tell. */
async function knowsSm2(path: string): Promise<boolean> {
  const version = await tryCommand(path, ['version']);
  if (!Buffer.from(version.stdout).toString('utf8').startsWith('OpenSSL 3.')) return false;
  const key = await tryCommand(path, ['genpkey', '-algorithm', 'SM2']);
  return key.code === 0;
}
