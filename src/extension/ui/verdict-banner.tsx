import type { VNode } from 'preact';
import type { Verdict } from '../../protocol/verification.ts';
import { Glyph, type GlyphName } from './glyph.tsx';
import { useText } from './text/text-context.ts';

type Look = { readonly tone: string; readonly glyph: GlyphName };

/** How each verdict looks: apart by colour and by picture; the words are beside it. */
export const verdictLooks: Readonly<Record<Verdict, Look>> = {
  valid: { tone: 'tone-ok', glyph: 'check' },
  validWithWarnings: { tone: 'tone-warn', glyph: 'warning' },
  cannotTell: { tone: 'tone-idle', glyph: 'question' },
  invalid: { tone: 'tone-bad', glyph: 'cross' },
};

/** A file's verdict. */
export function VerdictBanner({ verdict, about }: { verdict: Verdict; about: string }): VNode {
  const { title, next } = useText().verification.verdicts[verdict];
  const { tone, glyph } = verdictLooks[verdict];
  return (
    <div class={`verdict ${tone}`} data-verdict={verdict}>
      <Glyph name={glyph} />
      <div>
        <p class="verdict-title">{title}</p>
        <p>{next}</p>
        <p class="label">{about}</p>
      </div>
    </div>
  );
}
