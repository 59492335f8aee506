import { Inflate } from 'fflate';
import type { AbortSignalLike } from '../lib/abort-signal-like.ts';
import type { ByteSource } from '../lib/byte-source.ts';
import { equalBytes, utf8 } from '../lib/bytes.ts';
import { throwIfAborted } from '../lib/throw-if-aborted.ts';
import { OfdError } from './ofd-error.ts';
import { readZipDirectory, type ZipEntry } from './zip-directory.ts';

/** The files of an opened package. */
export interface ZipPackage {
  /** Names of the files, folders left out. */
  readonly files: ReadonlySet<string>;
  /** Inflated bytes of a file. */
  sizeOf(name: string): number;
  /**
   * Inflates a file piece by piece.
   * @throws OfdError `missingFile`, `damaged`
   */
  stream(name: string, onPiece: (piece: Uint8Array) => void): Promise<void>;
  /** A whole file. @throws OfdError `missingFile`, `damaged`, and `tooLarge` beyond `maxSize` bytes */
  read(name: string, maxSize: number): Promise<Uint8Array>;
}

const localSignature = 0x04034b50;
const localLength = 30;
const storedPiece = 2 ** 20;
/** DEFLATE makes at most 1032 bytes of one: a piece of this size never inflates to more than 8 MiB. */
const deflatedPiece = 8192;

/**
 * Opens a package: reads its directory, and checks that every byte before it belongs to exactly one entry.
 * @throws OfdError
 */
export async function openZipPackage(source: ByteSource, signal?: AbortSignalLike): Promise<ZipPackage> {
  const directory = await readZipDirectory(source);
  const ordered = [...directory.entries.values()].toSorted((left, right) => left.offset - right.offset);
  const dataStarts = new Map<string, number>();
  let end = 0;
  for (const [index, entry] of ordered.entries()) {
    throwIfAborted(signal);
    if (entry.offset !== end) throw new OfdError('overlappingEntries');
    const header = await readLocalHeader(source, entry);
    dataStarts.set(entry.name, header.dataStart);
    end = header.dataStart + entry.compressedSize;
    const next = ordered[index + 1]?.offset ?? directory.start;
    // A data descriptor has no length of its own: 12 or 16 bytes.
    if (header.hasDescriptor && (next - end === 12 || next - end === 16)) end = next;
  }
  if (end !== directory.start) throw new OfdError('overlappingEntries');

  async function stream(name: string, onPiece: (piece: Uint8Array) => void): Promise<void> {
    const entry = directory.entries.get(name);
    const start = dataStarts.get(name);
    if (entry === undefined || start === undefined) throw new OfdError('missingFile', name);
    let produced = 0;
    const take = (piece: Uint8Array) => {
      produced += piece.length;
      if (produced > entry.size) throw new OfdError('damaged', 'longer than stated');
      if (piece.length > 0) onPiece(piece);
    };
    for await (const piece of pieces(source, start, entry, signal)) take(piece);
    if (produced !== entry.size) throw new OfdError('damaged', 'shorter than stated');
  }

  return {
    files: new Set([...directory.entries.keys()].filter((name) => !name.endsWith('/'))),
    sizeOf: (name) => directory.entries.get(name)?.size ?? 0,
    stream,
    async read(name, maxSize) {
      const size = directory.entries.get(name)?.size ?? 0;
      if (size > maxSize) throw new OfdError('tooLarge', name);
      const whole = new Uint8Array(size);
      let filled = 0;
      await stream(name, (piece) => {
        whole.set(piece, filled);
        filled += piece.length;
      });
      return whole;
    },
  };
}

async function readLocalHeader(
  source: ByteSource,
  entry: ZipEntry,
): Promise<{ dataStart: number; hasDescriptor: boolean }> {
  const name = utf8(entry.name);
  const bytes = await source.read(entry.offset, localLength + name.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < localLength + name.length || view.getUint32(0, true) !== localSignature) {
    throw new OfdError('damaged', 'local header');
  }
  const flags = view.getUint16(6, true);
  const hasDescriptor = (flags & 8) !== 0;
  const method = view.getUint16(8, true);
  const sizes = [view.getUint32(18, true), view.getUint32(22, true)];
  const agrees =
    view.getUint16(26, true) === name.length &&
    equalBytes(bytes.subarray(localLength), name) &&
    method === (entry.method === 'stored' ? 0 : 8) &&
    (hasDescriptor || (sizes[0] === entry.compressedSize && sizes[1] === entry.size));
  if (flags & 0x2041) throw new OfdError('encrypted');
  if (!agrees) throw new OfdError('duplicateEntry', 'local header and directory differ');
  return { dataStart: entry.offset + localLength + name.length + view.getUint16(28, true), hasDescriptor };
}

async function* pieces(
  source: ByteSource,
  start: number,
  entry: ZipEntry,
  signal: AbortSignalLike | undefined,
): AsyncGenerator<Uint8Array> {
  let inflated: Uint8Array[] = [];
  const inflate = new Inflate((piece) => inflated.push(piece));
  const end = start + entry.compressedSize;
  for (let offset = start; offset < end;) {
    throwIfAborted(signal);
    const block = await source.read(offset, Math.min(storedPiece, end - offset));
    if (block.length === 0) throw new OfdError('damaged', 'cut off');
    offset += block.length;
    if (entry.method === 'stored') {
      yield block;
      continue;
    }
    for (let from = 0; from < block.length; from += deflatedPiece) {
      const to = Math.min(from + deflatedPiece, block.length);
      push(inflate, block.slice(from, to), offset === end && to === block.length);
      yield* inflated;
      inflated = [];
    }
  }
}

function push(inflate: Inflate, piece: Uint8Array, isLast: boolean): void {
  try {
    inflate.push(piece, isLast);
  } catch {
    throw new OfdError('damaged', 'compression');
  }
}
