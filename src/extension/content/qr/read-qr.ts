import type { ObservedQr } from '../../../protocol/observed-prompts.ts';
import { readBackground } from './read-background.ts';
import { readCells } from './read-cells.ts';
import { notDrawn, readPicture } from './read-picture.ts';
import { readSvg } from './read-svg.ts';

/**
 * Reads the QR that an element draws, from its pixels. Nothing of the page is changed and nothing is loaded.
 * @returns at once but for CSS backgrounds
 */
export function readQr(element: Element): ObservedQr | Promise<ObservedQr> {
  if (element instanceof HTMLImageElement) {
    const { naturalWidth: width, naturalHeight: height } = element;
    if (!element.complete || width === 0) return notDrawn;
    return readPicture({ width, height }, (context) => context.drawImage(element, 0, 0, width, height));
  }
  if (element instanceof HTMLCanvasElement) {
    return readPicture(element, (context) => context.drawImage(element, 0, 0));
  }
  if (element instanceof SVGSVGElement) return readSvg(element);
  return getComputedStyle(element).backgroundImage.includes('url(')
    ? readBackground(element)
    : readCells(element);
}
