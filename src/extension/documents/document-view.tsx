import type { ComponentChildren, VNode } from 'preact';
import type { BlobLike } from '../../lib/blob-like.ts';
import { errorCatalogue } from '../../protocol/errors.ts';
import { Glyph } from '../ui/glyph.tsx';
import { useLocale, useText } from '../ui/text/text-context.ts';
import { PdfPages } from './pdf-pages.tsx';
import type { Size } from './seal-geometry.ts';
import type { PdfState } from './use-pdf.ts';

interface DocumentViewProps {
  readonly blob: BlobLike | undefined;
  readonly pdf: PdfState;
  readonly overlay?: (page: number, size: Size) => ComponentChildren;
  readonly onPage?: (page: number) => void;
  readonly show?: { readonly page: number } | undefined;
}

/** The pages of a PDF, or why they cannot be shown. */
export function DocumentView({ blob, pdf, overlay, onPage, show }: DocumentViewProps): VNode {
  const text = useText().documents;
  const locale = useLocale();
  if (blob === undefined) return <p class="connecting">{text.notHere}</p>;
  if (pdf.state === 'open') {
    return (
      <PdfPages
        pdf={pdf.pdf}
        show={show}
        {...(overlay === undefined ? {} : { overlay })}
        {...(onPage === undefined ? {} : { onPage })}
      />
    );
  }
  if (pdf.state === 'opening') return <p class="connecting">{text.opening}</p>;
  const { title, cause, remedy } = errorCatalogue[pdf.code].text[locale];
  return (
    <div class="notice tone-warn" role="alert">
      <Glyph name="warning" />
      <div>
        <p class="notice-title">{title}</p>
        <p>{cause}</p>
        <p>{remedy}</p>
      </div>
    </div>
  );
}
