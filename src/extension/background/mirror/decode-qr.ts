import { decodeQR } from 'qr/decode.js';
import { fromBase64 } from '../../../lib/bytes.ts';
import { sizeLimits } from '../../../protocol/limits.ts';
import type { ObservedQr } from '../../../protocol/observed-prompts.ts';

type QrPixels = Extract<ObservedQr, { type: 'pixels' }>;

/** Pages draw a QR up to the very edge of its picture; a reader needs room around it. */
const margin = 16;
/** For each try, in milliseconds: a picture that is no QR costs no more. */
const timeLimit = 40;

/** Text of the QR in these pixels; undefined where there is none, or they are not as many as they should be. */
export function decodeQr({ width, height, grey }: QrPixels): string | undefined {
  const pixels = pixelsOf(grey);
  if (pixels?.length !== width * height) return undefined;
  // A dark frame for light codes on dark ground.
  for (const around of [255, 0]) {
    const content = tryDecode(withMargin(pixels, width, height, around));
    if (content !== undefined) return content.length <= sizeLimits.observedQrContent ? content : undefined;
  }
  return undefined;
}

function pixelsOf(base64: string): Uint8Array | undefined {
  try {
    return fromBase64(base64);
  } catch {
    return undefined;
  }
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

function tryDecode(picture: Picture): string | undefined {
  try {
    const content = decodeQR(picture, { format: 'I420', timeLimit });
    return content === '' ? undefined : content;
  } catch {
    return undefined;
  }
}

/** Grey values with `around` on all sides, as the Y plane of an I420 picture; its colours are not looked at. */
function withMargin(pixels: Uint8Array, width: number, height: number, around: number): Picture {
  const [wide, high] = [width + 2 * margin, height + 2 * margin];
  const chroma = 2 * Math.ceil(wide / 2) * Math.ceil(high / 2);
  const data = new Uint8Array(wide * high + chroma).fill(around);
  for (let row = 0; row < height; row += 1) {
    data.set(pixels.subarray(row * width, (row + 1) * width), (row + margin) * wide + margin);
  }
  return { width: wide, height: high, data };
}
