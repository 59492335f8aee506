import type { VNode } from 'preact';
import type { Scene } from '../../protocol/scenes.ts';
import { Glyph, type GlyphName } from './glyph.tsx';
import { isSigningScene } from './signing-scene.ts';
import { useText } from './text/text-context.ts';

/** How far each state after the phone's confirmation has come, counted from the end: 0 when all is done. */
const remaining = { confirmed: 2, completing: 1, succeeded: 0 } as const;

/** The way of a confirmed session. The status line speaks for it, so screen readers are spared this. */
export function ProgressSteps({ state, scene }: { state: keyof typeof remaining; scene: Scene }): VNode {
  const { steps, documents } = useText();
  const words = isSigningScene(scene)
    ? [documents.steps.signed, documents.steps.written, documents.steps.delivered]
    : [steps.scanned, steps.confirmed, steps.checked, steps.delivered];
  const current = words.length - remaining[state];
  return (
    <ol class="steps" aria-hidden="true">
      {words.map((word, index) => (
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
