import { rmSync } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import type { ByteSource } from '../../../lib/byte-source.ts';
import { toHex } from '../../../lib/bytes.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import { partEnding } from '../../runtime/files/adopted-files.ts';
import type { FileStore, StoredFile } from '../../runtime/files/file-store.ts';
import { createGrowingFile } from '../../runtime/files/growing-file.ts';
import { createHandleLender, type HandleLender } from '../../runtime/files/handle-lender.ts';
import { createHandleSource } from '../../runtime/files/handle-source.ts';
import { hashSource } from '../../runtime/files/hash-source.ts';
import { beginPositioned } from '../../runtime/files/positioned-file.ts';
import { expectFreeDisk } from '../../runtime/files/room.ts';
import type { MethodContext } from '../../runtime/method-handlers.ts';
import { writingAt } from './file-problem.ts';
import { openInput } from './open-input.ts';
import { expectPlace } from './output-place.ts';
import { partNameFor } from './part-names.ts';
import { publishFile, type PublishedBy } from './publish-file.ts';

export interface PublishedFile {
  readonly path: string;
  readonly by: PublishedBy;
}

/**
 * The user's own files: inputs are read where they lie and never changed; an output lies under a temporary name in its
 * folder, readable by this user alone, until it is published.
 */
export interface PathFiles extends FileStore {
  /** Opens an input; it can be read, and described once it is digested. @throws FileProblem `input…` */
  add(path: string): Promise<string>;
  /** Reads an input through for its SM3. @throws CodedError `FILE_CHANGED`, `REQUEST_ABORTED` */
  digest(file: string, context: Pick<MethodContext, 'signal' | 'progress'>): Promise<void>;
  /** Gives an output that is finished its own name, and forgets it. @throws FileProblem `output…`; it is gone then */
  publish(file: string): Promise<PublishedFile>;
  /** Closes everything, and removes outputs that are not published. */
  close(): Promise<void>;
}

interface PathEntry {
  readonly name: string;
  readonly handle: FileHandle;
  readonly gone: AbortController;
  readonly lender: HandleLender;
  /** Of an output: where it lies, and where it is to lie. */
  readonly output?: { readonly part: string; readonly path: string };
  /** Waits for what works with the handle, beside loans. */
  release?: () => Promise<void>;
  source?: ByteSource;
  stored?: StoredFile;
}

/** @param placeOf path of an output whose name a method gave; its folder must be there */
export function createPathFiles(placeOf: (name: string) => string): PathFiles {
  const entries = new Map<string, PathEntry>();
  let lastFile = 0;
  const removeAtExit = () => {
    for (const { output } of entries.values()) if (output !== undefined) rmSync(output.part, { force: true });
  };
  process.on('exit', removeAtExit);

  const entryOf = (file: string): PathEntry => {
    const entry = entries.get(file);
    if (entry === undefined) throw new CodedError('FILE_UNKNOWN');
    return entry;
  };
  const sourceOf = (file: string): ByteSource => {
    const { source } = entryOf(file);
    if (source === undefined) throw new CodedError('FILE_INCOMPLETE');
    return source;
  };
  const storedOf = (file: string): StoredFile => {
    const { stored } = entryOf(file);
    if (stored === undefined) throw new CodedError('FILE_INCOMPLETE');
    return stored;
  };
  const enter = (handle: FileHandle, rest: Pick<PathEntry, 'name' | 'output'>) => {
    const gone = new AbortController();
    const entry: PathEntry = { ...rest, handle, gone, lender: createHandleLender(handle, gone.signal) };
    lastFile += 1;
    const file = String(lastFile);
    entries.set(file, entry);
    return { file, entry };
  };
  const letGo = async ({ gone, release, lender, handle }: PathEntry) => {
    gone.abort();
    await release?.();
    await lender.returned();
    await handle.close().catch(() => undefined);
  };
  const drop = async (file: string) => {
    const entry = entries.get(file);
    if (entry === undefined) return;
    await letGo(entry);
    if (entry.output !== undefined) await rm(entry.output.part, { force: true });
    entries.delete(file);
  };
  const begin = async (name: string, size: number) => {
    const path = placeOf(name);
    await expectPlace(path);
    await expectFreeDisk(dirname(path), size);
    const part = join(dirname(path), partNameFor(basename(path)));
    const handle = await writingAt(path, () => open(part, 'wx+', 0o600));
    return { ...enter(handle, { name, output: { part, path } }), part };
  };
  /** The output is written whole and synced. */
  const settle = async (file: string, sm3: string): Promise<StoredFile> => {
    const entry = entryOf(file);
    entry.source = await createHandleSource(entry.handle, entry.gone.signal);
    entry.stored = { file, name: entry.name, size: entry.source.size, sm3 };
    return entry.stored;
  };

  return {
    describe: storedOf,
    source: sourceOf,
    lend: (file, work) => entryOf(file).lender.lend(work),
    drop,
    async add(path) {
      const { file, entry } = enter(await openInput(path), { name: basename(path) });
      entry.source = await createHandleSource(entry.handle, entry.gone.signal);
      return file;
    },
    async digest(file, context) {
      const entry = entryOf(file);
      const source = sourceOf(file);
      const sm3 = toHex(await hashSource(source, context));
      entry.stored = { file, name: entry.name, size: source.size, sm3 };
    },
    async createOutput(name) {
      const { file, entry } = await begin(name, 0);
      const growing = createGrowingFile(entry.handle);
      entry.release = growing.release;
      return {
        write: (bytes) => growing.append(bytes),
        async finish() {
          const sm3 = await growing.seal();
          await entry.handle.sync();
          return settle(file, sm3);
        },
        abandon: () => drop(file),
      };
    },
    async createPositioned(name, size) {
      const { file, entry, part } = await begin(name, size);
      const path = part.slice(0, -partEnding.length);
      try {
        const wish = { size, source: undefined, taken: 0 };
        const positioned = await beginPositioned({ path, handle: entry.handle }, wish);
        entry.release = positioned.release;
        return {
          ...positioned,
          lend: (work) => entry.lender.lend(work),
          sync: () => entry.handle.datasync(),
          finish: () => positioned.finish((sm3) => settle(file, sm3)),
          abandon: () => drop(file),
        };
      } catch (error) {
        await drop(file);
        throw error;
      }
    },
    async publish(file) {
      storedOf(file);
      const entry = entryOf(file);
      if (entry.output === undefined) throw new CodedError('FILE_UNKNOWN', 'no output');
      const { part, path } = entry.output;
      await letGo(entry);
      try {
        return { path, by: await publishFile(part, path) };
      } finally {
        await drop(file);
      }
    },
    async close() {
      await Promise.allSettled([...entries.keys()].map(drop));
      process.removeListener('exit', removeAtExit);
    },
  };
}
