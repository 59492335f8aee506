import type { VNode } from 'preact';
import { Glyph } from '../ui/glyph.tsx';
import { useText } from '../ui/text/text-context.ts';
import type { ArrangementState } from './arrangement.ts';
import { placeWords } from './place-words.ts';

interface ArrangeSummaryProps {
  readonly names: readonly string[];
  readonly sealName: string | undefined;
  /** False where the phone offers no seal that could be picked; the choice says so. */
  readonly canPick: boolean;
  readonly state: ArrangementState;
}

/** What will be stamped, in one look; or what is still missing. */
export function ArrangeSummary({ names, sealName, canPick, state }: ArrangeSummaryProps): VNode | null {
  const text = useText().documents;
  if (sealName === undefined && !canPick) return null;
  if (sealName === undefined) return <p class="summary muted">{text.summary.pickSeal}</p>;
  return (
    <section class="summary">
      <h2>{`${text.summary.heading}: ${sealName}`}</h2>
      <ul>
        {names.map((name, index) => {
          const places = state.places[index] ?? [];
          const words = places.map((place) => placeWords(place, 0, text.place).where);
          return (
            <li key={index} class={places.length === 0 ? 'tone-warn' : 'tone-ok'}>
              <Glyph name={places.length === 0 ? 'warning' : 'check'} />
              {places.length === 0
                ? text.summary.missing(name)
                : `${name}: ${text.summary.line(places.length)} (${[...new Set(words)].join(', ')})`}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A seal is chosen, every document has a place, and nothing still moves. */
export function isArranged(sealId: string | undefined, { places, busy }: ArrangementState): sealId is string {
  return sealId !== undefined && !busy && places.length > 0 && places.every(({ length }) => length > 0);
}
