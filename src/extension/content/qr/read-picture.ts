import { toBase64 } from '../../../lib/bytes.ts';
import { pageLimits } from '../../../protocol/page-limits.ts';
import type { ObservedQr } from '../../../protocol/observed-prompts.ts';

export type DrawContext = OffscreenCanvasRenderingContext2D;

export interface PictureSize {
  /** Of the source, in its own units. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the longer side, at most. */
  readonly side?: number;
  /** What has no pixels of its own is drawn as large as `side`; pixels are never made more. */
  readonly enlarge?: boolean;
}

export const notDrawn: ObservedQr = { type: 'unreadable', why: 'notDrawn' };
export const foreign: ObservedQr = { type: 'unreadable', why: 'foreign' };

/** Shapes and cells of one QR that are looked at; a usual one has 1,000 to 3,000 modules, the largest 31,329. */
export const mostShapes = 12_000;
/** Longer side of what is drawn anew: four pixels a module up to version 18, two for the largest. */
export const drawnSide = 360;

/** Sides of the smallest QR, version 1: nothing below it can be one. */
const leastSide = 21;
/** Pixels of a source that is read at all: a larger one costs the page more than a glance is worth. */
const mostPixels = 4_194_304;
/** Least difference between dark and light. */
const leastContrast = 48;

/** Reads as grey values what `draw` draws in the source's own units, its corner at 0/0. */
export function readPicture(
  { width, height, side = pageLimits.qrPictureSide, enlarge = false }: PictureSize,
  draw: (context: DrawContext, scale: number) => void,
): ObservedQr {
  if (width * height > mostPixels) return foreign;
  const fitting = side / Math.max(width, height);
  const scale = enlarge ? fitting : Math.min(1, fitting);
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
  if (Math.min(width, height) < leastSide || Math.min(wide, high) < leastSide) return notDrawn;
  try {
    // On white; where that shows nothing, on black: light codes on dark pages.
    for (const ground of ['#fff', '#000']) {
      const context = new OffscreenCanvas(wide, high).getContext('2d', { willReadFrequently: true });
      if (context === null) break;
      context.fillStyle = ground;
      context.fillRect(0, 0, wide, high);
      context.scale(scale, scale);
      draw(context, scale);
      const grey = greyOf(context.getImageData(0, 0, wide, high).data);
      if (grey !== undefined) return { type: 'pixels', width: wide, height: high, grey: toBase64(grey) };
    }
    return notDrawn;
  } catch {
    // Of another origin: the browser keeps its pixels to itself.
    return foreign;
  }
}

/** Eight bits a pixel; undefined where all are of one colour. */
function greyOf(data: Uint8ClampedArray): Uint8Array | undefined {
  const grey = new Uint8Array(data.length / 4);
  let [darkest, lightest] = [255, 0];
  for (let pixel = 0, at = 0; pixel < grey.length; pixel += 1, at += 4) {
    // The weights of ITU-R BT.601 in 256ths. Nothing is transparent: there is a ground.
    const value = ((data[at] ?? 0) * 77 + (data[at + 1] ?? 0) * 150 + (data[at + 2] ?? 0) * 29) >> 8;
    grey[pixel] = value;
    if (value < darkest) darkest = value;
    if (value > lightest) lightest = value;
  }
  return lightest - darkest < leastContrast ? undefined : grey;
}
