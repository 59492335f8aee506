import { mmToPoints } from './length-units.ts';

/** No slice is narrower than this, in points; the client cuts by the same rule. */
const leastSlice = mmToPoints(2);

/** A page's part of the picture: slice `index` of `count`, counted from the left. */
export interface Slice {
  readonly index: number;
  readonly count: number;
}

/**
 * The slice that a seal across the edges of pages `first` to `last` (from 1) leaves on `page`; undefined on pages
 * outside. Where the pages are too many for one picture they are parted, in order, into as few groups of nearly the
 * same number of pages as it takes, each with a whole picture.
 * @param sealWidth points
 */
export function seamSlice(page: number, first: number, last: number, sealWidth: number): Slice | undefined {
  if (page < first || page > last) return undefined;
  const pages = last - first + 1;
  const groups = Math.ceil(pages / Math.max(1, Math.floor(sealWidth / leastSlice)));
  const position = page - first;
  const group = Math.floor(((position + 1) * groups - 1) / pages);
  const from = Math.floor((pages * group) / groups);
  const to = Math.floor((pages * (group + 1)) / groups);
  return { index: position - from, count: to - from };
}
