import { encodeQR } from 'qr';
import type { ObservedQr } from '../../../../../src/protocol/observed-prompts.ts';

type QrPixels = Extract<ObservedQr, { type: 'pixels' }>;

interface Drawing {
  /** Pixels a module. */
  readonly scale?: number;
  /** Modules of quiet zone. */
  readonly border?: number;
  readonly dark?: number;
  readonly light?: number;
}

/** The QR of `text` as a detector would read it. */
export function drawnQr(
  text: string,
  { scale = 3, border = 4, dark = 0, light = 255 }: Drawing = {},
): QrPixels {
  // The encoder wants one module of border at least.
  const framed = encodeQR(text, 'raw', { ecc: 'medium', border: Math.max(1, border) });
  const matrix = border > 0 ? framed : framed.slice(1, -1).map((row) => row.slice(1, -1));
  const side = Math.round(matrix.length * scale);
  const pixels = new Uint8Array(side * side);
  for (let at = 0; at < pixels.length; at += 1) {
    const [x, y] = [Math.floor((at % side) / scale), Math.floor(Math.floor(at / side) / scale)];
    pixels[at] = matrix[y]?.[x] === true ? dark : light;
  }
  return { type: 'pixels', width: side, height: side, grey: Buffer.from(pixels).toString('base64') };
}
