import {
  getDocument,
  GlobalWorkerOptions,
  PDFDataRangeTransport,
  PDFWorker,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
// oxlint-disable-next-line import/default -- the build makes the file's address its default export
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import type { BlobLike } from '../../lib/blob-like.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import { drawPage } from './draw-page.ts';
import type { PdfDocument } from './pdf-document.ts';
import { toTextRuns } from './text-runs.ts';

/** Bytes that are read at a time. */
const rangeBytes = 262_144;

/**
 * Opens the PDF in `blob`, reading only what is shown of it.
 * @throws CodedError `DOCUMENT_ENCRYPTED`, `DOCUMENT_DAMAGED`, or `DOCUMENT_GONE` when the bytes cannot be read
 */
export async function openPdf(blob: BlobLike, signal: AbortSignal): Promise<PdfDocument> {
  const source = readByRanges(blob);
  const task = getDocument({
    worker: sharedWorker(),
    range: source.transport,
    rangeChunkSize: rangeBytes,
    disableAutoFetch: true,
    disableStream: true,
    cMapUrl: '/pdfjs/cmaps/',
    standardFontDataUrl: '/pdfjs/standard_fonts/',
    // The policy of extension pages allows no WebAssembly; images have decoders in script.
    wasmUrl: '/pdfjs/wasm/',
    useWasm: false,
    isEvalSupported: false,
    enableXfa: false,
    verbosity: 0,
  });
  const close = (): void => void task.destroy().catch(() => undefined);
  signal.addEventListener('abort', close, { once: true });
  try {
    const pdf = await Promise.race([task.promise, source.failed, passwordAsked(task)]);
    signal.throwIfAborted();
    return toDocument(pdf, close);
  } catch (error) {
    close();
    signal.throwIfAborted();
    throw error instanceof CodedError ? error : new CodedError('DOCUMENT_DAMAGED', String(error));
  }
}

let worker: PDFWorker | undefined;

/** One worker for all documents of the page: starting it costs more than opening a document. */
function sharedWorker(): PDFWorker {
  GlobalWorkerOptions.workerSrc = workerUrl;
  if (worker === undefined || worker.destroyed) worker = new PDFWorker();
  return worker;
}

function passwordAsked(task: ReturnType<typeof getDocument>): Promise<never> {
  return new Promise((_, reject) => {
    task.onPassword = () => reject(new CodedError('DOCUMENT_ENCRYPTED'));
  });
}

/** Hands pdf.js the ranges that it asks for; `failed` rejects when one cannot be read. */
function readByRanges(blob: BlobLike): { transport: PDFDataRangeTransport; failed: Promise<never> } {
  const transport = new PDFDataRangeTransport(blob.size, null);
  const failed = new Promise<never>((_, reject) => {
    transport.requestDataRange = (begin, end) => {
      blob
        .slice(begin, end)
        .arrayBuffer()
        .then(
          (bytes) => transport.onDataRange(begin, new Uint8Array(bytes)),
          () => reject(new CodedError('DOCUMENT_GONE')),
        );
    };
  });
  // It may also fail when nobody waits for it any more.
  failed.catch(() => undefined);
  return { transport, failed };
}

function toDocument(pdf: PDFDocumentProxy, close: () => void): PdfDocument {
  const pages = new Map<number, Promise<PDFPageProxy>>();
  const pageOf = (number: number): Promise<PDFPageProxy> => {
    const page = pages.get(number) ?? pdf.getPage(number);
    pages.set(number, page);
    return page;
  };
  return {
    pageCount: pdf.numPages,
    async pageSize(page) {
      const { width, height } = (await pageOf(page)).getViewport({ scale: 1 });
      return { width, height };
    },
    async pageText(page) {
      const proxy = await pageOf(page);
      return toTextRuns(await proxy.getTextContent(), proxy.getViewport({ scale: 1 }));
    },
    async drawPage(page, canvas, width, signal) {
      return drawPage(await pageOf(page), canvas, width, signal);
    },
    close,
  };
}
