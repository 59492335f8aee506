import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createPathFiles, type PathFiles } from '../../../../../src/clients/command-line/files/path-files.ts';
import { createTemporaryFolder } from '../../../../support/temporary-folder.ts';

/** A folder that goes with the current test. */
export interface Desk {
  readonly folder: string;
  path(name: string): string;
  put(name: string, content: Uint8Array | string): Promise<string>;
  /** Everything in the folder, hidden names too. */
  names(): Promise<string[]>;
  /** A store whose outputs are to lie in the folder; closed with the test. */
  files(): PathFiles;
}

export async function openDesk(): Promise<Desk> {
  const { path: folder, remove } = await createTemporaryFolder('ca-bridge-desk-');
  onTestFinished(remove);
  const path = (name: string) => join(folder, name);
  return {
    folder,
    path,
    names: async () => (await readdir(folder)).toSorted(),
    async put(name, content) {
      await writeFile(path(name), content);
      return path(name);
    },
    files() {
      const files = createPathFiles(path);
      onTestFinished(files.close);
      return files;
    },
  };
}

/** A job that nobody interrupts. */
export const calm = { signal: new AbortController().signal, progress: () => undefined };
