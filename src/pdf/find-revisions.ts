import type { ByteSource } from '../lib/byte-source.ts';
import type { CrossReferenceSection } from './cross-reference.ts';
import { latin1 } from './latin1.ts';
import { PdfError } from './pdf-error.ts';

/** What one saving of the file wrote, down to its `%%EOF`. */
export interface Revision {
  /** Newest first; more than one for a linearized file. */
  readonly sections: readonly CrossReferenceSection[];
  /** Length of the file up to and including the revision's `%%EOF`. */
  readonly end: number;
  /** The same with the line end after it, if there is one. */
  readonly endWithLineEnd: number;
}

/** The last `startxref` of a file and its `%%EOF`. */
export interface Tail {
  /** The number after `startxref`. */
  readonly startOffset: number;
  readonly end: number;
  readonly endWithLineEnd: number;
}

const tailLength = 2 ** 16;
const searchLength = 2 ** 16;
const pattern = /startxref[\0\t\n\f\r ]+(\d{1,15})[\0\t\n\f\r ]+%%EOF(\r\n|\n|\r)?/g;

async function readText(source: ByteSource, offset: number, length: number): Promise<string> {
  return latin1(await source.read(offset, length));
}

function tailOf(match: RegExpExecArray, offset: number): Tail {
  const endWithLineEnd = offset + match.index + match[0].length;
  return { startOffset: Number(match[1]), end: endWithLineEnd - (match[2] ?? '').length, endWithLineEnd };
}

/**
 * Finds the last `startxref` within the last 64 KiB.
 * @throws PdfError `damaged` when there is none or no `%%EOF` follows it
 */
export async function findTail(source: ByteSource): Promise<Tail> {
  const offset = Math.max(0, source.size - tailLength);
  const text = await readText(source, offset, tailLength);
  const last = [...text.matchAll(pattern)].at(-1);
  if (last === undefined || text.lastIndexOf('startxref') > last.index) {
    throw new PdfError('damaged', 'the end of the file is missing');
  }
  return tailOf(last, offset);
}

/**
 * Sorts sections, newest first, into revisions, oldest first. A section whose own end is not found belongs to the
 * next revision: what it wrote cannot have been signed alone.
 */
export async function findRevisions(
  source: ByteSource,
  sections: readonly CrossReferenceSection[],
  base: number,
  tail: Tail,
): Promise<readonly Revision[]> {
  const revisions: Revision[] = [];
  let pending: CrossReferenceSection[] = [];
  for (const [index, section] of [...sections.entries()].toReversed()) {
    pending.unshift(section);
    const newer = sections[index - 1];
    const isHalf = newer !== undefined && newer.offset < section.offset;
    if (isHalf) continue;
    const written = Math.max(...pending.map(({ end }) => end));
    const found = await findEnd(source, written, section.offset - base);
    const end = found ?? (newer === undefined ? tail : undefined);
    if (end === undefined) continue;
    revisions.push({ sections: pending, end: end.end, endWithLineEnd: end.endWithLineEnd });
    pending = [];
  }
  const broken = revisions.some(({ end }, index) => end <= (revisions[index - 1]?.end ?? 0));
  if (broken) throw new PdfError('damaged', 'order of the revisions');
  return revisions;
}

/** The first end after `from` whose `startxref` names `wanted`; it mostly follows at once. */
async function findEnd(source: ByteSource, from: number, wanted: number): Promise<Tail | undefined> {
  for (const length of [256, searchLength]) {
    const text = await readText(source, from, length);
    for (const match of text.matchAll(pattern)) {
      if (Number(match[1]) === wanted) return tailOf(match, from);
    }
  }
  return undefined;
}
