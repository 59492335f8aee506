import { FileProblem, readingAt } from '../files/file-problem.ts';
import { readBounded } from '../files/read-bounded.ts';

/**
 * The first line of a file, without its end. To be overwritten by the caller.
 * @throws FileProblem `input…`; `passphraseMissing` where it is empty or longer than any passphrase
 */
export async function readPassphraseFile(path: string): Promise<Uint8Array> {
  const file = await readingAt(path, () => readBounded(path, 4_096));
  const end = file?.findIndex((byte) => byte === 0x0a || byte === 0x0d) ?? 0;
  const line = file?.slice(0, end === -1 ? file.length : end);
  file?.fill(0);
  if (line === undefined || line.length === 0) throw new FileProblem('passphraseMissing', path);
  return line;
}
