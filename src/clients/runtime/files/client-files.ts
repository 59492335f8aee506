import { randomBytes } from 'node:crypto';
import { open, rename, rm, statfs, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteSource } from '../../../lib/byte-source.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import { countLimits, sizeLimits } from '../../../protocol/limits.ts';
import type { FileStore, OutputFile, StoredFile } from './file-store.ts';
import { createGrowingFile, type GrowingFile } from './growing-file.ts';
import { createHandleSource } from './handle-source.ts';
import { createIncomingFile, type IncomingFile } from './incoming-file.ts';
import type { PrivateFolder } from './private-folder.ts';

/** The store as the runtime sees it: it also takes files from the extension. */
export interface ClientFiles extends FileStore {
  /** A file of `size` bytes to come. @throws CodedError `DISK_FULL` when the disk has no room for it now. */
  create(name: string, size: number, onChunks: (file: string) => void): Promise<string>;
  /** A file that is not complete yet. @throws CodedError `FILE_UNKNOWN`. */
  incoming(file: string): IncomingFile | undefined;
  /** Completes a file that was sent; the same answer when it is complete already. */
  complete(file: string): Promise<StoredFile>;
  /** Aborts when the file is dropped. @throws CodedError `FILE_UNKNOWN`. */
  gone(file: string): AbortSignal;
  /** Removes everything. */
  close(): Promise<void>;
}

export interface ClientFilesOptions {
  readonly folder: PrivateFolder;
  readonly maximum?: { readonly bytes: number; readonly files: number };
  /** Opens a new file for reading and writing. */
  readonly openFile?: (path: string) => Promise<FileHandle>;
}

interface Entry {
  readonly file: string;
  readonly name: string;
  readonly path: string;
  readonly handle: FileHandle;
  readonly growing: GrowingFile;
  readonly gone: AbortController;
  /** Bytes counted against the maximum. */
  reserved: number;
  incoming?: IncomingFile;
  completing?: Promise<StoredFile>;
  complete?: { readonly stored: StoredFile; readonly source: ByteSource };
}

const defaultMaximum = { bytes: sizeLimits.clientFilesBytes, files: countLimits.clientFiles };
const openNew = (path: string) => open(path, 'wx+', 0o600);

/** An empty store over a private folder. */
export function createClientFiles({
  folder,
  maximum = defaultMaximum,
  openFile = openNew,
}: ClientFilesOptions): ClientFiles {
  const entries = new Map<string, Entry>();
  let reserved = 0;
  let count = 0;

  const reserve = (bytes: number) => {
    if (bytes > maximum.bytes - reserved) throw new CodedError('FILE_TOO_LARGE');
    reserved += bytes;
  };
  const entryOf = (file: string): Entry => {
    const entry = entries.get(file);
    if (entry === undefined) throw new CodedError('FILE_UNKNOWN');
    return entry;
  };
  const completeOf = (file: string) => {
    const { complete } = entryOf(file);
    if (complete === undefined) throw new CodedError('FILE_INCOMPLETE');
    return complete;
  };
  const add = async (name: string, size: number): Promise<Entry> => {
    if (count >= maximum.files) throw new CodedError('CLIENT_BUSY');
    reserve(size);
    count += 1;
    try {
      const file = randomBytes(16).toString('base64url');
      const parent = await folder.path();
      if (size > 0 && size > (await freeBytes(parent))) throw new CodedError('DISK_FULL');
      const path = join(parent, `${file}.part`);
      const handle = await openFile(path);
      const growing = createGrowingFile(handle);
      const gone = new AbortController();
      const entry: Entry = { file, name, path, handle, growing, gone, reserved: size };
      entries.set(file, entry);
      return entry;
    } catch (error) {
      reserved -= size;
      count -= 1;
      throw error;
    }
  };
  const remove = async (file: string) => {
    const entry = entries.get(file);
    if (entry === undefined) return;
    entries.delete(file);
    entry.gone.abort();
    await entry.growing.release();
    await entry.handle.close().catch(() => undefined);
    await Promise.all([rm(entry.path, { force: true }), rm(finalPath(entry), { force: true })]);
    reserved -= entry.reserved;
    count -= 1;
  };
  const settle = async (entry: Entry, sm3: string): Promise<StoredFile> => {
    await rename(entry.path, finalPath(entry));
    const source = await createHandleSource(entry.handle, entry.gone.signal);
    const stored = { file: entry.file, name: entry.name, size: source.size, sm3 };
    entry.complete = { stored, source };
    return stored;
  };
  const asKnown = async <Value>(entry: Entry, work: Promise<Value>): Promise<Value> => {
    try {
      return await work;
    } catch (error) {
      throw entry.gone.signal.aborted ? new CodedError('FILE_UNKNOWN') : error;
    }
  };

  return {
    describe: (file) => completeOf(file).stored,
    source: (file) => completeOf(file).source,
    drop: remove,
    gone: (file) => entryOf(file).gone.signal,
    incoming: (file) => entryOf(file).incoming,
    async create(name, size, onChunks) {
      const entry = await add(name, size);
      entry.incoming = createIncomingFile(entry.growing, size, () => onChunks(entry.file));
      return entry.file;
    },
    complete(file) {
      const entry = entryOf(file);
      if (entry.complete !== undefined) return Promise.resolve(entry.complete.stored);
      if (entry.completing !== undefined) return entry.completing;
      const { incoming } = entry;
      if (incoming === undefined) throw new CodedError('FILE_INCOMPLETE');
      const completing = asKnown(
        entry,
        incoming.finish().then((sm3) => settle(entry, sm3)),
      );
      entry.completing = completing;
      completing.catch(() => delete entry.completing);
      return completing;
    },
    async createOutput(name): Promise<OutputFile> {
      const entry = await add(name, 0);
      const { growing } = entry;
      const finish = async () => {
        const sm3 = await growing.seal();
        await entry.handle.sync();
        return settle(entry, sm3);
      };
      return {
        async write(bytes) {
          entryOf(entry.file);
          reserve(bytes.length);
          entry.reserved += bytes.length;
          await asKnown(entry, growing.append(bytes));
        },
        finish: () => asKnown(entry, finish()),
        abandon: () => remove(entry.file),
      };
    },
    async close() {
      await Promise.allSettled([...entries.keys()].map(remove));
      await folder.remove();
    },
  };
}

function finalPath({ path }: Entry): string {
  return path.slice(0, -'.part'.length);
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
