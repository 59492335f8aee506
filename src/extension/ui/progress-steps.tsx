import type { VNode } from 'preact';
import { Glyph, type GlyphName } from './glyph.tsx';
import { useText } from './text/text-context.ts';

const steps = ['scanned', 'confirmed', 'checked', 'delivered'] as const;

/** How far each state after the phone's confirmation has come: the steps before it are done. */
const reached = { confirmed: 2, completing: 3, succeeded: 4 } as const;

/** The way of a confirmed session. The status line speaks for it, so screen readers are spared this. */
export function ProgressSteps({ state }: { state: keyof typeof reached }): VNode {
  const text = useText().steps;
  return (
    <ol class="steps" aria-hidden="true">
      {steps.map((step, index) => (
        <li key={step} class={lookOf(index - reached[state]).tone}>
          <Glyph name={lookOf(index - reached[state]).glyph} />
          {text[step]}
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
