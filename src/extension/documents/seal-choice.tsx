import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { SealChoice as Seal } from '../../protocol/ui-messages.ts';
import { useLocale, useText } from '../ui/text/text-context.ts';
import { followPointer } from './follow-pointer.ts';
import { pageUnderPointer, type PageSpot } from './page-under-pointer.ts';

interface SealChoiceProps {
  readonly seals: readonly Seal[];
  readonly chosen: string | undefined;
  readonly onChoose: (sealId: string) => void;
  /** The seal was dropped on a page. */
  readonly onDrop: (spot: PageSpot) => void;
}

/** The phone's seals: one is chosen, and may be dragged onto a page. */
export function SealChoice({ seals, chosen, onChoose, onDrop }: SealChoiceProps): VNode {
  const text = useText().documents.seal;
  const name = useId();
  return (
    <fieldset class="seal-choice">
      <legend>{text.legend}</legend>
      {seals.map((seal) => (
        <SealOption
          key={seal.id}
          seal={seal}
          name={name}
          checked={seal.id === chosen}
          onChoose={() => onChoose(seal.id)}
          onDrop={onDrop}
        />
      ))}
      {!seals.some(({ usable }) => usable) && (
        <p class="seal-none">{seals.length === 0 ? text.none : text.noneUsable}</p>
      )}
    </fieldset>
  );
}

interface SealOptionProps {
  readonly seal: Seal;
  readonly name: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
  readonly onDrop: (spot: PageSpot) => void;
}

function SealOption({ seal, name, checked, onChoose, onDrop }: SealOptionProps): VNode {
  const text = useText().documents.seal;
  const locale = useLocale();
  const { picture } = seal;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(seal.validTo));
  const drag = (event: PointerEvent): void => {
    if (!seal.usable || event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
    event.preventDefault();
    onChoose();
    const ghost = event.currentTarget.cloneNode(true) as HTMLElement;
    ghost.classList.add('seal-ghost');
    const follow = (x: number, y: number): void => {
      ghost.style.left = `${x}px`;
      ghost.style.top = `${y}px`;
      if (!ghost.isConnected) document.body.append(ghost);
    };
    followPointer(event, {
      onMove: follow,
      onEnd(x, y, cancelled) {
        ghost.remove();
        const spot = cancelled ? undefined : pageUnderPointer(x, y);
        if (spot !== undefined) onDrop(spot);
      },
    });
  };
  return (
    <label class="seal-option">
      <input
        type="radio"
        name={name}
        value={seal.id}
        checked={checked}
        disabled={!seal.usable}
        onChange={onChoose}
      />
      <img
        class="seal-thumbnail"
        src={sealAddress(seal)}
        alt=""
        draggable={false}
        title={seal.usable ? text.drag : undefined}
        onPointerDown={drag}
      />
      <span class="seal-words">
        <strong>{seal.name}</strong>
        <span class="label">
          {text.size(String(picture.widthMm), String(picture.heightMm))} ·{' '}
          {seal.usable ? text.validTo(date) : text.unusable}
        </span>
      </span>
    </label>
  );
}

/** Address of a seal's picture. */
export function sealAddress({ picture }: Seal): string {
  return `data:image/${picture.type};base64,${picture.base64}`;
}
