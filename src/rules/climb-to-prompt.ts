import { foldText } from './fold-text.ts';
import { bestMatch, hasUnnegated, hasWords, sure, wordsIn } from './match-words.ts';
import { outwards, type PageBlocks, type SeenBlock } from './page-blocks.ts';
import type { PreparedRule } from './prepared-rules.ts';
import { mostCaptionedText, mostText } from './search-bounds.ts';

export interface FoundPrompt {
  readonly match: PreparedRule;
  /** The smallest block whose words fit a rule. */
  readonly place: Element;
  /** Of the block that named the scene. */
  readonly seen: SeenBlock;
}

export interface Climb {
  readonly rules: readonly PreparedRule[];
  readonly blocks: PageBlocks;
  /** Folded words that count in every block: what a picture says of itself. */
  readonly own?: string;
  /** Text, folded, of the block that first fits. */
  readonly most?: number;
  /** Asked once, before anything costs more than a text search. False ends the climb. */
  readonly begin?: () => boolean;
  /** Parts of `block` that speak of something else. */
  readonly skipped?: (block: Element) => ReadonlySet<Element>;
}

/**
 * The prompt that `start` is part of: the smallest block around it whose words fit a rule. Where these leave the
 * scene open, or name it only in passing, a wider block may name it, a dialog by its title, a page by its own; a
 * small wider block may also say that it is something else.
 */
export function climbToPrompt(start: Element, climb: Climb): FoundPrompt | undefined {
  const { blocks, own = '', begin = () => true, skipped = () => new Set() } = climb;
  const ancestors = outwards(start);
  const path = new Set(ancestors);
  let { rules } = climb;
  let found: FoundPrompt | undefined;
  let hasBegun = false;
  let beyondShadow = own;
  for (const block of ancestors) {
    const written = blocks.written(block);
    if (written === undefined) break;
    beyondShadow += foldText(block.shadowRoot?.textContent ?? '');
    const all = written + beyondShadow;
    const hasOneOf = wordsIn((word) => all.includes(word));
    if (!rules.some((rule) => hasWords(rule, hasOneOf))) continue;
    if (!hasBegun && !begin()) return undefined;
    hasBegun = true;
    const seen = blocks.seen(block, path, skipped(block));
    if (seen.text.length > (found === undefined ? (climb.most ?? mostText) : mostText)) break;
    const isSmall = seen.text.length <= mostCaptionedText;
    const match = bestMatch(rules, `${seen.text}|${own}`, `${seen.withoutLinks}|${own}`);
    if (match === undefined) {
      if (isSmall && found?.match.never.some((word) => hasUnnegated(word, seen.withoutLinks)))
        return undefined;
    } else if (found === undefined) {
      found = { match, place: block, seen };
      rules = rules.filter(({ rule }) => rule.kind === match.rule.kind);
    } else if (namesBetter(match, found.match, isSmall)) found = { ...found, match, seen };
    if (found !== undefined && found.match.rule.scene !== 'unknown' && found.match.rule.confidence >= sure)
      break;
  }
  return found;
}

function namesBetter({ rule }: PreparedRule, { rule: known }: PreparedRule, isSmall: boolean): boolean {
  const gain = rule.confidence - known.confidence;
  if (known.scene === rule.scene || known.scene === 'unknown') return gain > 0;
  return isSmall && gain >= 0;
}
