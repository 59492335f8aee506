import { PdfError } from './pdf-error.ts';
import type { Subsection } from './cross-reference.ts';

/** Object numbers go no higher (10 times what ISO 32000-1 Annex C lets readers stop at). */
export const maxObjectNumber = 83_886_070;

/** Puts subsections into ascending order. @throws PdfError `damaged` when two claim the same object */
export function orderSubsections(subsections: readonly Subsection[]): readonly Subsection[] {
  const ordered = subsections
    .filter(({ count }) => count > 0)
    .toSorted((left, right) => left.first - right.first);
  let next = 0;
  for (const { first, count } of ordered) {
    if (first < next) throw new PdfError('damaged', 'overlapping cross-reference subsections');
    next = first + count;
  }
  if (next > maxObjectNumber) throw new PdfError('tooComplex', 'object numbers');
  return ordered;
}

export function sizeOf(ordered: readonly Subsection[]): number {
  const last = ordered.at(-1);
  return last === undefined ? 0 : last.first + last.count;
}

export function countOf(ordered: readonly Subsection[]): number {
  return ordered.reduce((sum, { count }) => sum + count, 0);
}
