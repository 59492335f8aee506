import { constants } from 'node:fs';
import { access, lstat, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCodeOf } from '../../runtime/failure-of.ts';
import { FileProblem, writingAt } from './file-problem.ts';

/**
 * Refuses a place where no new file can be made, before any work: it is taken, be it by a link to nowhere, or its folder
 * is missing or may not be written to.
 * @throws FileProblem `output…`
 */
export async function expectPlace(path: string): Promise<void> {
  await expectFolder(dirname(path), path);
  await writingAt(path, async () => {
    if (await isTaken(path)) throw new FileProblem('outputExists', path);
  });
}

/**
 * Refuses a folder where no file can be made.
 * @param path what is to lie in it, or the folder
 * @throws FileProblem `output…`
 */
export function expectFolder(folder: string, path: string = folder): Promise<void> {
  return writingAt(path, async () => {
    if (!(await stat(folder)).isDirectory()) throw new FileProblem('outputFolderMissing', path);
    await access(folder, constants.W_OK);
  });
}

async function isTaken(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
