import type { ObservedQr } from '../../../protocol/observed-prompts.ts';
import { drawnSide, mostShapes, notDrawn, readPicture } from './read-picture.ts';

/** Reads a QR of table cells or boxes: by where they lie, and by the colour of their ground. */
export function readCells(grid: Element): ObservedQr {
  const { left, top, width, height } = grid.getBoundingClientRect();
  const boxes = grid.querySelectorAll('*');
  if (boxes.length > mostShapes) return notDrawn;
  const colours = new Map<string, string>();
  return readPicture({ width, height, side: drawnSide, enlarge: true }, (context) => {
    for (const box of boxes) {
      if (box.firstElementChild !== null) continue;
      // Thousands of cells share a few looks: the browser is asked once for each.
      const look = ['class', 'style', 'bgcolor'].map((name) => box.getAttribute(name)).join('|');
      let colour = colours.get(look);
      if (colour === undefined) colours.set(look, (colour = getComputedStyle(box).backgroundColor));
      const { x, y, width: wide, height: high } = box.getBoundingClientRect();
      context.fillStyle = colour;
      context.fillRect(x - left, y - top, wide, high);
    }
  });
}
