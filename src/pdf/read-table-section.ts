import type { ByteSource } from '../lib/byte-source.ts';
import {
  numbersOf,
  subsectionOf,
  type CrossReferenceSection,
  type ObjectLocation,
  type Subsection,
} from './cross-reference.ts';
import { parseValue } from './parse-value.ts';
import { readToken, skipSpace } from './scanner.ts';
import { PdfError } from './pdf-error.ts';
import { as, type PdfDictionary } from './pdf-values.ts';
import { parseAt } from './read-object.ts';
import { countOf, orderSubsections, sizeOf } from './subsections.ts';

const entryLength = 20;

/**
 * Reads a cross-reference table (ISO 32000-1 §7.5.4) without its entries, which are read one by one when asked
 * for: a table of millions takes no memory.
 * @param base file offset of `%PDF-`, from which a PDF counts
 * @param maxSubsections how many it may have
 * @throws PdfError `damaged`, `tooComplex`
 */
export async function readTableSection(
  source: ByteSource,
  offset: number,
  base: number,
  maxSubsections: number,
): Promise<CrossReferenceSection & { readonly subsectionCount: number }> {
  const { subsections, trailerOffset } = await readSubsections(source, offset, maxSubsections);
  const trailer = await readTrailer(source, trailerOffset);
  const ordered = orderSubsections(subsections);

  async function entry(start: number): Promise<ObjectLocation> {
    const bytes = await source.read(start, entryLength);
    const match = /^(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)$/.exec(String.fromCharCode(...bytes));
    if (match === null) throw new PdfError('damaged', `cross-reference entry at ${start}`);
    if (match[3] === 'f') return { type: 'free' };
    return { type: 'inFile', offset: base + Number(match[1]), generation: Number(match[2]) };
  }

  for (const { start, count } of ordered) await entry(start + (count - 1) * entryLength);
  return {
    kind: 'table',
    offset,
    end: trailer.end,
    trailer: trailer.dictionary,
    size: sizeOf(ordered),
    count: countOf(ordered),
    subsectionCount: subsections.length,
    async lookup(number) {
      const subsection = subsectionOf(ordered, number);
      if (subsection === undefined) return undefined;
      return entry(subsection.start + (number - subsection.first) * entryLength);
    },
    has: (number) => subsectionOf(ordered, number) !== undefined,
    numbers: () => numbersOf(ordered),
  };
}

async function readSubsections(
  source: ByteSource,
  offset: number,
  maxSubsections: number,
): Promise<{ readonly subsections: readonly Subsection[]; readonly trailerOffset: number }> {
  const subsections: Subsection[] = [];
  let position = await parseAt(source, offset, source.size, (scanner) => {
    skipSpace(scanner);
    if (readToken(scanner) !== 'xref') throw new PdfError('damaged', 'no cross-reference table');
    return offset + scanner.position;
  });
  for (;;) {
    const head = await readHead(source, position);
    if (head.kind === 'trailer') return { subsections, trailerOffset: head.end };
    const { first, count, start } = head;
    if (start + count * entryLength > source.size) throw new PdfError('damaged', 'cross-reference count');
    subsections.push({ first, count, start });
    if (subsections.length > maxSubsections) throw new PdfError('tooComplex', 'cross-reference subsections');
    position = start + count * entryLength;
  }
}

type Head =
  | { readonly kind: 'trailer'; readonly end: number }
  | { readonly kind: 'subsection'; readonly first: number; readonly count: number; readonly start: number };

function readHead(source: ByteSource, offset: number): Promise<Head> {
  return parseAt<Head>(source, offset, source.size, (scanner) => {
    skipSpace(scanner);
    const word = readToken(scanner);
    if (word === 'trailer') return { kind: 'trailer', end: offset + scanner.position };
    skipSpace(scanner);
    const count = readToken(scanner);
    skipSpace(scanner);
    if (!/^\d{1,10}$/.test(word) || !/^\d{1,10}$/.test(count)) {
      throw new PdfError('damaged', 'cross-reference subsection');
    }
    return {
      kind: 'subsection',
      first: Number(word),
      count: Number(count),
      start: offset + scanner.position,
    };
  });
}

function readTrailer(
  source: ByteSource,
  offset: number,
): Promise<{ readonly dictionary: PdfDictionary; readonly end: number }> {
  return parseAt(source, offset, source.size, (scanner) => {
    const dictionary = as('dictionary', parseValue(scanner));
    if (dictionary === undefined) throw new PdfError('damaged', 'no trailer dictionary');
    return { dictionary, end: offset + scanner.position };
  });
}
