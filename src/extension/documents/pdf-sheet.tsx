import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Glyph } from '../ui/glyph.tsx';
import { useText } from '../ui/text/text-context.ts';
import type { PdfDocument } from './pdf-document.ts';
import type { Size } from './seal-geometry.ts';

interface PdfSheetProps {
  readonly pdf: PdfDocument;
  readonly page: number;
  /** Size to keep free until the page's own is known. */
  readonly expected: Size;
  readonly zoom: number;
  /** Width to draw, in device pixels. */
  readonly pixels: number;
  readonly overlay: ((page: number, size: Size) => ComponentChildren) | undefined;
}

/** One page. Drawn while it is near the visible part; otherwise only its place is kept. */
export function PdfSheet({ pdf, page, expected, zoom, pixels, overlay }: PdfSheetProps): VNode {
  const text = useText().documents;
  const sheet = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const near = useIsNear(sheet);
  const [size, setSize] = useState<Size>();
  const [state, setState] = useState<'waiting' | 'drawn' | 'broken'>('waiting');
  useEffect(() => {
    const target = canvas.current;
    if (!near || pixels === 0 || target === null) return undefined;
    const drawing = new AbortController();
    const draw = async (): Promise<void> => {
      setSize(await pdf.pageSize(page));
      await pdf.drawPage(page, target, pixels, drawing.signal);
    };
    draw().then(
      () => !drawing.signal.aborted && setState('drawn'),
      () => !drawing.signal.aborted && setState('broken'),
    );
    return () => drawing.abort();
  }, [pdf, page, near, pixels]);
  const { width, height } = size ?? expected;
  return (
    <div
      ref={sheet}
      class="pdf-sheet"
      data-page={page}
      data-width={width}
      data-height={height}
      style={{ width: `${zoom * 100}%`, aspectRatio: `${width} / ${height}` }}
    >
      {near && (
        <canvas
          ref={canvas}
          hidden={state !== 'drawn'}
          role="img"
          aria-label={text.page(String(page), String(pdf.pageCount))}
        />
      )}
      {state !== 'drawn' && (
        <p class="pdf-wait">{state === 'broken' ? text.pageBroken : <Glyph name="spinner" />}</p>
      )}
      {near && size !== undefined && overlay?.(page, size)}
    </div>
  );
}

function useIsNear(element: { readonly current: HTMLElement | null }): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting === true), {
      root: current.parentElement,
      rootMargin: '100% 0%',
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return near;
}
