import type { VNode } from 'preact';
import { Glyph, type GlyphName } from './glyph.tsx';

/** How far each state after the phone's confirmation has come, counted from the end: 0 when all is done. */
const remaining = { confirmed: 2, completing: 1, succeeded: 0 } as const;

interface ProgressStepsProps {
  readonly state: keyof typeof remaining;
  readonly steps: readonly string[];
}

/** The way of a confirmed session. The status line speaks for it, so screen readers are spared this. */
export function ProgressSteps({ state, steps }: ProgressStepsProps): VNode {
  const current = steps.length - remaining[state];
  return (
    <ol class="steps" aria-hidden="true">
      {steps.map((word, index) => (
        <li key={word} class={lookOf(index - current).tone}>
          <Glyph name={lookOf(index - current).glyph} />
          {word}
        </li>
      ))}
    </ol>
  );
}

/** By a step's distance from the one that goes on. */
function lookOf(distance: number): { tone: string; glyph: GlyphName } {
  if (distance < 0) return { tone: 'tone-ok', glyph: 'check' };
  return distance === 0 ? { tone: 'tone-busy', glyph: 'spinner' } : { tone: 'tone-idle', glyph: 'dash' };
}
