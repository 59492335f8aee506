import { rename, rm, type FileHandle } from 'node:fs/promises';
import type { ByteSource } from '../../../lib/byte-source.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import { partEnding } from './adopted-files.ts';
import { removeJournal, writeJournal } from './file-journal.ts';
import type { StoredFile } from './file-store.ts';
import { createHandleLender, type HandleLender } from './handle-lender.ts';
import { createHandleSource } from './handle-source.ts';
import type { IncomingFile } from './incoming-file.ts';
import { removeProgress } from './progress-journal.ts';

/** A file of a store, complete or not. */
export interface FileEntry {
  readonly file: string;
  readonly name: string;
  /** Where it lies when it is complete. */
  readonly path: string;
  readonly handle: FileHandle;
  readonly gone: AbortController;
  readonly lender: HandleLender;
  /** Waits for what works with the handle, beside loans. */
  readonly release: () => Promise<void>;
  /** Bytes counted against the room. */
  reserved: number;
  incoming?: IncomingFile;
  completing?: Promise<StoredFile>;
  complete?: { readonly stored: StoredFile; readonly source: ByteSource };
}

export type EntryParts = Pick<FileEntry, 'file' | 'name' | 'path' | 'handle' | 'reserved' | 'release'>;

export function createEntry({ file, name, path, handle, reserved, release }: EntryParts): FileEntry {
  const gone = new AbortController();
  const lender = createHandleLender(handle, gone.signal);
  return { file, name, path, handle, reserved, release, gone, lender };
}

/** Where a file lies until it is complete. */
export function partPath({ path }: Pick<FileEntry, 'path'>): string {
  return `${path}${partEnding}`;
}

/** The file is written whole, its digest is `sm3`: gives it its name, and a journal where a later process may want it. */
export async function completeEntry(
  entry: FileEntry,
  sm3: string,
  isJournalled: boolean,
): Promise<StoredFile> {
  await rename(partPath(entry), entry.path);
  const stored = await settleEntry(entry, sm3);
  if (isJournalled) {
    const { mtimeNs } = await entry.handle.stat({ bigint: true });
    const { name, size } = stored;
    await writeJournal(entry.path, { name, size, sm3, changed: String(mtimeNs) });
    await removeProgress(partPath(entry));
  }
  return stored;
}

/** The file lies under its name. */
export async function settleEntry(entry: FileEntry, sm3: string): Promise<StoredFile> {
  const source = await createHandleSource(entry.handle, entry.gone.signal);
  const stored = { file: entry.file, name: entry.name, size: source.size, sm3 };
  entry.complete = { stored, source };
  return stored;
}

/** Removes everything of the file once nobody works with it. */
export async function removeEntry(entry: FileEntry, isJournalled: boolean): Promise<void> {
  entry.gone.abort();
  await entry.release();
  await entry.lender.returned();
  await entry.handle.close().catch(() => undefined);
  const paths = [entry.path, partPath(entry)];
  await Promise.all(paths.map((path) => rm(path, { force: true })));
  if (isJournalled) await Promise.all([removeJournal(entry.path), removeProgress(partPath(entry))]);
}

/** What fails because the file is gone, fails with `FILE_UNKNOWN`. */
export async function unlessGone<Value>({ gone }: FileEntry, work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw gone.signal.aborted ? new CodedError('FILE_UNKNOWN') : error;
  }
}
