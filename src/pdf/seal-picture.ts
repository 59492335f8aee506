import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import type { IncrementalUpdate } from './incremental-update.ts';
import { PdfError } from './pdf-error.ts';
import { dictionary, name, type PdfReference, type PdfValue } from './pdf-values.ts';

export interface SealPicture {
  readonly type: 'png' | 'jpg' | 'jpeg';
  readonly data: Uint8Array;
  /** Its size on paper, whatever its pixels. */
  readonly widthMm: number;
  readonly heightMm: number;
}

const maxBytes = 2 ** 22;
const maxSide = 2048;

/**
 * Adds the picture as an image XObject, with its transparency as a soft mask (ISO 32000-1 §8.9.5, §11.6.5.3).
 * @throws PdfError `pictureUnsupported`
 */
export function putPicture(update: IncrementalUpdate, { type, data }: SealPicture): PdfReference {
  if (data.length > maxBytes) throw new PdfError('pictureUnsupported', 'too many bytes');
  return type === 'png' ? putPng(update, data) : putJpeg(update, data);
}

function checkSize(width: number, height: number): void {
  if (!(width >= 1 && height >= 1 && width <= maxSide && height <= maxSide)) {
    throw new PdfError('pictureUnsupported', 'size in pixels');
  }
}

function image(width: number, height: number, colorSpace: string, filter: string) {
  return {
    Type: name('XObject'),
    Subtype: name('Image'),
    Width: width,
    Height: height,
    ColorSpace: name(colorSpace),
    BitsPerComponent: 8,
    Filter: name(filter),
  };
}

function putPng(update: IncrementalUpdate, data: Uint8Array): PdfReference {
  const header = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const signature = '89504e470d0a1a0a';
  if (data.length < 33 || Buffer.from(data.subarray(0, 8)).toString('hex') !== signature) {
    throw new PdfError('pictureUnsupported', 'no PNG');
  }
  checkSize(header.getUint32(16), header.getUint32(20));
  const { width, height, data: pixels } = decodePng(data);
  const colors = new Uint8Array(width * height * 3);
  const alpha = new Uint8Array(width * height);
  for (let pixel = 0; pixel < alpha.length; pixel += 1) {
    colors.set(pixels.subarray(pixel * 4, pixel * 4 + 3), pixel * 3);
    alpha[pixel] = pixels[pixel * 4 + 3] ?? 255;
  }
  const described: Record<string, PdfValue> = image(width, height, 'DeviceRGB', 'FlateDecode');
  if (alpha.some((value) => value < 255)) {
    const mask = update.allocate();
    update.putStream(mask, dictionary(image(width, height, 'DeviceGray', 'FlateDecode')), deflateSync(alpha));
    described['SMask'] = mask;
  }
  const target = update.allocate();
  update.putStream(target, dictionary(described), deflateSync(colors));
  return target;
}

function decodePng(data: Uint8Array): PNG {
  try {
    return PNG.sync.read(Buffer.from(data));
  } catch {
    throw new PdfError('pictureUnsupported', 'broken PNG');
  }
}

function putJpeg(update: IncrementalUpdate, data: Uint8Array): PdfReference {
  const { width, height, components } = readJpegFrame(data);
  checkSize(width, height);
  const spaces: Readonly<Record<number, string>> = { 1: 'DeviceGray', 3: 'DeviceRGB' };
  const space = spaces[components];
  if (space === undefined) throw new PdfError('pictureUnsupported', 'colours of the JPEG');
  const target = update.allocate();
  update.putStream(target, dictionary(image(width, height, space, 'DCTDecode')), data);
  return target;
}

/** Finds the start-of-frame segment of a baseline or progressive JPEG (ITU-T T.81 B.2.2). */
function readJpegFrame(data: Uint8Array) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const isJpeg = data[0] === 0xff && data[1] === 0xd8 && data.at(-2) === 0xff && data.at(-1) === 0xd9;
  const end = isJpeg ? data.length - 9 : 0;
  for (let position = 2; position < end && data[position] === 0xff;) {
    const marker = view.getUint8(position + 1);
    if (marker >= 0xc0 && marker <= 0xc2 && view.getUint8(position + 4) === 8) {
      return {
        height: view.getUint16(position + 5),
        width: view.getUint16(position + 7),
        components: view.getUint8(position + 9),
      };
    }
    position += marker === 0xff ? 1 : 2 + view.getUint16(position + 2);
  }
  throw new PdfError('pictureUnsupported', 'no JPEG');
}
