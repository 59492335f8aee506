import type { VNode } from 'preact';
import type { SealPlace } from '../../protocol/seal-places.ts';
import { useText } from '../ui/text/text-context.ts';
import { followPointer } from './follow-pointer.ts';
import { keyStep, movePlace } from './move-place.ts';
import { pageUnderPointer } from './page-under-pointer.ts';
import { placeWords } from './place-words.ts';
import { toPercentages, type Size } from './seal-geometry.ts';
import type { SealEditing, SealLook } from './seal-layer.tsx';
import type { SealMark } from './seal-marks.ts';

interface SealMarkBoxProps {
  readonly mark: SealMark;
  readonly place: SealPlace;
  readonly page: number;
  readonly pageCount: number;
  readonly pageSize: Size;
  readonly look: SealLook;
  readonly editing: SealEditing | undefined;
}

/** One seal on a page: dragged by pointer, moved by arrow keys, removed by Delete. */
export function SealMarkBox(props: SealMarkBoxProps): VNode {
  const { mark, place, page, pageCount, pageSize, look, editing } = props;
  const text = useText().documents.place;
  const { where, position } = placeWords(place, pageCount, text);
  const number = String(mark.place + 1);
  const content = (
    <>
      {look.picture !== undefined && <SlicedPicture address={look.picture} slice={mark.slice} />}
      <span class="seal-number" aria-hidden="true">
        {number}
      </span>
    </>
  );
  const kind = look.picture === undefined ? 'seal-mark seal-mark-proposed' : 'seal-mark';
  const style = { ...toPercentages(mark.middle, mark.size, pageSize) };
  const label = text.mark(number, where, position);
  if (editing === undefined) {
    return (
      <div class={kind} style={style} role="img" aria-label={label}>
        {content}
      </div>
    );
  }
  const middle = place.kind === 'seam' ? { x: mark.middle.x, y: place.y } : place;
  const drag = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    editing.onSelect(mark.place);
    const start = pageUnderPointer(event.clientX, event.clientY);
    const grip = { x: (start?.point.x ?? middle.x) - middle.x, y: (start?.point.y ?? middle.y) - middle.y };
    let last = place;
    followPointer(event, {
      onMove(clientX, clientY) {
        const spot = pageUnderPointer(clientX, clientY);
        if (spot === undefined) return;
        const to = { x: spot.point.x - grip.x, y: spot.point.y - grip.y };
        last = movePlace(place, spot.page, to, look.size, spot.size);
        editing.onMove(mark.place, last, false);
      },
      onEnd(_, __, cancelled) {
        editing.onMove(mark.place, cancelled ? place : last, true);
        // Dragged to another page, it is another element now.
        requestAnimationFrame(() => {
          document.querySelector<HTMLElement>(`[data-place="${mark.place}"]`)?.focus({ preventScroll: true });
        });
      },
    });
  };
  const press = (event: KeyboardEvent): void => {
    const step = keyStep(event.key, event.shiftKey);
    if (step === undefined && event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    if (step === undefined) return editing.onRemove(mark.place);
    const to = { x: middle.x + step.x, y: middle.y + step.y };
    editing.onMove(mark.place, movePlace(place, page, to, look.size, pageSize), true);
  };
  return (
    <button
      type="button"
      class={kind}
      style={style}
      aria-label={label}
      aria-pressed={editing.selected === mark.place}
      data-place={mark.place}
      onPointerDown={drag}
      onKeyDown={press}
      onFocus={() => editing.onSelect(mark.place)}
      onClick={(event) => event.stopPropagation()}
    >
      {content}
    </button>
  );
}

function SlicedPicture({ address, slice }: { address: string; slice: SealMark['slice'] }): VNode {
  const { index, count } = slice;
  return (
    <span class="seal-picture">
      <img
        src={address}
        alt=""
        draggable={false}
        style={{ width: `${count * 100}%`, left: `${-index * 100}%` }}
      />
    </span>
  );
}
