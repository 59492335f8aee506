import type { PromptKind, PromptScene } from '../protocol/prompt-kinds.ts';
import type { PlatformId } from '../protocol/platform-ids.ts';

/** A prompt as the matcher finds it in a document. */
export interface PromptCandidate {
  /** Id of the rule. */
  readonly rule: string;
  readonly kind: PromptKind;
  readonly scene: PromptScene;
  readonly platform?: PlatformId;
  /** 0 to 1. */
  readonly confidence: number;
  /** The page's words around it, white space collapsed, at most `pageLimits.promptWords`. */
  readonly words: string;
  /** The smallest element that holds words and QR. */
  readonly place: Element;
  /** The element that draws the QR: `img`, `canvas`, `svg`, `table`, or one with a CSS background. */
  readonly qr?: Element;
  readonly expired: boolean;
  /** 开标时间 that stands in the prompt, read as Chinese time, milliseconds since the epoch. */
  readonly openingTime?: number;
}
