import type { VNode } from 'preact';
import type { SealPlace } from '../../protocol/seal-places.ts';
import { clampToPage, type Point, type Size } from './seal-geometry.ts';
import { SealMarkBox } from './seal-mark-box.tsx';
import { marksOnPage } from './seal-marks.ts';

/** How a seal looks on a page. */
export interface SealLook {
  /** Points. */
  readonly size: Size;
  /** Address of its picture; an outline where it is not known yet. */
  readonly picture?: string;
}

/** What the user may do with the marks; all indices are of `places`. */
export interface SealEditing {
  readonly selected: number | undefined;
  /** The next click on a page places a seal. */
  readonly placing: boolean;
  readonly onSelect: (place: number) => void;
  /** Moved by pointer or key, again and again while it is dragged; `done` with the last. */
  readonly onMove: (place: number, to: SealPlace, done: boolean) => void;
  readonly onRemove: (place: number) => void;
  readonly onPlace: (page: number, middle: Point) => void;
}

interface SealLayerProps {
  readonly places: readonly SealPlace[];
  readonly look: SealLook;
  readonly page: number;
  readonly pageCount: number;
  readonly pageSize: Size;
  readonly editing?: SealEditing | undefined;
}

/** The seals over one page. */
export function SealLayer({ places, look, page, pageCount, pageSize, editing }: SealLayerProps): VNode {
  const place = (event: MouseEvent): void => {
    if (editing?.placing !== true || !(event.currentTarget instanceof HTMLElement)) return;
    const box = event.currentTarget.getBoundingClientRect();
    const point = {
      x: ((event.clientX - box.left) / box.width) * pageSize.width,
      y: pageSize.height - ((event.clientY - box.top) / box.height) * pageSize.height,
    };
    editing.onPlace(page, clampToPage(point, look.size, pageSize) ?? point);
  };
  return (
    <div class={`seal-layer${editing?.placing === true ? ' seal-layer-placing' : ''}`} onClick={place}>
      {marksOnPage(places, look.size, pageSize, page, pageCount).map((mark) => {
        const own = places[mark.place];
        return (
          own !== undefined && (
            <SealMarkBox
              key={mark.place}
              mark={mark}
              place={own}
              page={page}
              pageCount={pageCount}
              pageSize={pageSize}
              look={look}
              editing={editing}
            />
          )
        );
      })}
    </div>
  );
}
