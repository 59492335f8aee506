import type { SealPlace } from '../../protocol/seal-places.ts';
import { mmToPoints } from './length-units.ts';
import { clampAlong, clampToPage, type Point, type Size } from './seal-geometry.ts';

/** Where a key moves a seal to, in points; undefined for keys that move nothing. */
export function keyStep(key: string, shift: boolean): Point | undefined {
  const step = mmToPoints(shift ? 10 : 1);
  const steps: Record<string, Point> = {
    ArrowLeft: { x: -step, y: 0 },
    ArrowRight: { x: step, y: 0 },
    ArrowUp: { x: 0, y: step },
    ArrowDown: { x: 0, y: -step },
  };
  return Object.hasOwn(steps, key) ? steps[key] : undefined;
}

/**
 * `place` with its middle at `middle` of page `page`, kept on that page. Across the page edge only the height moves;
 * only a single seal goes to another page.
 */
export function movePlace(
  place: SealPlace,
  page: number,
  middle: Point,
  seal: Size,
  pageSize: Size,
): SealPlace {
  const inside = clampToPage(middle, seal, pageSize);
  if (inside === undefined) return place;
  if (place.kind === 'point') return { kind: 'point', page, ...inside };
  if (place.kind === 'allPages') return { kind: 'allPages', ...inside };
  return { ...place, y: clampAlong(middle.y, seal.height, pageSize.height) };
}
