import type { ByteSource } from '../lib/byte-source.ts';
import {
  numbersOf,
  subsectionOf,
  type CrossReferenceSection,
  type ObjectLocation,
  type Subsection,
} from './cross-reference.ts';
import { decodeStream } from './decode-stream.ts';
import { expectKeyword } from './scanner.ts';
import { PdfError } from './pdf-error.ts';
import { as, asCount, isArray, nameText, type PdfDictionary } from './pdf-values.ts';
import { parseAt, readObject } from './read-object.ts';
import { countOf, orderSubsections, sizeOf } from './subsections.ts';

/**
 * Reads a cross-reference stream (ISO 32000-1 §7.5.8); its unpacked entries are held.
 * @param base file offset of `%PDF-`, from which a PDF counts
 * @throws PdfError
 */
export async function readStreamSection(
  source: ByteSource,
  offset: number,
  base: number,
): Promise<CrossReferenceSection & { readonly heldBytes: number }> {
  const stream = as('stream', (await readObject(source, offset, source.size)).value);
  if (stream === undefined || nameText(stream.dictionary.entries.get('Type')) !== 'XRef') {
    throw new PdfError('damaged', 'no cross-reference stream');
  }
  const length = stream.dictionary.entries.get('Length') ?? null;
  const data = await decodeStream(source, stream, length);
  const end = await endOfStreamObject(source, stream.dataOffset + (asCount(length) ?? 0));
  const widths = readWidths(stream.dictionary);
  const width = widths.reduce((sum, value) => sum + value, 0);
  const ordered = orderSubsections(readIndex(stream.dictionary));
  const count = countOf(ordered);
  if (count * width > data.length) throw new PdfError('damaged', 'cross-reference stream is too short');

  function field(position: number, bytes: number): number {
    let value = 0;
    for (let index = 0; index < bytes; index += 1) value = value * 256 + (data[position + index] ?? 0);
    return value;
  }

  function entry(index: number): ObjectLocation {
    const [first = 0, second = 0, third = 0] = widths;
    const position = index * width;
    const type = first === 0 ? 1 : field(position, first);
    const middle = field(position + first, second);
    const last = field(position + first + second, third);
    if (type === 1) return { type: 'inFile', offset: base + middle, generation: last };
    if (type === 2) return { type: 'inStream', stream: middle, index: last };
    return { type: 'free' };
  }

  return {
    kind: 'stream',
    offset,
    end,
    trailer: stream.dictionary,
    size: sizeOf(ordered),
    count,
    heldBytes: data.length,
    lookup(number) {
      const subsection = subsectionOf(ordered, number);
      if (subsection === undefined) return Promise.resolve(undefined);
      return Promise.resolve(entry(subsection.start + number - subsection.first));
    },
    has: (number) => subsectionOf(ordered, number) !== undefined,
    numbers: () => numbersOf(ordered),
  };
}

function endOfStreamObject(source: ByteSource, offset: number): Promise<number> {
  return parseAt(source, offset, source.size, (scanner) => {
    expectKeyword(scanner, 'endstream');
    expectKeyword(scanner, 'endobj');
    return offset + scanner.position;
  });
}

function readWidths({ entries }: PdfDictionary): readonly number[] {
  const value = entries.get('W');
  const widths = isArray(value) ? value.map((item) => asCount(item) ?? 9) : [];
  if (widths.length !== 3 || widths.some((width) => width > 6) || widths[1] === 0) {
    throw new PdfError('damaged', 'widths of a cross-reference stream');
  }
  return widths;
}

function readIndex({ entries }: PdfDictionary): readonly Subsection[] {
  const value = entries.get('Index') ?? [0, entries.get('Size') ?? null];
  const numbers = isArray(value) ? value.map((item) => asCount(item)) : [];
  if (numbers.length % 2 === 1 || numbers.length === 0)
    throw new PdfError('damaged', 'cross-reference index');
  const subsections: Subsection[] = [];
  let start = 0;
  for (let pair = 0; pair < numbers.length; pair += 2) {
    const [first, count] = [numbers[pair], numbers[pair + 1]];
    if (first === undefined || count === undefined) throw new PdfError('damaged', 'cross-reference index');
    subsections.push({ first, count, start });
    start += count;
  }
  return subsections;
}
