import type { VNode } from 'preact';
import { useText } from '../ui/text/text-context.ts';

const steps = [0.5, 0.75, 1, 1.5, 2, 3, 4] as const;

/** `zoom` is the page's width as a part of the width that there is. */
export function ZoomButtons({ zoom, onZoom }: { zoom: number; onZoom: (zoom: number) => void }): VNode {
  const text = useText().documents;
  const smaller = steps.findLast((step) => step < zoom);
  const larger = steps.find((step) => step > zoom);
  const button = (name: string, sign: string, next: number | undefined): VNode => (
    <button
      type="button"
      class="tool"
      aria-label={name}
      title={name}
      aria-disabled={next === undefined}
      onClick={() => next !== undefined && onZoom(next)}
    >
      {sign}
    </button>
  );
  return (
    <div class="zoom">
      {button(text.zoomOut, '−', smaller)}
      <button type="button" class="tool" title={text.fit} onClick={() => onZoom(1)}>
        {text.fit}
      </button>
      {button(text.zoomIn, '+', larger)}
    </div>
  );
}
