import { useEffect, useState } from 'preact/hooks';
import type { BlobLike } from '../../lib/blob-like.ts';
import { codeOf } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import { openPdf } from './open-pdf.ts';
import type { PdfDocument } from './pdf-document.ts';

export type PdfState =
  | { readonly state: 'opening' }
  | { readonly state: 'open'; readonly pdf: PdfDocument }
  | { readonly state: 'failed'; readonly code: ErrorCode };

const opening: PdfState = { state: 'opening' };

/** The PDF in `blob`, open as long as the component shows it. */
export function usePdf(blob: BlobLike | undefined): PdfState {
  const [held, setHeld] = useState<{ readonly blob: BlobLike; readonly pdf: PdfState }>();
  useEffect(() => {
    if (blob === undefined) return undefined;
    const lifetime = new AbortController();
    openPdf(blob, lifetime.signal).then(
      (pdf) => {
        if (lifetime.signal.aborted) pdf.close();
        else setHeld({ blob, pdf: { state: 'open', pdf } });
      },
      (error: unknown) => {
        if (!lifetime.signal.aborted) setHeld({ blob, pdf: { state: 'failed', code: codeOf(error) } });
      },
    );
    return () => lifetime.abort();
  }, [blob]);
  return held !== undefined && held.blob === blob ? held.pdf : opening;
}
