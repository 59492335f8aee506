import type { ObservedQr } from '../../../protocol/observed-prompts.ts';
import { foreign, notDrawn, readPicture } from './read-picture.ts';

const mostBytes = 2_097_152;

/**
 * Reads the picture that CSS draws behind the element. The network is never asked: an address that gives a new QR
 * each time must not be asked twice.
 */
export async function readBackground(element: Element): Promise<ObservedQr> {
  const address = /url\("?([^")]+)"?\)/.exec(getComputedStyle(element).backgroundImage)?.[1];
  if (address === undefined) return notDrawn;
  try {
    const picture = /^(?:data|blob):/.test(address) ? await loadedImage(address) : await cachedImage(address);
    return readPicture(picture, (context) => context.drawImage(picture, 0, 0));
  } catch {
    return foreign;
  }
}

async function loadedImage(address: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}

/** From the browser's cache alone. @throws where it is not there, or of another origin */
async function cachedImage(address: string): Promise<ImageBitmap> {
  const answer = await fetch(address, { cache: 'only-if-cached', mode: 'same-origin' });
  const blob = await answer.blob();
  if (!answer.ok || blob.size > mostBytes) throw new Error('no picture');
  return createImageBitmap(blob);
}
