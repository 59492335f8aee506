import { randomBytes } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../../../protocol/coded-error.ts';
import { countLimits, sizeLimits } from '../../../protocol/limits.ts';
import { readLeftFolder, type LeftOutput } from './adopted-files.ts';
import {
  completeEntry,
  createEntry,
  partPath,
  removeEntry,
  settleEntry,
  unlessGone,
  type EntryParts,
  type FileEntry,
} from './file-entry.ts';
import type { FileStore, OutputFile, StoredFile } from './file-store.ts';
import { createGrowingFile } from './growing-file.ts';
import { createIncomingFile, type IncomingFile } from './incoming-file.ts';
import { beginPositioned } from './positioned-file.ts';
import type { PrivateFolder } from './private-folder.ts';
import { createRoom, expectFreeDisk } from './room.ts';

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
  /**
   * Takes over what a dead process of this user left in the folder of this token: its complete files are this
   * process's, under their ids, and its outputs that can be gone on with are kept for whoever makes them again. Only for
   * a store that holds nothing yet.
   */
  adopt(token: string): Promise<readonly StoredFile[]>;
  /** Removes everything. */
  close(): Promise<void>;
}

export interface ClientFilesOptions {
  readonly folder: PrivateFolder;
  readonly maximum?: { readonly bytes: number; readonly files: number };
  /** Keeps journals, by which a later process can take over what this one leaves when it is killed. */
  readonly resumable?: boolean;
  /** Opens a new file for reading and writing. */
  readonly openFile?: (path: string) => Promise<FileHandle>;
}

const defaultMaximum = { bytes: sizeLimits.clientFilesBytes, files: countLimits.clientFiles };
const openNew = (path: string) => open(path, 'wx+', 0o600);

/** An empty store over a private folder. */
export function createClientFiles({
  folder,
  maximum = defaultMaximum,
  resumable = false,
  openFile = openNew,
}: ClientFilesOptions): ClientFiles {
  const entries = new Map<string, FileEntry>();
  const room = createRoom(maximum);
  /** Of an earlier process, by what they are made of. */
  const leftOutputs = new Map<string, LeftOutput>();

  const entryOf = (file: string): FileEntry => {
    const entry = entries.get(file);
    if (entry === undefined) throw new CodedError('FILE_UNKNOWN');
    return entry;
  };
  const completeOf = (file: string) => {
    const { complete } = entryOf(file);
    if (complete === undefined) throw new CodedError('FILE_INCOMPLETE');
    return complete;
  };
  /** Counts and remembers the file that `make` opens. */
  const add = async <Parts extends EntryParts>(size: number, make: () => Promise<Parts>) => {
    room.takeFile(size);
    try {
      const parts = await make();
      const entry = createEntry(parts);
      entries.set(entry.file, entry);
      return { entry, parts };
    } catch (error) {
      room.giveFile(size);
      throw error;
    }
  };
  const openPart = async (size: number) => {
    const parent = await folder.path();
    await expectFreeDisk(parent, size);
    const file = randomBytes(16).toString('base64url');
    const path = join(parent, file);
    return { file, path, handle: await openFile(partPath({ path })) };
  };
  const addGrowing = async (name: string, size: number) => {
    const { entry, parts } = await add(size, async () => {
      const part = await openPart(size);
      const growing = createGrowingFile(part.handle);
      return { ...part, name, reserved: size, release: growing.release, growing };
    });
    return { entry, growing: parts.growing };
  };
  const remove = async (file: string) => {
    const entry = entries.get(file);
    if (entry === undefined) return;
    entries.delete(file);
    await removeEntry(entry, resumable);
    room.giveFile(entry.reserved);
  };
  const takeLeft = (source: string | undefined, size: number): LeftOutput | undefined => {
    const left = source === undefined ? undefined : leftOutputs.get(source);
    if (source === undefined || left?.size !== size) return undefined;
    leftOutputs.delete(source);
    return left;
  };

  return {
    describe: (file) => completeOf(file).stored,
    source: (file) => completeOf(file).source,
    async lend(file, work) {
      completeOf(file);
      return entryOf(file).lender.lend(work);
    },
    drop: remove,
    gone: (file) => entryOf(file).gone.signal,
    incoming: (file) => entryOf(file).incoming,
    async create(name, size, onChunks) {
      const { entry, growing } = await addGrowing(name, size);
      entry.incoming = createIncomingFile(growing, size, () => onChunks(entry.file));
      return entry.file;
    },
    complete(file) {
      const entry = entryOf(file);
      if (entry.complete !== undefined) return Promise.resolve(entry.complete.stored);
      if (entry.completing !== undefined) return entry.completing;
      const { incoming } = entry;
      if (incoming === undefined) throw new CodedError('FILE_INCOMPLETE');
      const completing = unlessGone(
        entry,
        incoming.finish().then((sm3) => completeEntry(entry, sm3, resumable)),
      );
      entry.completing = completing;
      completing.catch(() => delete entry.completing);
      return completing;
    },
    async createOutput(name): Promise<OutputFile> {
      const { entry, growing } = await addGrowing(name, 0);
      const finish = async () => {
        const sm3 = await growing.seal();
        await entry.handle.sync();
        return completeEntry(entry, sm3, resumable);
      };
      return {
        async write(bytes) {
          entryOf(entry.file);
          room.takeBytes(bytes.length);
          entry.reserved += bytes.length;
          await unlessGone(entry, growing.append(bytes));
        },
        finish: () => unlessGone(entry, finish()),
        abandon: () => remove(entry.file),
      };
    },
    async createPositioned(name, size, { resume } = {}) {
      const { entry, parts } = await add(size, async () => {
        const left = takeLeft(resume, size);
        const part = left ?? (await openPart(size));
        const source = resumable ? resume : undefined;
        const positioned = await beginPositioned(part, { size, source, taken: left?.taken ?? 0 });
        return { ...part, name, reserved: size, release: positioned.release, positioned };
      });
      const { positioned } = parts;
      return {
        ...positioned,
        lend: (work) => entry.lender.lend(work),
        digest: () => unlessGone(entry, positioned.digest()),
        sync: () => unlessGone(entry, entry.handle.datasync()),
        finish: () =>
          unlessGone(
            entry,
            positioned.finish((sm3) => completeEntry(entry, sm3, resumable)),
          ),
        abandon: () => remove(entry.file),
      };
    },
    async adopt(token) {
      const path = await folder.adopt(token);
      if (path === undefined) return [];
      const { files, outputs } = await readLeftFolder(path);
      for (const output of outputs) leftOutputs.set(output.source, output);
      const adopted: StoredFile[] = [];
      for (const { journal, ...left } of files) {
        const { name, size, sm3 } = journal;
        const release = () => Promise.resolve();
        const { entry } = await add(size, async () => ({ ...left, name, reserved: size, release }));
        adopted.push(await settleEntry(entry, sm3));
      }
      return adopted;
    },
    async close() {
      await Promise.allSettled([...entries.keys()].map(remove));
      await Promise.allSettled([...leftOutputs.values()].map(({ handle }) => handle.close()));
      await folder.remove();
    },
  };
}
