import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { clientKinds, type ClientKind } from '../../protocol/native-messages.ts';
import { InstallerError } from './installer-error.ts';
import type { InstallerPlatform } from './installation.ts';
import { clientFileName } from './launcher-script.ts';

/** How a client is started: an executable of its own, or a script that needs Node. Absolute paths. */
export type ClientProgram =
  { readonly executable: string } | { readonly node: string; readonly script: string };

export type ClientPrograms = Readonly<Record<ClientKind, ClientProgram>>;

/**
 * Looks for both clients in a folder: `signature-client` (Windows: `signature-client.exe`), else, but not on Windows,
 * the script `signature-client.cjs`; likewise `encryption-client`.
 * @param node Node's executable
 * @throws InstallerError `clientMissing`
 */
export async function findClientPrograms(
  folder: string,
  platform: InstallerPlatform,
  node: string,
): Promise<ClientPrograms> {
  const found = await Promise.all(
    clientKinds.map((kind) => findProgram(resolve(folder), kind, platform, node)),
  );
  return Object.fromEntries(clientKinds.map((kind, index) => [kind, found[index]])) as ClientPrograms;
}

async function findProgram(
  folder: string,
  kind: ClientKind,
  platform: InstallerPlatform,
  node: string,
): Promise<ClientProgram> {
  const script = join(folder, clientFileName(kind));
  const executable = script.replace(/\.cjs$/, platform === 'windows' ? '.exe' : '');
  if (await isFile(executable)) return { executable };
  if (platform === 'windows') throw new InstallerError('clientMissing', executable);
  if (!(await isFile(script))) throw new InstallerError('clientMissing', script);
  return { node, script };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
