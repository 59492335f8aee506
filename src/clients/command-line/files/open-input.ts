import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { FileProblem, readingAt } from './file-problem.ts';

/**
 * Opens a file for reading alone. What is no regular file (folder, device, pipe, socket; also behind a link) is refused,
 * and no such thing is opened or waited for.
 * @throws FileProblem `inputMissing`, `inputNotReadable`, `inputNotAFile`
 */
export function openInput(path: string): Promise<FileHandle> {
  return readingAt(path, async () => {
    // Opening some devices does something to them.
    if (!(await stat(path)).isFile()) throw new FileProblem('inputNotAFile', path);
    // A pipe that has come in its place since is not waited for. Windows knows no such flag.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
    throw new FileProblem('inputNotAFile', path);
  });
}
