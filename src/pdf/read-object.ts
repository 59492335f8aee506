import type { ByteSource } from '../lib/byte-source.ts';
import { parseValue } from './parse-value.ts';
import {
  expectCount,
  expectKeyword,
  peek,
  readToken,
  scan,
  skipSpace,
  WindowEnd,
  type Scanner,
} from './scanner.ts';
import { PdfError } from './pdf-error.ts';
import { as, type PdfObject } from './pdf-values.ts';

/** An object longer than this is not read. */
const maxObject = 2 ** 22;
const firstWindow = 2 ** 11;

export interface IndirectObject {
  readonly number: number;
  readonly generation: number;
  readonly value: PdfObject;
  /** After `endobj`; for a stream, where its data begin. */
  readonly end: number;
}

/**
 * Runs `parse` on the bytes from `offset` on, a few at first and more as long as it asks for them.
 * @param limit where the bytes end, as far as this reading is concerned
 * @throws PdfError `damaged` when they end too early, `tooComplex` past 4 MiB
 */
export async function parseAt<T>(
  source: ByteSource,
  offset: number,
  limit: number,
  parse: (scanner: Scanner) => T,
): Promise<T> {
  for (let length = firstWindow; ; length = Math.min(length * 8, maxObject)) {
    const wanted = Math.max(0, Math.min(length, limit - offset));
    const bytes = await source.read(offset, wanted);
    try {
      return parse(scan(bytes, offset));
    } catch (error) {
      if (!(error instanceof WindowEnd)) throw error;
      if (bytes.length < length) throw new PdfError('damaged', `the file ends within what is at ${offset}`);
      if (length >= maxObject) throw new PdfError('tooComplex', `the object at ${offset} is too long`);
    }
  }
}

/**
 * Reads `12 0 obj … endobj` at `offset` (ISO 32000-1 §7.3.10).
 * @param limit where the file ended in the revision that wrote the object
 * @throws PdfError
 */
export function readObject(source: ByteSource, offset: number, limit: number): Promise<IndirectObject> {
  if (offset >= limit) throw new PdfError('damaged', `nothing at ${offset}`);
  return parseAt(source, offset, limit, (scanner) => {
    const number = expectCount(scanner);
    const generation = expectCount(scanner);
    expectKeyword(scanner, 'obj');
    const value = parseValue(scanner);
    skipSpace(scanner);
    const keyword = readToken(scanner);
    const dictionary = as('dictionary', value);
    if (keyword === 'stream' && dictionary !== undefined) {
      const dataOffset = offset + afterLineEnd(scanner);
      const stream = { kind: 'stream', dictionary, dataOffset, limit } as const;
      return { number, generation, value: stream, end: dataOffset };
    }
    if (keyword !== 'endobj') throw new PdfError('damaged', `object ${number} does not end`);
    return { number, generation, value, end: offset + scanner.position };
  });
}

/** `stream` ends with LF or CR LF (§7.3.8.1); after a lone CR nobody knows where the data begin. */
function afterLineEnd(scanner: Scanner): number {
  if (peek(scanner) === 13) scanner.position += 1;
  if (peek(scanner) !== 10) throw new PdfError('damaged', 'no line end after stream');
  return scanner.position + 1;
}
