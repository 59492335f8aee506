import { PdfError } from './pdf-error.ts';

/** Left, bottom, right, top. */
export type Rectangle = readonly [left: number, bottom: number, right: number, top: number];

/** How a page is shown. */
export interface PageGeometry {
  /** Points (1/72 inch) as displayed, after /Rotate and /UserUnit. */
  readonly width: number;
  readonly height: number;
  /** Degrees clockwise by which the page is turned for display. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** The visible part (/CropBox within /MediaBox) in the page's own units. */
  readonly box: Rectangle;
  /** Points in one of the page's own units. */
  readonly userUnit: number;
}

/** A rectangle from any two opposite corners. */
export function normalRectangle([x1, y1, x2, y2]: readonly [number, number, number, number]): Rectangle {
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

/** @throws PdfError `damaged` when nothing of the page is visible or a side is longer than a reader can show */
export function pageGeometry(
  mediaBox: Rectangle,
  cropBox: Rectangle | undefined,
  rotate: number,
  userUnit: number,
): PageGeometry {
  const crop = cropBox ?? mediaBox;
  const box: Rectangle = [
    Math.max(mediaBox[0], crop[0]),
    Math.max(mediaBox[1], crop[1]),
    Math.min(mediaBox[2], crop[2]),
    Math.min(mediaBox[3], crop[3]),
  ];
  const across = (box[2] - box[0]) * userUnit;
  const up = (box[3] - box[1]) * userUnit;
  if (!(across > 0 && up > 0 && across < 1e6 && up < 1e6)) throw new PdfError('damaged', 'size of a page');
  const turned = ((rotate % 360) + 360) % 360;
  const rotation = turned === 90 || turned === 180 || turned === 270 ? turned : 0;
  const isLying = rotation === 90 || rotation === 270;
  return { width: isLying ? up : across, height: isLying ? across : up, rotation, box, userUnit };
}

/** A rectangle of the displayed page (points from its lower left corner) in the page's own coordinates. */
export function toPageSpace(rectangle: Rectangle, { box, rotation, userUnit }: PageGeometry): Rectangle {
  const [left, bottom, right, top] = box;
  const point = (x: number, y: number): readonly [number, number] => {
    const [across, up] = [x / userUnit, y / userUnit];
    if (rotation === 90) return [right - up, bottom + across];
    if (rotation === 180) return [right - across, top - up];
    if (rotation === 270) return [left + up, top - across];
    return [left + across, bottom + up];
  };
  return normalRectangle([...point(rectangle[0], rectangle[1]), ...point(rectangle[2], rectangle[3])]);
}

/** A rectangle in the page's own coordinates as displayed (points from the lower left corner). */
export function toDisplaySpace(rectangle: Rectangle, { box, rotation, userUnit }: PageGeometry): Rectangle {
  const [left, bottom, right, top] = box;
  const point = (x: number, y: number): readonly [number, number] => {
    if (rotation === 90) return [(y - bottom) * userUnit, (right - x) * userUnit];
    if (rotation === 180) return [(right - x) * userUnit, (top - y) * userUnit];
    if (rotation === 270) return [(top - y) * userUnit, (x - left) * userUnit];
    return [(x - left) * userUnit, (y - bottom) * userUnit];
  };
  return normalRectangle([...point(rectangle[0], rectangle[1]), ...point(rectangle[2], rectangle[3])]);
}
