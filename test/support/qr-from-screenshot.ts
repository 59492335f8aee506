import { PNG } from 'pngjs';
import { decodeQR } from 'qr/decode.js';

/** Text of the QR in a screenshot, read from its pixels as a camera would. @throws Error when there is none. */
export function readQrFromScreenshot(png: Uint8Array): string {
  const { width, height, data } = PNG.sync.read(Buffer.from(png));
  return decodeQR({ width, height, data });
}
