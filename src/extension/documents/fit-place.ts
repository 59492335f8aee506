import type { SealPlace } from '../../protocol/seal-places.ts';
import { clampAlong, clampToPage, fitsPage, type Size } from './seal-geometry.ts';

/** What placing needs to know of a document. */
export interface PageSizes {
  readonly pageCount: number;
  /** Size of a page, counted from 1. */
  pageSize(page: number): Promise<Size>;
}

/**
 * The place moved so that all of the seal lies on each page that it touches: coordinates to the page's edge, page
 * numbers into the document. Undefined where the seal is larger than one of the pages.
 */
export async function fitPlace(
  place: SealPlace,
  seal: Size,
  document: PageSizes,
): Promise<SealPlace | undefined> {
  const { pageCount } = document;
  if (place.kind === 'point') {
    const page = toPageNumber(place.page, pageCount, 1);
    const middle = clampToPage(place, seal, await document.pageSize(page));
    return middle && { kind: 'point', page, ...middle };
  }
  if (place.kind === 'allPages') {
    const middle = clampToPage(place, seal, await smallestPage(document, 1, pageCount));
    return middle && { kind: 'allPages', ...middle };
  }
  const one = toPageNumber(place.firstPage ?? 1, pageCount, 1);
  const other = toPageNumber(place.lastPage ?? pageCount, pageCount, pageCount);
  const [firstPage, lastPage] = one <= other ? [one, other] : [other, one];
  const smallest = await smallestPage(document, firstPage, lastPage);
  if (!fitsPage(seal, smallest)) return undefined;
  return { kind: 'seam', y: clampAlong(place.y, seal.height, smallest.height), firstPage, lastPage };
}

function toPageNumber(page: number, pageCount: number, otherwise: number): number {
  return Number.isFinite(page) ? Math.min(Math.max(Math.round(page), 1), pageCount) : otherwise;
}

/** Least width and least height of the pages: what fits there fits on each of them. */
async function smallestPage(document: PageSizes, first: number, last: number): Promise<Size> {
  let smallest = await document.pageSize(first);
  for (let page = first + 1; page <= last; page += 1) {
    const { width, height } = await document.pageSize(page);
    smallest = { width: Math.min(smallest.width, width), height: Math.min(smallest.height, height) };
  }
  return smallest;
}
