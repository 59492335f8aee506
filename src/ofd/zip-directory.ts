import type { ByteSource } from '../lib/byte-source.ts';
import { fromUtf8 } from '../lib/bytes.ts';
import { OfdError } from './ofd-error.ts';
import { ofdLimits } from './ofd-limits.ts';
import { isSafeName } from './ofd-path.ts';

/** One file of a ZIP archive. */
export interface ZipEntry {
  /** Path inside the archive, without a leading slash. */
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  readonly compressedSize: number;
  readonly size: number;
  /** Where the local header begins. */
  readonly offset: number;
}

/** The entries of an archive by name, and where its central directory begins. */
export interface ZipDirectory {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly start: number;
}

const signatures = { central: 0x02014b50, end: 0x06054b50 } as const;
const endLength = 22;
const centralLength = 46;
const maxComment = 0xffff;

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Reads the central directory (APPNOTE 6.3, 4.3.12 and 4.3.16) and nothing else of the archive.
 * @throws OfdError for archives that two readers could read differently, and for those beyond `ofdLimits`
 */
export async function readZipDirectory(source: ByteSource): Promise<ZipDirectory> {
  const { count, size, start, end } = await findEnd(source);
  if (count > ofdLimits.entries || size > ofdLimits.directory) throw new OfdError('tooLarge', 'directory');
  if (start + size !== end) throw new OfdError('overlappingEntries', 'bytes around the directory');
  const bytes = await source.read(start, size);
  const entries = new Map<string, ZipEntry>();
  const folded = new Set<string>();
  let offset = 0;
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const { entry, next } = readCentralHeader(bytes, offset);
    offset = next;
    total += entry.size;
    if (total > ofdLimits.total) throw new OfdError('tooLarge', 'inflated');
    const key = entry.name.normalize('NFC').toLowerCase();
    if (folded.has(key)) throw new OfdError('duplicateEntry');
    folded.add(key);
    if (entry.name.endsWith('/') && entry.size > 0) throw new OfdError('damaged', 'folder with content');
    entries.set(entry.name, entry);
  }
  if (offset !== size) throw new OfdError('damaged', 'directory');
  return { entries, start };
}

async function findEnd(source: ByteSource) {
  const tailStart = Math.max(0, source.size - endLength - maxComment);
  const tail = await source.read(tailStart, source.size - tailStart);
  if (tail.length < source.size - tailStart) throw new OfdError('damaged', 'cut off');
  const view = viewOf(tail);
  const found: number[] = [];
  for (let offset = tail.length - endLength; offset >= 0; offset -= 1) {
    if (view.getUint32(offset, true) !== signatures.end) continue;
    if (offset + endLength + view.getUint16(offset + 20, true) === tail.length) found.push(offset);
  }
  const [at, second] = found;
  if (at === undefined) throw new OfdError('notZip');
  // Readers that look for it from the front and from the back would see two archives.
  if (second !== undefined) throw new OfdError('duplicateEntry', 'two directories');
  const disks = [4, 6].map((field) => view.getUint16(at + field, true));
  const counts = [8, 10].map((field) => view.getUint16(at + field, true));
  const [count = 0] = counts;
  const size = view.getUint32(at + 12, true);
  const start = view.getUint32(at + 16, true);
  const isZip64 = count === 0xffff || size === 0xffffffff || start === 0xffffffff;
  if (isZip64 || disks.some((disk) => disk !== 0) || counts[1] !== count)
    throw new OfdError('unsupportedZip');
  return { count, size, start, end: tailStart + at };
}

function readCentralHeader(bytes: Uint8Array, offset: number): { entry: ZipEntry; next: number } {
  const view = viewOf(bytes);
  if (offset + centralLength > bytes.length || view.getUint32(offset, true) !== signatures.central) {
    throw new OfdError('damaged', 'directory');
  }
  const short = (field: number) => view.getUint16(offset + field, true);
  const long = (field: number) => view.getUint32(offset + field, true);
  const nameEnd = offset + centralLength + short(28);
  const next = nameEnd + short(30) + short(32);
  if (next > bytes.length) throw new OfdError('damaged', 'directory');
  if (short(8) & 0x2041) throw new OfdError('encrypted');
  const [compressedSize, size, start] = [long(20), long(24), long(42)];
  if ([compressedSize, size, start].includes(0xffffffff) || short(34) !== 0) {
    throw new OfdError('unsupportedZip');
  }
  const method = methodOf(short(10));
  if (method === 'stored' && compressedSize !== size) throw new OfdError('damaged', 'sizes');
  const isBomb = size > ofdLimits.ratioFrom && size > compressedSize * ofdLimits.ratio;
  if (size > ofdLimits.entry || isBomb) throw new OfdError('tooLarge', 'entry');
  const name = readName(bytes.subarray(offset + centralLength, nameEnd));
  return { entry: { name, method, compressedSize, size, offset: start }, next };
}

function methodOf(method: number): ZipEntry['method'] {
  if (method === 0) return 'stored';
  if (method === 8) return 'deflated';
  throw new OfdError('unsupportedZip', 'compression');
}

function readName(bytes: Uint8Array): string {
  let name: string;
  try {
    name = fromUtf8(bytes);
  } catch {
    throw new OfdError('notUtf8', 'name');
  }
  if (!isSafeName(name)) throw new OfdError('unsafePath');
  return name;
}
