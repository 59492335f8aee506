import type { PageViewport, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { TextRun } from './find-keyword.ts';
import type { Point } from './seal-geometry.ts';

type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;

/** Letters reach about this far above the baseline, as a part of the font's size. */
const letterHeight = 0.75;

/** pdf.js's text of a page, in points of the page as displayed by `viewport` (of scale 1). */
export function toTextRuns(content: TextContent, viewport: PageViewport): readonly TextRun[] {
  const toPoint = (x: number, y: number): Point => {
    const [left = 0, top = 0]: number[] = viewport.convertToViewportPoint(x, y);
    return { x: left, y: viewport.height - top };
  };
  return content.items.flatMap((item): TextRun[] => {
    if (!('str' in item) || item.str === '') return [];
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: number[] = item.transform;
    const length = Math.hypot(a, b) || 1;
    const start = toPoint(e, f);
    const end = toPoint(e + (a / length) * item.width, f + (b / length) * item.width);
    const top = toPoint(e + c * letterHeight, f + d * letterHeight);
    return [{ text: item.str, start, advance: difference(end, start), rise: difference(top, start) }];
  });
}

function difference(one: Point, other: Point): Point {
  return { x: one.x - other.x, y: one.y - other.y };
}
