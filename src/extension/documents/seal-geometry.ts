/** Width and height in points (1/72 inch): of a page as it is displayed, or of a seal's picture. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Points from the lower left corner of the page as it is displayed. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a page stands on the screen, in CSS pixels. */
export interface ScreenBox extends Size {
  readonly left: number;
  readonly top: number;
}

/** True where the seal's whole picture has room on the page. */
export function fitsPage(seal: Size, page: Size): boolean {
  return seal.width > 0 && seal.height > 0 && seal.width <= page.width && seal.height <= page.height;
}

/**
 * The nearest middle to `middle` at which all of the seal lies on the page; the page's middle where a coordinate is
 * no number. Undefined where the seal is larger than the page.
 */
export function clampToPage(middle: Point, seal: Size, page: Size): Point | undefined {
  if (!fitsPage(seal, page)) return undefined;
  return {
    x: clampAlong(middle.x, seal.width, page.width),
    y: clampAlong(middle.y, seal.height, page.height),
  };
}

/** One coordinate of `clampToPage`. */
export function clampAlong(middle: number, seal: number, page: number): number {
  if (Number.isNaN(middle)) return page / 2;
  return Math.min(Math.max(middle, seal / 2), page - seal / 2);
}

/** The point of a page that lies under a point of the screen; it may lie outside the page. */
export function toPagePoint(clientX: number, clientY: number, box: ScreenBox, page: Size): Point {
  return {
    x: ((clientX - box.left) / box.width) * page.width,
    y: page.height - ((clientY - box.top) / box.height) * page.height,
  };
}

/** Where a rectangle of the page stands within it, as CSS percentages from the upper left corner. */
export interface Percentages {
  readonly left: string;
  readonly top: string;
  readonly width: string;
  readonly height: string;
}

/** CSS place of a rectangle of `size` around `middle`. */
export function toPercentages(middle: Point, size: Size, page: Size): Percentages {
  const percent = (part: number, whole: number): string => `${Math.round((part / whole) * 1e6) / 1e4}%`;
  return {
    left: percent(middle.x - size.width / 2, page.width),
    top: percent(page.height - middle.y - size.height / 2, page.height),
    width: percent(size.width, page.width),
    height: percent(size.height, page.height),
  };
}
