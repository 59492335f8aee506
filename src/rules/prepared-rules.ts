import type { PromptRule } from '../protocol/prompt-rules.ts';
import { expiredWords } from './expired-words.ts';
import { foldText } from './fold-text.ts';

/** A rule with its words as the matcher compares them. */
export interface PreparedRule {
  readonly rule: PromptRule;
  /** Of each group one word stands in the prompt: `words` first, then `also`. */
  readonly groups: readonly (readonly string[])[];
  /** Prepared when first asked for: most pages never come so far. */
  never(): readonly string[];
}

/** Made part by part, as they are asked for: most pages need the first only. */
export interface PreparedRules {
  /**
   * Pairs of characters; a text with none of them lacks a group of words of every rule. Few, so that most texts are
   * passed over at the price of one native search.
   */
  readonly stems: readonly string[];
  /** Further ones: a text with none of either changes nothing. */
  readonly furtherStems: readonly string[];
  /** Those whose selectors the browser knows. */
  readonly rules: readonly PreparedRule[];
}

/** Memories only: the same rules give the same preparation. */
const prepared = new WeakMap<readonly PromptRule[], PreparedRules>();
const folded = new WeakMap<readonly string[], readonly string[]>();

/** `rules` ready for the matcher; made once for each array, which must not change afterwards. */
export function prepareRules(rules: readonly PromptRule[], page: Document): PreparedRules {
  let result = prepared.get(rules);
  if (result === undefined) prepared.set(rules, (result = prepare(rules, page)));
  return result;
}

function prepare(all: readonly PromptRule[], page: Document): PreparedRules {
  const known = new Set<string>();
  const stems = newStems(neededGroups(all), known);
  let furtherStems: readonly string[] | undefined;
  let rules: readonly PreparedRule[] | undefined;
  return {
    stems,
    get furtherStems() {
      const expired = all.flatMap((rule) => (rule.expired === undefined ? [] : [rule.expired]));
      return (furtherStems ??= newStems([...all.flatMap(groupsOf), ...expired, expiredWords], known));
    },
    get rules() {
      return (rules ??= usable(all, page));
    },
  };
}

function usable(all: readonly PromptRule[], page: Document): readonly PreparedRule[] {
  return all
    .filter(({ where, qr }) => isSelector(where, page) && isSelector(qr?.selector, page))
    .map((rule) => ({
      rule,
      groups: groupsOf(rule).map(foldWords),
      never: () => foldWords(rule.never ?? nothing),
    }));
}

/** One group of each rule, the same of as many rules as can be: few words, of which every prompt has one. */
function neededGroups(rules: readonly PromptRule[]): readonly (readonly string[])[] {
  const ranks = new Map<readonly string[], number>();
  // A list of policy has at most 60 words: shorter lists win among those that as many rules share.
  for (const group of rules.flatMap(groupsOf)) ranks.set(group, (ranks.get(group) ?? -group.length) + 100);
  const rank = (group: readonly string[]): number => ranks.get(group) ?? 0;
  const chosen = new Set<readonly string[]>();
  // The simplest rules first: the others mostly have the same lists, and more.
  for (const groups of rules.map(groupsOf).toSorted((left, right) => left.length - right.length)) {
    if (groups.some((group) => chosen.has(group))) continue;
    chosen.add(groups.reduce((most, group) => (rank(group) > rank(most) ? group : most)));
  }
  return [...chosen].toSorted((left, right) => rank(right) - rank(left));
}

const groupsOf = ({ words, also = [] }: PromptRule): readonly (readonly string[])[] => [words, ...also];

const nothing: readonly string[] = [];

/** The words as they are compared. A list that rules share is folded once, and stays shared. */
export function foldWords(words: readonly string[]): readonly string[] {
  let result = folded.get(words);
  // What folding leaves nothing of would stand everywhere.
  if (result === undefined)
    folded.set(words, (result = words.map(foldText).filter((word) => word.length > 1)));
  return result;
}

function isSelector(selector: string | undefined, page: Document): boolean {
  try {
    return selector === undefined || page.createDocumentFragment().querySelector(selector) === null;
  } catch {
    return false;
  }
}

/** Adds to `known` a pair of each word that has none there, and gives these. */
function newStems(groups: readonly (readonly string[])[], known: Set<string>): readonly string[] {
  const before = known.size;
  for (const word of [...new Set(groups)].flatMap(foldWords)) {
    let at = 0;
    while (at < word.length - 1 && !known.has(word.slice(at, at + 2))) at += 1;
    if (at >= word.length - 1) known.add(word.slice(-2));
  }
  return [...known].slice(before);
}
