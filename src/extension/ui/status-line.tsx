import type { Ref, VNode } from 'preact';
import type { SceneLook } from './scenes/scene-look.ts';
import { Glyph } from './glyph.tsx';

/** What happens and what to do next, spoken when it changes. */
export function StatusLine({
  look,
  titleRef,
}: {
  look: Pick<SceneLook, 'mood' | 'state'>;
  titleRef: Ref<HTMLElement>;
}): VNode {
  const { mood, state } = look;
  return (
    <div class={`status tone-${mood.tone}`}>
      <Glyph name={mood.glyph} />
      <div role="status" aria-atomic="true">
        <p class="status-title" ref={titleRef as Ref<HTMLParagraphElement>} tabIndex={-1}>
          {state.title}
        </p>
        <p class="status-next">{state.next}</p>
      </div>
    </div>
  );
}
