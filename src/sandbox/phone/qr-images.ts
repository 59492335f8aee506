import { decodeQR } from 'qr/decode.js';
import { PhoneError } from './phone-error.ts';

const longestSide = 2_400;

/** Text of the QR in a picture of any kind that the browser can draw, undefined where there is none. */
function readPixels(
  source: CanvasImageSource,
  width: number,
  height: number,
  timeLimit: number,
): string | undefined {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null || canvas.width === 0 || canvas.height === 0) return undefined;
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height), { timeLimit });
  } catch {
    return undefined;
  }
}

/** Text of the QR in an image file. @throws PhoneError `noQrInImage`. */
export async function readImageFile(file: Blob): Promise<string> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  const text = bitmap && readPixels(bitmap, bitmap.width, bitmap.height, 2_000);
  bitmap?.close();
  if (text === undefined) throw new PhoneError('noQrInImage');
  return text;
}

/** The video's current frame. */
export function readFrame(video: HTMLVideoElement): string | undefined {
  return readPixels(video, video.videoWidth, video.videoHeight, 60);
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The rear camera where there is one. @throws PhoneError `noCamera`. */
export async function openCamera(): Promise<{ stream: MediaStream; close: () => void }> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1_280 }, height: { ideal: 1_280 } },
    });
    return { stream, close: () => stop(stream) };
  } catch {
    throw new PhoneError('noCamera');
  }
}

/** A window that does not change may give no second frame: waits a quarter of a second at most. */
function nextFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 250);
    video.requestVideoFrameCallback(() => resolve());
  });
}

/**
 * Lets the user pick a window or screen and reads the QR in its first frames; the capture ends at once.
 * @throws PhoneError `noScreen`, `noQrInImage`.
 */
export async function readScreen(): Promise<string> {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
  } catch {
    throw new PhoneError('noScreen');
  }
  try {
    const video = document.createElement('video');
    video.srcObject = stream;
    video.muted = true;
    await video.play();
    for (let frame = 0; frame < 10; frame += 1) {
      const text = readPixels(video, video.videoWidth, video.videoHeight, 300);
      if (text !== undefined) return text;
      await nextFrame(video);
    }
  } finally {
    stop(stream);
  }
  throw new PhoneError('noQrInImage');
}
