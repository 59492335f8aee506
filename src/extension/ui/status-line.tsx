import type { Ref, VNode } from 'preact';
import { errorCatalogue } from '../../protocol/errors.ts';
import type { SessionState } from '../../protocol/session-states.ts';
import type { SessionView } from '../../protocol/ui-messages.ts';
import { Glyph, type GlyphName } from './glyph.tsx';
import { usePlatformName } from './use-platform.ts';
import { useLocale, useText } from './text/text-context.ts';
import { isSigningScene } from './signing-scene.ts';
import type { StateText, UiText } from './text/ui-text.ts';

type Tone = 'busy' | 'act' | 'ok' | 'warn' | 'bad' | 'idle';

/** How each state looks: its mood and its picture. */
export const stateLooks: Readonly<Record<SessionState, { readonly tone: Tone; readonly glyph: GlyphName }>> =
  {
    requested: { tone: 'busy', glyph: 'spinner' },
    awaitingConsent: { tone: 'act', glyph: 'choose' },
    preparing: { tone: 'busy', glyph: 'spinner' },
    awaitingScan: { tone: 'act', glyph: 'phone' },
    scanned: { tone: 'act', glyph: 'phone' },
    arranging: { tone: 'busy', glyph: 'spinner' },
    signing: { tone: 'act', glyph: 'phone' },
    confirmed: { tone: 'busy', glyph: 'spinner' },
    completing: { tone: 'busy', glyph: 'spinner' },
    expired: { tone: 'warn', glyph: 'clock' },
    succeeded: { tone: 'ok', glyph: 'check' },
    cancelled: { tone: 'idle', glyph: 'dash' },
    failed: { tone: 'bad', glyph: 'warning' },
  };

const choosingLook = { tone: 'act', glyph: 'choose' } as const;

function isChoosingSeal({ scene, state }: Pick<SessionView, 'scene' | 'state'>): boolean {
  return state === 'arranging' && scene === 'signature';
}

/** The state in words. What failed, or was cancelled otherwise than by the user, has its words in the catalogue. */
export function useStateText(session: SessionView): StateText {
  const text = useText();
  const locale = useLocale();
  const platform = usePlatformName(session) ?? text.platform.unchosen;
  const own = signingText(session, text) ?? text.states[session.state](platform);
  if (session.state === 'failed') {
    return { ...own, title: errorCatalogue[session.error?.code ?? 'BRIDGE_INTERNAL'].text[locale].title };
  }
  if (session.state === 'cancelled' && session.error !== undefined) {
    return { ...own, title: errorCatalogue[session.error.code].text[locale].title };
  }
  return own;
}

/** What a signing scene says otherwise than a login. */
function signingText({ scene, state }: SessionView, { documents }: UiText): StateText | undefined {
  if (!isSigningScene(scene)) return undefined;
  if (isChoosingSeal({ scene, state })) return documents.states.choosingSeal;
  const { requested, scanned, confirmed, succeeded } = documents.states;
  const words: Partial<Record<SessionState, StateText>> = { requested, scanned, confirmed, succeeded };
  return words[state];
}

/** What happens and what to do next, spoken when it changes. */
export function StatusLine({
  session,
  titleRef,
}: {
  session: SessionView;
  titleRef: Ref<HTMLElement>;
}): VNode {
  const { title, next } = useStateText(session);
  const { tone, glyph } = isChoosingSeal(session) ? choosingLook : stateLooks[session.state];
  return (
    <div class={`status tone-${tone}`}>
      <Glyph name={glyph} />
      <div role="status" aria-atomic="true">
        <p class="status-title" ref={titleRef as Ref<HTMLParagraphElement>} tabIndex={-1}>
          {title}
        </p>
        <p class="status-next">{next}</p>
      </div>
    </div>
  );
}
