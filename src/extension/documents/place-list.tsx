import type { VNode } from 'preact';
import type { SealPlace } from '../../protocol/seal-places.ts';
import { Glyph } from '../ui/glyph.tsx';
import { useText } from '../ui/text/text-context.ts';
import { mmToPoints, readableMm } from './length-units.ts';
import { NumberField } from './number-field.tsx';
import { placeWords } from './place-words.ts';

interface PlaceListProps {
  readonly places: readonly SealPlace[];
  readonly pageCount: number;
  readonly selected: number | undefined;
  readonly onSelect: (place: number) => void;
  readonly onReplace: (place: number, by: SealPlace) => void;
  readonly onRemove: (place: number) => void;
}

/** The places in numbers: page, and millimetres from the page's lower left corner to the seal's middle. */
export function PlaceList(props: PlaceListProps): VNode {
  const { places, pageCount, selected, onSelect, onReplace, onRemove } = props;
  const text = useText().documents.place;
  if (places.length === 0) return <p class="muted">{text.none}</p>;
  return (
    <ol class="place-list">
      {places.map((place, index) => (
        <li
          key={index}
          class={selected === index ? 'place place-selected' : 'place'}
          onFocusCapture={() => onSelect(index)}
        >
          <div class="place-head">
            <span class="place-number">{index + 1}</span>
            <span>{placeWords(place, pageCount, text).where}</span>
            <button
              type="button"
              class="tool"
              aria-label={text.remove(String(index + 1))}
              onClick={() => onRemove(index)}
            >
              <Glyph name="cross" />
            </button>
          </div>
          <PlaceNumbers place={place} pageCount={pageCount} onChange={(by) => onReplace(index, by)} />
        </li>
      ))}
    </ol>
  );
}

interface PlaceNumbersProps {
  readonly place: SealPlace;
  readonly pageCount: number;
  readonly onChange: (place: SealPlace) => void;
}

function PlaceNumbers({ place, pageCount, onChange }: PlaceNumbersProps): VNode {
  const text = useText().documents.place;
  const page = (label: string, value: number, change: (page: number) => SealPlace): VNode => (
    <NumberField
      label={label}
      value={value}
      step={1}
      min={1}
      max={pageCount}
      onCommit={(to) => onChange(change(to))}
    />
  );
  const length = (label: string, value: number, change: (points: number) => SealPlace): VNode => (
    <NumberField
      label={label}
      value={readableMm(value)}
      step={0.1}
      min={0}
      onCommit={(mm) => onChange(change(mmToPoints(mm)))}
    />
  );
  return (
    <div class="place-numbers">
      {place.kind === 'point' && page(text.page, place.page, (to) => ({ ...place, page: to }))}
      {place.kind === 'seam' &&
        page(text.firstPage, place.firstPage ?? 1, (to) => ({ ...place, firstPage: to }))}
      {place.kind === 'seam' &&
        page(text.lastPage, place.lastPage ?? pageCount, (to) => ({ ...place, lastPage: to }))}
      {place.kind !== 'seam' && length(text.fromLeft, place.x, (x) => ({ ...place, x }))}
      {length(text.fromBottom, place.y, (y) => ({ ...place, y }))}
    </div>
  );
}
