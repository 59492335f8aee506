import { constants } from 'node:fs';
import { readdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { journalEnding, openJournalled, openLeft, type FileJournal } from './file-journal.ts';
import { progressEnding, readProgress, type ProgressHead } from './progress-journal.ts';

/** A complete file that an earlier process left. */
export interface LeftFile {
  readonly file: string;
  readonly path: string;
  readonly handle: FileHandle;
  readonly journal: FileJournal;
}

/** An output that an earlier process had begun. */
export interface LeftOutput extends ProgressHead {
  readonly file: string;
  /** Where it is to lie when it is complete. */
  readonly path: string;
  readonly handle: FileHandle;
  /** Bytes from its beginning that are written. */
  readonly taken: number;
}

export const partEnding = '.part';
const fileIdPattern = /^[\w-]{22}$/;

/**
 * What of an earlier process's folder can still be used; everything else in it is removed. Whatever lies there is
 * doubted: a file counts where it is what its journal says, and no link is followed.
 */
export async function readLeftFolder(
  folder: string,
): Promise<{ readonly files: readonly LeftFile[]; readonly outputs: readonly LeftOutput[] }> {
  const names = await readdir(folder);
  const files = await openFiles(folder, names.filter(isFileId));
  const outputs = await openOutputs(folder, names.flatMap(unfinishedFile));
  const kept = new Set([
    ...files.flatMap(({ file }) => [file, `${file}${journalEnding}`]),
    ...outputs.flatMap(({ file }) => [`${file}${partEnding}`, `${file}${partEnding}${progressEnding}`]),
  ]);
  for (const name of names.filter((one) => !kept.has(one))) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
  return { files, outputs };
}

function isFileId(name: string): boolean {
  return fileIdPattern.test(name);
}

async function openFiles(folder: string, ids: readonly string[]): Promise<LeftFile[]> {
  const files: LeftFile[] = [];
  for (const file of ids) {
    const path = join(folder, file);
    const left = await openJournalled(path);
    if (left !== undefined) files.push({ file, path, ...left });
  }
  return files;
}

/** Of several of one source, the one that got furthest. */
async function openOutputs(folder: string, ids: readonly string[]): Promise<LeftOutput[]> {
  const furthest = new Map<string, LeftOutput>();
  for (const file of ids) {
    const output = await openOutput(folder, file);
    if (output === undefined) continue;
    const rival = furthest.get(output.source);
    const [better, worse] =
      rival !== undefined && rival.taken > output.taken ? [rival, output] : [output, rival];
    furthest.set(output.source, better);
    await worse?.handle.close();
  }
  return [...furthest.values()];
}

function unfinishedFile(name: string): string[] {
  const file = name.slice(0, -partEnding.length);
  return name.endsWith(partEnding) && fileIdPattern.test(file) ? [file] : [];
}

async function openOutput(folder: string, file: string): Promise<LeftOutput | undefined> {
  const path = join(folder, file);
  const progress = await readProgress(`${path}${partEnding}`);
  if (progress === undefined) return undefined;
  const handle = await openLeft(`${path}${partEnding}`, constants.O_RDWR);
  if (handle === undefined) return undefined;
  const { size } = await handle.stat();
  if (size === progress.size) return { file, path, handle, ...progress };
  await handle.close();
  return undefined;
}
