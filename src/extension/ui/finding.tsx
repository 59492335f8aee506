import type { ComponentChildren, VNode } from 'preact';
import { Glyph, type GlyphName } from './glyph.tsx';

const looks = {
  ok: 'check',
  warn: 'warning',
  bad: 'cross',
  idle: 'dash',
  busy: 'spinner',
} as const satisfies Record<string, GlyphName>;

interface FindingProps {
  readonly mood: keyof typeof looks;
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** One thing that was found out: its mark, its name, and what to do about it. */
export function Finding({ mood, title, children }: FindingProps): VNode {
  return (
    <div class="finding">
      <span class={`finding-mark tone-${mood}`}>
        <Glyph name={looks[mood]} />
      </span>
      <div>
        <p class="finding-title">{title}</p>
        {children}
      </div>
    </div>
  );
}
