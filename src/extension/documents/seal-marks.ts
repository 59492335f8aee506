import type { SealPlace } from '../../protocol/seal-places.ts';
import type { Point, Size } from './seal-geometry.ts';
import { seamSlice, type Slice } from './seam-slices.ts';

/** A seal, or a slice of one, as it will stand on one page. */
export interface SealMark {
  /** Index of the place that asks for it. */
  readonly place: number;
  readonly kind: SealPlace['kind'];
  /** The mark's own middle and size, in points. */
  readonly middle: Point;
  readonly size: Size;
  /** Which upright part of the picture it shows. */
  readonly slice: Slice;
}

const whole: Slice = { index: 0, count: 1 };

/** What `places` leave on page `number` (from 1) of a document of `pageCount` pages. */
export function marksOnPage(
  places: readonly SealPlace[],
  seal: Size,
  page: Size,
  number: number,
  pageCount: number,
): readonly SealMark[] {
  return places.flatMap((place, index): SealMark[] => {
    if (place.kind === 'seam') {
      const slice = seamSlice(number, place.firstPage ?? 1, place.lastPage ?? pageCount, seal.width);
      if (slice === undefined) return [];
      const size = { width: seal.width / slice.count, height: seal.height };
      const middle = { x: page.width - size.width / 2, y: place.y };
      return [{ place: index, kind: place.kind, middle, size, slice }];
    }
    if (place.kind === 'point' && place.page !== number) return [];
    return [{ place: index, kind: place.kind, middle: { x: place.x, y: place.y }, size: seal, slice: whole }];
  });
}
