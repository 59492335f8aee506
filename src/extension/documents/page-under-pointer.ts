import { toPagePoint, type Point, type Size } from './seal-geometry.ts';

export interface PageSpot {
  /** From 1. */
  readonly page: number;
  readonly size: Size;
  readonly point: Point;
}

/** The page of a shown document under a point of the screen, and where on it; undefined beside the pages. */
export function pageUnderPointer(clientX: number, clientY: number): PageSpot | undefined {
  const sheet = document
    .elementsFromPoint(clientX, clientY)
    .find((element): element is HTMLElement => element instanceof HTMLElement && 'page' in element.dataset);
  if (sheet === undefined) return undefined;
  const size = { width: Number(sheet.dataset['width']), height: Number(sheet.dataset['height']) };
  return {
    page: Number(sheet.dataset['page']),
    size,
    point: toPagePoint(clientX, clientY, sheet.getBoundingClientRect(), size),
  };
}
