import { deflateSync } from 'fflate';
import { concatBytes, utf8 } from '../../src/lib/bytes.ts';

export interface ZipFile {
  readonly name: string;
  readonly content: Uint8Array;
  /** Bytes of the name, where they are not the UTF-8 of `name`. */
  readonly nameBytes?: Uint8Array;
  readonly stored?: boolean;
  /** General purpose flags of both headers; UTF-8 names alone unless told. */
  readonly flags?: number;
  /** What the headers say instead of the truth. */
  readonly lies?: {
    readonly method?: number;
    readonly size?: number;
    readonly compressedSize?: number;
    /** Name in the local header alone. */
    readonly localName?: string;
    /** Where the directory says that the local header is. */
    readonly offset?: number;
  };
  /** Deflated bytes, where they are not those of `content`. */
  readonly compressed?: Uint8Array;
}

export interface ZipOptions {
  readonly prefix?: Uint8Array;
  readonly beforeDirectory?: Uint8Array;
  readonly comment?: Uint8Array;
  /** What the end record says instead of the truth. */
  readonly lies?: { readonly count?: number; readonly directoryOffset?: number; readonly disk?: number };
}

/** A ZIP archive of exactly these files in this order, with whatever lies a test asks for. */
export function buildZip(files: readonly ZipFile[], options: ZipOptions = {}): Uint8Array {
  const {
    prefix = new Uint8Array(),
    beforeDirectory = new Uint8Array(),
    comment = new Uint8Array(),
  } = options;
  const locals: Uint8Array[] = [prefix];
  const centrals: Uint8Array[] = [];
  let offset = prefix.length;
  for (const file of files) {
    const { content, stored = false, flags = 0x800, lies = {} } = file;
    const data = file.compressed ?? (stored ? content : deflateSync(content));
    const name = file.nameBytes ?? utf8(file.name);
    const localName = lies.localName === undefined ? name : utf8(lies.localName);
    const common = [
      ...short(20, flags, lies.method ?? (stored ? 0 : 8), 0, 0x21),
      ...long(crc32(content), lies.compressedSize ?? data.length, lies.size ?? content.length),
    ];
    const local = concatBytes(
      Uint8Array.from([...long(0x04034b50), ...common, ...short(localName.length, 0)]),
      localName,
      data,
    );
    centrals.push(
      Uint8Array.from([...long(0x02014b50), ...short(20), ...common, ...short(name.length, 0, 0, 0, 0)]),
      Uint8Array.from(long(0, lies.offset ?? offset)),
      name,
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = concatBytes(...centrals);
  const {
    count = files.length,
    directoryOffset = offset + beforeDirectory.length,
    disk = 0,
  } = options.lies ?? {};
  const end = Uint8Array.from([
    ...long(0x06054b50),
    ...short(disk, disk, count, count),
    ...long(directory.length, directoryOffset),
    ...short(comment.length),
  ]);
  return concatBytes(...locals, beforeDirectory, directory, end, comment);
}

const short = (...values: readonly number[]) =>
  values.flatMap((value) => [value & 0xff, (value >> 8) & 0xff]);
const long = (...values: readonly number[]) =>
  values.flatMap((value) => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, (value >>> 24) & 0xff]);

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
