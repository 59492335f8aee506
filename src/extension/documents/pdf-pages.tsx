import type { ComponentChildren, VNode } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useText } from '../ui/text/text-context.ts';
import type { PdfDocument } from './pdf-document.ts';
import { PdfSheet } from './pdf-sheet.tsx';
import type { Size } from './seal-geometry.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

interface PdfPagesProps {
  readonly pdf: PdfDocument;
  /** What lies over a page. */
  readonly overlay?: (page: number, size: Size) => ComponentChildren;
  /** Told which page is most in sight. */
  readonly onPage?: (page: number) => void;
  /** Page to bring into sight; a new object does so again. */
  readonly show?: { readonly page: number } | undefined;
}

/** A document's pages below each other. Only those near the visible part are drawn. */
export function PdfPages({ pdf, overlay, onPage, show }: PdfPagesProps): VNode {
  const text = useText().documents;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const [zoom, setZoom] = useState(1);
  const [page, setPage] = useState(1);
  const [first, setFirst] = useState<Size>();
  useEffect(() => {
    let shown = true;
    pdf.pageSize(1).then(
      (size) => shown && setFirst(size),
      // Its sheet says that the page is broken.
      () => shown && setFirst({ width: 595, height: 842 }),
    );
    return () => {
      shown = false;
    };
  }, [pdf]);
  useEffect(() => onPage?.(page), [page, onPage]);
  useEffect(() => {
    if (show === undefined) return;
    scroller.current?.querySelector(`[data-page="${show.page}"]`)?.scrollIntoView({ block: 'center' });
  }, [show, first]);
  const follow = useCallback((): void => {
    const area = scroller.current;
    if (area !== null) setPage(pageInSight(area));
  }, []);
  return (
    <div class="pdf">
      <div class="pdf-bar">
        <p aria-live="polite">{text.page(String(page), String(pdf.pageCount))}</p>
        <ZoomButtons zoom={zoom} onZoom={setZoom} />
      </div>
      <div
        class="pdf-pages"
        ref={scroller}
        role="region"
        aria-label={text.pages}
        tabIndex={0}
        onScroll={follow}
      >
        {first !== undefined &&
          Array.from({ length: pdf.pageCount }, (_, index) => (
            <PdfSheet
              key={index}
              pdf={pdf}
              page={index + 1}
              expected={first}
              zoom={zoom}
              pixels={Math.round(width * zoom * devicePixelRatio)}
              overlay={overlay}
            />
          ))}
      </div>
    </div>
  );
}

/** The page at the middle of the scrolled area. */
function pageInSight(area: HTMLElement): number {
  const { top, height } = area.getBoundingClientRect();
  const sheets = [...area.querySelectorAll<HTMLElement>('[data-page]')];
  const sheet = sheets.find((candidate) => candidate.getBoundingClientRect().bottom >= top + height / 2);
  return Number((sheet ?? sheets.at(-1))?.dataset['page'] ?? 1);
}

/** Width of the element's content in CSS pixels, followed as it changes. */
function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
