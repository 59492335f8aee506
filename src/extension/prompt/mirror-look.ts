import type { MirrorView } from '../../protocol/mirror-view.ts';
import type { PromptKind } from '../../protocol/prompt-kinds.ts';
import { fitsQr } from '../ui/qr-matrix.ts';
import { choosing, stateMoods, type Mood } from '../ui/scenes/scene-look.ts';
import type { MirrorText } from '../ui/text/mirror-text.ts';
import type { StateText } from '../ui/text/ui-text.ts';

/** What the window makes of a found prompt. */
export type MirrorShape =
  /** The QR, to be scanned. */
  | { readonly type: 'scan'; readonly content: string }
  /** A QR that is no certificate prompt. */
  | { readonly type: 'foreign'; readonly content: string; readonly host: string | undefined }
  | { readonly type: 'expired' }
  | { readonly type: 'gone' }
  | { readonly type: 'unreadable'; readonly why: keyof MirrorText['unreadable'] }
  /** Words without a QR. */
  | { readonly type: 'words'; readonly kind: Exclude<PromptKind, 'qr'> };

export function mirrorShape({ kind, state, qr }: MirrorView): MirrorShape {
  if (state === 'gone') return { type: 'gone' };
  if (kind !== 'qr') return { type: 'words', kind };
  // Also of a QR that has expired: it is told before anybody refreshes it.
  const isForeign = qr !== undefined && 'content' in qr && qr.trust === 'foreign';
  if (state === 'expired' && !isForeign) return { type: 'expired' };
  if (qr === undefined) return { type: 'unreadable', why: 'notDrawn' };
  if ('unreadable' in qr) return { type: 'unreadable', why: qr.unreadable };
  if (isForeign) return { type: 'foreign', content: qr.content, host: qr.host };
  return fitsQr(qr.content)
    ? { type: 'scan', content: qr.content }
    : { type: 'unreadable', why: 'notDecoded' };
}

export interface MirrorLook {
  readonly name: string;
  readonly action: string;
  readonly state: StateText;
  readonly mood: Mood;
}

const warned: Mood = { tone: 'warn', glyph: 'warning' };

/** What a found prompt says; `app` is how its app is called in a sentence. */
export function mirrorLook(mirror: MirrorView, text: MirrorText, app: string): MirrorLook {
  const { name, action } = text.scenes[mirror.scene];
  const shape = mirrorShape(mirror);
  switch (shape.type) {
    case 'scan':
      return { name, action, state: text.scan(app), mood: stateMoods.awaitingScan };
    case 'foreign':
      // Not named as what it pretends to be.
      return {
        name: text.foreign.name,
        action: text.foreign.action,
        state: text.foreign.state,
        mood: warned,
      };
    case 'expired':
      return { name, action, state: text.expired, mood: stateMoods.expired };
    case 'gone':
      return { name, action, state: text.gone, mood: stateMoods.cancelled };
    case 'unreadable':
      return {
        name,
        action,
        state: text.unreadable[shape.why],
        mood: shape.why === 'notDrawn' ? stateMoods.preparing : choosing,
      };
    case 'words': {
      const words = text.kinds[shape.kind];
      // The page's scene stands where the page tells it; else the words are all there is.
      const isKnown = mirror.scene !== 'unknown';
      return {
        name: isKnown ? name : words.name,
        action: isKnown ? words.name : '',
        state: words.state,
        mood: choosing,
      };
    }
  }
}
