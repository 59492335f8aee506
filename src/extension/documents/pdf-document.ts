import type { Size } from './seal-geometry.ts';
import type { TextRun } from './find-keyword.ts';

/** A PDF that can be shown. Pages are counted from 1; everything is as displayed, page rotation included. */
export interface PdfDocument {
  readonly pageCount: number;
  /** Points. @throws when the page is broken. */
  pageSize(page: number): Promise<Size>;
  /** The page's text, in the order that the document gives it. @throws when the page is broken. */
  pageText(page: number): Promise<readonly TextRun[]>;
  /**
   * Draws the page, `width` device pixels wide, into `canvas`. Resolves when it stands, or is given up because
   * `signal` aborted. @throws when the page is broken.
   */
  drawPage(page: number, canvas: HTMLCanvasElement, width: number, signal: AbortSignal): Promise<void>;
  /** Frees everything that it holds. */
  close(): void;
}
