import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A canvas larger than this is not drawn sharper: browsers have bounds, and memory too. */
const mostPixels = 16_777_216;

/** Draws `page`, `width` device pixels wide as far as the bound allows, into `canvas`; gives up when `signal` aborts. */
export async function drawPage(
  page: PDFPageProxy,
  canvas: HTMLCanvasElement,
  width: number,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const natural = page.getViewport({ scale: 1 });
  const scale = Math.min(width / natural.width, Math.sqrt(mostPixels / (natural.width * natural.height)));
  const viewport = page.getViewport({ scale });
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  const task = page.render({ canvas, viewport });
  const cancel = (): void => task.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await task.promise;
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
    // Keeps what is drawn, and frees the images that it was drawn from.
    page.cleanup();
  }
}
