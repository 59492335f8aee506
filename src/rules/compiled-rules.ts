import type { PromptKind, PromptScene } from '../protocol/prompt-kinds.ts';
import type { PlatformId } from '../protocol/platform-ids.ts';

/**
 * Rules as the background makes them for the content scripts: words folded, equal lists written once. JSON, for it
 * goes through the browser's store. The content script never sees a rule that was not checked and compiled.
 */
export interface CompiledRules {
  /** The gate that they were compiled with. */
  readonly version: string;
  readonly lists: readonly (readonly string[])[];
  readonly rules: readonly CompiledRule[];
}

/** `groups`, `never` and `expired` are places in `lists`. */
export interface CompiledRule {
  readonly id: string;
  readonly scene: PromptScene;
  readonly kind: PromptKind;
  readonly confidence: number;
  readonly platform?: PlatformId;
  readonly hosts?: readonly string[];
  readonly where?: string;
  /** Of the QR. */
  readonly selector?: string;
  /** Of each group one word stands in the prompt: `words` first, then `also`. */
  readonly groups: readonly number[];
  readonly never: number;
  readonly expired?: number;
}

/** What tells that a page, or a part of it, needs no rules: most pages never ask for them. */
export interface RuleGate {
  /** Changes whenever the rules do. */
  readonly version: string;
  /**
   * Pairs of characters; a text with none of them lacks a group of words of every rule. Few, so that most texts are
   * passed over at the price of one native search.
   */
  readonly stems: readonly string[];
  /** A regular expression's source: what it does not find in a text changes nothing for any rule. */
  readonly pattern: string;
  /** A rule looks for QRs by a selector of its own. */
  readonly hasSelectors: boolean;
}

/** Names of both in `storage.session`. */
export const ruleKeys = { gate: 'promptGate', rules: 'promptRules' } as const;
