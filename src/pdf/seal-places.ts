import type { PdfDocument } from './open-pdf.ts';
import type { Rectangle } from './page-geometry.ts';
import { PdfError } from './pdf-error.ts';
import type { PdfPage } from './page-tree.ts';

/**
 * Where to put the seal. Coordinates are points (1/72 inch) from the lower left corner of the page as displayed,
 * and mean the seal's centre:
 * - `point`: on one page, counted from 1
 * - `allPages`: the same place on every page
 * - `seam` (骑缝章): the picture cut into upright slices, one a page, the first page having the left one, each at
 *   the page's right edge with its centre at height `y`: fanned out, the pages show the picture. No slice is
 *   narrower than about 2 mm: where the pages are too many for that, they are parted, in order, into as few
 *   groups of nearly the same number of pages as it takes, and each group carries the whole picture.
 */
export type SealPlace =
  | { readonly kind: 'point'; readonly page: number; readonly x: number; readonly y: number }
  | { readonly kind: 'allPages'; readonly x: number; readonly y: number }
  | {
      readonly kind: 'seam';
      readonly y: number;
      readonly firstPage?: number;
      readonly lastPage?: number;
      readonly edge?: 'right';
    };

/** One picture, or slice of it, on one page. */
export interface Mark {
  readonly page: PdfPage;
  /** On the page as displayed. */
  readonly rectangle: Rectangle;
  /** Which part of the picture, counted from the left: slice `index` of `count` of the same width. */
  readonly slice: { readonly index: number; readonly count: number };
}

/** Points of the whole picture. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const leastSlice = (2 / 25.4) * 72;
/** Rounding of whoever computed the place is forgiven. */
const tolerance = 0.5;
const maxMarks = 20_000;

/**
 * The marks that the places ask for, in their order.
 * @throws PdfError `noPlace`, `noSuchPage`, `placeOutside`, `tooComplex`
 */
export async function placeMarks(
  document: PdfDocument,
  places: readonly SealPlace[],
  size: PictureSize,
): Promise<readonly Mark[]> {
  const marks: Mark[] = [];
  for (const place of places) {
    for (const mark of slicesOf(document.pageCount, place, size)) {
      if (marks.length >= maxMarks) throw new PdfError('tooComplex', 'marks of one seal');
      marks.push(await setMark(document, place, size, mark));
    }
  }
  if (marks.length === 0) throw new PdfError('noPlace');
  return marks;
}

interface PlannedMark {
  readonly page: number;
  readonly slice: Mark['slice'];
}

function slicesOf(pageCount: number, place: SealPlace, size: PictureSize): readonly PlannedMark[] {
  const whole = { index: 0, count: 1 };
  if (place.kind === 'point') return [{ page: place.page, slice: whole }];
  const first = place.kind === 'seam' ? (place.firstPage ?? 1) : 1;
  const last = place.kind === 'seam' ? (place.lastPage ?? pageCount) : pageCount;
  const isRange = Number.isInteger(first) && Number.isInteger(last) && first >= 1 && last <= pageCount;
  if (!isRange || first > last) throw new PdfError('noSuchPage');
  const pages = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  if (place.kind === 'allPages') return pages.map((page) => ({ page, slice: whole }));
  const mostSlices = Math.max(1, Math.floor(size.width / leastSlice));
  const groups = Math.ceil(pages.length / mostSlices);
  return Array.from({ length: groups }, (_, group) => {
    const from = Math.floor((pages.length * group) / groups);
    const members = pages.slice(from, Math.floor((pages.length * (group + 1)) / groups));
    return members.map((page, index) => ({ page, slice: { index, count: members.length } }));
  }).flat();
}

async function setMark(
  document: PdfDocument,
  place: SealPlace,
  size: PictureSize,
  { page: number, slice }: PlannedMark,
): Promise<Mark> {
  const page = await document.page(number);
  const width = size.width / slice.count;
  const left = place.kind === 'seam' ? page.width - width : place.x - width / 2;
  const bottom = place.y - size.height / 2;
  const isInside =
    left >= -tolerance &&
    bottom >= -tolerance &&
    left + width <= page.width + tolerance &&
    bottom + size.height <= page.height + tolerance;
  if (!isInside) throw new PdfError('placeOutside', `page ${number}`);
  return { page, rectangle: [left, bottom, left + width, bottom + size.height], slice };
}
