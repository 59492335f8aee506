import { spawnSync } from 'node:child_process';
import { readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  createClientFiles,
  type ClientFilesOptions,
} from '../../../../../src/clients/runtime/files/client-files.ts';
import { createPrivateFolder } from '../../../../../src/clients/runtime/files/private-folder.ts';
import { createTemporaryFolder } from '../../../../support/temporary-folder.ts';

export type StoreOptions = Omit<ClientFilesOptions, 'folder'>;

/** A store that ends with the test, over a private folder in a parent of its own or in `parent`. */
export async function createStore(options: StoreOptions = {}, parent?: string) {
  const temporary = parent === undefined ? await createTemporaryFolder() : undefined;
  if (temporary !== undefined) onTestFinished(() => temporary.remove());
  const folder = createPrivateFolder(parent ?? temporary?.path ?? '');
  const files = createClientFiles({ ...options, folder });
  onTestFinished(() => files.close());
  const send = async (bytes: Uint8Array, name = 'bid.pdf') => {
    const file = await files.create(name, bytes.length, () => undefined);
    if (bytes.length > 0) await files.incoming(file)?.writeChunk(0, bytes);
    return files.complete(file);
  };
  return { files, folder, send, listing: async () => (await readdir(await folder.path())).toSorted() };
}

/** Process id of a process that has ended. */
const deadPid = spawnSync('true').pid;

/** Has the folder look as if its process had been killed. */
export async function orphan(path: string, token: string): Promise<string> {
  const left = join(dirname(path), `ca-bridge-client-${deadPid}-${token}`);
  await rename(path, left);
  return left;
}
