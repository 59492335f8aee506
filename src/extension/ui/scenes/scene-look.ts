import type { SessionState } from '../../../protocol/session-states.ts';
import type { SessionView } from '../../../protocol/ui-messages.ts';
import type { GlyphName } from '../glyph.tsx';
import type { StateText, UiText } from '../text/ui-text.ts';

export interface Mood {
  readonly tone: 'busy' | 'act' | 'ok' | 'warn' | 'bad' | 'idle';
  readonly glyph: GlyphName;
}

/** All that a session says otherwise than a session of another scene. */
export interface SceneLook {
  /** What is asked for: the heading, and in plain words. */
  readonly name: string;
  readonly action: string;
  /** What happens now, and what the user does next. */
  readonly state: StateText;
  readonly mood: Mood;
  /** What a confirmed session goes through, in order: the last two are under way in `confirmed` and `completing`. */
  readonly steps: readonly string[];
  /** Before the name on the scanned phone's certificate. */
  readonly signer: string;
  /** Over the documents; absent where something else names them. `folded`: they were looked at before. */
  readonly documents?: { readonly heading: string; readonly folded: boolean };
}

/** What a scene makes its look of. */
export interface LookContext {
  readonly session: SessionView;
  readonly text: UiText;
  /** The app's name, or how an app that is not chosen yet is called. */
  readonly platform: string;
  /** Day, minute and zone of milliseconds since the epoch. */
  readonly moment: (milliseconds: number) => string;
}

/** The mood of each state, where a scene has no other. */
export const stateMoods: Readonly<Record<SessionState, Mood>> = {
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

/** The user has something to choose. */
export const choosing: Mood = { tone: 'act', glyph: 'choose' };
