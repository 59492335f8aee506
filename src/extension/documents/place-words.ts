import type { SealPlace } from '../../protocol/seal-places.ts';
import type { UiText } from '../ui/text/ui-text.ts';
import { readableMm } from './length-units.ts';

/** A place in words: on which pages, and where there. */
export function placeWords(
  place: SealPlace,
  pageCount: number,
  text: UiText['documents']['place'],
): { readonly where: string; readonly position: string } {
  const mm = (points: number): string => String(readableMm(points));
  if (place.kind === 'seam') {
    const [first, last] = [place.firstPage ?? 1, place.lastPage ?? pageCount];
    return {
      where: text.onSeam(String(first), String(last)),
      position: `${text.fromBottom} ${mm(place.y)}`,
    };
  }
  return {
    where: place.kind === 'point' ? text.point(String(place.page)) : text.onAllPages,
    position: text.position(mm(place.x), mm(place.y)),
  };
}
