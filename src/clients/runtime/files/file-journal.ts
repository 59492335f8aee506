import { constants } from 'node:fs';
import { open, readFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import process from 'node:process';
import * as v from 'valibot';
import { sm3HexSchema } from '../../../protocol/documents.ts';
import { fileNameSchema } from '../../../protocol/native-messages.ts';

/** Beside a complete file: what a later process must know to take the file for the same. */
const journalSchema = v.strictObject({
  name: fileNameSchema,
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  sm3: sm3HexSchema,
  /** Time of the last change, nanoseconds since the epoch. */
  changed: v.pipe(v.string(), v.regex(/^\d{1,20}$/)),
});

export type FileJournal = v.InferOutput<typeof journalSchema>;

/** Bytes of a journal at most. */
const maxBytes = 4_096;

export const journalEnding = '.journal';

/**
 * Writes the journal of the complete file at `path`. It is there whole or not at all: a file without one is lost with
 * its process, and good until then.
 */
export async function writeJournal(path: string, journal: FileJournal): Promise<void> {
  const draft = `${path}${journalEnding}.part`;
  try {
    await writeFile(draft, JSON.stringify(journal), { mode: 0o600, flag: 'wx' });
    await rename(draft, `${path}${journalEnding}`);
  } catch {
    await rm(draft, { force: true });
  }
}

export async function removeJournal(path: string): Promise<void> {
  await rm(`${path}${journalEnding}`, { force: true });
}

/** The file at `path` that an earlier process completed, open, where it still is what its journal says. */
export async function openJournalled(
  path: string,
): Promise<{ readonly handle: FileHandle; readonly journal: FileJournal } | undefined> {
  const journal = await readJournal(path);
  const handle = journal === undefined ? undefined : await openLeft(path, constants.O_RDONLY);
  if (journal === undefined || handle === undefined) return undefined;
  const { size, mtimeNs } = await handle.stat({ bigint: true });
  if (size === BigInt(journal.size) && String(mtimeNs) === journal.changed) return { handle, journal };
  await handle.close();
  return undefined;
}

async function readJournal(path: string): Promise<FileJournal | undefined> {
  try {
    return v.parse(journalSchema, JSON.parse(await readLeft(`${path}${journalEnding}`, maxBytes)));
  } catch {
    return undefined;
  }
}

/** A regular file of this user and no link to one, open; undefined where there is none. */
export async function openLeft(path: string, access: number): Promise<FileHandle | undefined> {
  // Windows has no such flag, and links there only for whoever may do anything.
  const noFollow = (constants.O_NOFOLLOW as number | undefined) ?? 0;
  const handle = await open(path, access | noFollow).catch(() => undefined);
  if (handle === undefined) return undefined;
  const status = await handle.stat();
  const isOurs = process.getuid === undefined || status.uid === process.getuid();
  if (status.isFile() && status.nlink === 1 && isOurs) return handle;
  await handle.close();
  return undefined;
}

/** Text of a small file as `openLeft` opens it. */
export async function readLeft(path: string, most: number): Promise<string> {
  const handle = await openLeft(path, constants.O_RDONLY);
  if (handle === undefined) throw new Error('not there');
  try {
    const { size } = await handle.stat();
    if (size > most) throw new Error('too long');
    return await readFile(handle, 'utf8');
  } finally {
    await handle.close();
  }
}
