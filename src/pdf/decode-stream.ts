import { inflateSync } from 'node:zlib';
import type { ByteSource } from '../lib/byte-source.ts';
import { undoPredictor } from './predictors.ts';
import { PdfError } from './pdf-error.ts';
import { as, asCount, isArray, nameText, type PdfStream, type PdfValue } from './pdf-values.ts';

/** Packed and unpacked bytes of a structure stream that are held at most. */
const maxPacked = 2 ** 25;
const defaultUnpacked = 2 ** 26;

/** Where the data of a stream are in the file. */
export interface StreamPlace {
  readonly offset: number;
  readonly length: number;
}

/**
 * The stream's data as they stand in the file.
 * @param length its /Length, resolved
 * @throws PdfError `damaged` when the length is no number, leaves the revision, or `endstream` does not follow
 */
export async function checkStreamEnd(
  source: ByteSource,
  stream: PdfStream,
  length: PdfValue,
): Promise<StreamPlace> {
  const count = asCount(length);
  if (count === undefined) throw new PdfError('damaged', 'length of a stream');
  const after = stream.dataOffset + count;
  if (after > stream.limit) throw new PdfError('damaged', 'a stream reaches past its revision');
  const rest = await source.read(after, Math.min(12, stream.limit - after));
  const text = String.fromCharCode(...rest);
  if (!/^(?:\r\n|\n|\r)?endstream/.test(text))
    throw new PdfError('damaged', 'no endstream where it should be');
  return { offset: stream.dataOffset, length: count };
}

/**
 * The unpacked data of an object stream or a cross-reference stream.
 * @throws PdfError `damaged`, `tooComplex`, `filterUnsupported`
 */
export async function decodeStream(
  source: ByteSource,
  stream: PdfStream,
  length: PdfValue,
  maxUnpacked = defaultUnpacked,
): Promise<Uint8Array> {
  const { entries } = stream.dictionary;
  const place = await checkStreamEnd(source, stream, length);
  if (place.length > maxPacked) throw new PdfError('tooComplex', 'packed structure stream');
  const filters = listOf(entries.get('Filter'));
  const parameters = listOf(entries.get('DecodeParms'));
  if (filters.length > 4) throw new PdfError('tooComplex', 'filters of a stream');
  let data = await source.read(place.offset, place.length);
  for (const [index, filter] of filters.entries()) {
    data = unpack(nameText(filter), data, parameters[index] ?? null, maxUnpacked);
  }
  return data;
}

function listOf(value: PdfValue | undefined): readonly PdfValue[] {
  if (value === undefined) return [];
  return isArray(value) ? value : [value];
}

function unpack(
  filter: string | undefined,
  data: Uint8Array,
  parameters: PdfValue,
  maxUnpacked: number,
): Uint8Array {
  if (filter === 'FlateDecode' || filter === 'Fl') {
    return undoPredictor(inflate(data, maxUnpacked), as('dictionary', parameters));
  }
  if (filter === 'ASCIIHexDecode' || filter === 'AHx') return unpackHex(data);
  throw new PdfError('filterUnsupported', filter);
}

function inflate(data: Uint8Array, maxUnpacked: number): Uint8Array {
  try {
    return inflateSync(data, { maxOutputLength: maxUnpacked });
  } catch (error) {
    const tooLong = error instanceof RangeError;
    throw new PdfError(tooLong ? 'tooComplex' : 'damaged', 'packed structure stream');
  }
}

function unpackHex(data: Uint8Array): Uint8Array {
  const text = String.fromCharCode(...data.subarray(0, 2 ** 16)).replaceAll(/[\0\t\n\f\r ]/g, '');
  if (data.length > 2 ** 16) throw new PdfError('tooComplex', 'hexadecimal stream');
  const digits = /^([0-9A-Fa-f]*)>$/.exec(text)?.[1];
  if (digits === undefined) throw new PdfError('damaged', 'hexadecimal stream');
  return Uint8Array.from(digits.match(/..?/g) ?? [], (pair) => Number.parseInt(pair.padEnd(2, '0'), 16));
}
