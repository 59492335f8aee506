import type { ByteSource } from '../lib/byte-source.ts';
import type { CrossReferenceSection } from './cross-reference.ts';
import { readToken, skipSpace } from './scanner.ts';
import { PdfError } from './pdf-error.ts';
import { asCount } from './pdf-values.ts';
import { parseAt } from './read-object.ts';
import { readStreamSection } from './read-stream-section.ts';
import { readTableSection } from './read-table-section.ts';

/** Parts of a cross-reference chain; every saving adds one. */
const maxSections = 2000;
/** Subsections of all tables together. */
const maxSubsections = 200_000;
/** Unpacked cross-reference streams that are held at most. */
const maxHeld = 2 ** 26;

/**
 * Reads the chain of cross-reference sections from `start` through /Prev, newest first (ISO 32000-1 §7.5.5,
 * §7.5.8.4).
 * @throws PdfError `encrypted` when any of them names an encryption dictionary, `damaged`, `tooComplex`
 */
export async function readCrossReference(
  source: ByteSource,
  start: number,
  base: number,
): Promise<readonly CrossReferenceSection[]> {
  const sections: CrossReferenceSection[] = [];
  const seen = new Set<number>();
  let held = 0;
  let subsections = 0;
  for (let offset: number | undefined = start; offset !== undefined;) {
    if (seen.has(offset)) throw new PdfError('damaged', 'the cross-reference chain is a circle');
    if (seen.size >= maxSections) throw new PdfError('tooComplex', 'cross-reference sections');
    seen.add(offset);
    const read = await readSection(source, offset, base, maxSubsections - subsections);
    const { section } = read;
    subsections += read.subsections;
    if (section.trailer.entries.has('Encrypt')) throw new PdfError('encrypted');
    if (section.trailer.hasDuplicates) throw new PdfError('damaged', 'a key that stands twice in a trailer');
    held += read.heldBytes;
    if (held > maxHeld) throw new PdfError('tooComplex', 'cross-reference streams');
    const newer = sections.at(-1);
    // Only the two halves of a linearized file stand in the other order (Annex F), and they are the oldest.
    if (newer !== undefined && offset > newer.offset && section.trailer.entries.has('Prev')) {
      throw new PdfError('damaged', 'order of the sections');
    }
    sections.push(section);
    offset = previousOf(section, base);
  }
  return sections;
}

function previousOf(section: CrossReferenceSection, base: number): number | undefined {
  const value = section.trailer.entries.get('Prev');
  if (value === undefined) return undefined;
  const offset = asCount(value);
  if (offset === undefined) throw new PdfError('damaged', 'Prev');
  return base + offset;
}

interface ReadSection {
  readonly section: CrossReferenceSection;
  readonly heldBytes: number;
  readonly subsections: number;
}

async function readSection(
  source: ByteSource,
  offset: number,
  base: number,
  mostSubsections: number,
): Promise<ReadSection> {
  if (offset >= source.size) throw new PdfError('damaged', 'a cross-reference section outside the file');
  const isTable = await parseAt(source, offset, source.size, (scanner) => {
    skipSpace(scanner);
    return readToken(scanner) === 'xref';
  });
  if (!isTable) {
    const section = await readStreamSection(source, offset, base);
    return { section, heldBytes: section.heldBytes, subsections: 0 };
  }
  const table = await readTableSection(source, offset, base, mostSubsections);
  const { subsectionCount: subsections } = table;
  const value = table.trailer.entries.get('XRefStm');
  if (value === undefined) return { section: table, heldBytes: 0, subsections };
  const streamOffset = asCount(value);
  if (streamOffset === undefined) throw new PdfError('damaged', 'XRefStm');
  const stream = await readStreamSection(source, base + streamOffset, base);
  if (stream.trailer.entries.has('Encrypt')) throw new PdfError('encrypted');
  return { section: joinHybrid(table, stream), heldBytes: stream.heldBytes, subsections };
}

/** An object that the table hides (free, or not there) is where the stream says (§7.5.8.4). */
function joinHybrid(table: CrossReferenceSection, stream: CrossReferenceSection): CrossReferenceSection {
  return {
    ...table,
    size: Math.max(table.size, stream.size),
    count: table.count + stream.count,
    has: (number) => table.has(number) || stream.has(number),
    async lookup(number) {
      const location = await table.lookup(number);
      if (location !== undefined && location.type !== 'free') return location;
      return (await stream.lookup(number)) ?? location;
    },
    *numbers() {
      yield* table.numbers();
      yield* stream.numbers();
    },
  };
}
