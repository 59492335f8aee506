import type { PromptRule } from '../protocol/prompt-rules.ts';
import type { CompiledRule, CompiledRules, RuleGate } from './compiled-rules.ts';
import { expiredWords } from './expired-words.ts';
import { foldText } from './fold-text.ts';

type Words = readonly string[];

/** `rules` as content scripts read them. Deterministic: equal rules give equal results. @param version of both parts */
export function compileRules(
  rules: readonly PromptRule[],
  version: string,
): { readonly gate: RuleGate; readonly compiled: CompiledRules } {
  const known = new Set<string>();
  const stems = newStems(neededGroups(rules), known);
  const expired = rules.flatMap((rule) => (rule.expired === undefined ? [] : [rule.expired]));
  newStems([...rules.flatMap(groupsOf), ...expired, expiredWords], known);
  const lists = createLists();
  return {
    gate: {
      version,
      stems,
      pattern: patternOf([...known]),
      hasSelectors: rules.some(({ qr }) => qr?.selector !== undefined),
    },
    compiled: { version, rules: rules.map((rule) => compileRule(rule, lists.placeOf)), lists: lists.all },
  };
}

function compileRule(rule: PromptRule, placeOf: (words: Words) => number): CompiledRule {
  const { id, scene, kind, confidence, platform, hosts, where, qr, never = [], expired } = rule;
  return {
    id,
    scene,
    kind,
    confidence,
    ...(platform === undefined ? {} : { platform }),
    ...(hosts === undefined ? {} : { hosts }),
    ...(where === undefined ? {} : { where }),
    ...(qr?.selector === undefined ? {} : { selector: qr.selector }),
    groups: groupsOf(rule).map(placeOf),
    never: placeOf(never),
    ...(expired === undefined ? {} : { expired: placeOf(expired) }),
  };
}

function createLists() {
  const all: Words[] = [];
  const places = new Map<string, number>();
  return {
    all,
    placeOf(words: Words): number {
      const folded = foldWords(words);
      const key = folded.join();
      const place = places.get(key) ?? all.push(folded) - 1;
      places.set(key, place);
      return place;
    },
  };
}

/** One group of each rule, the same of as many rules as can be: few words, of which every prompt has one. */
function neededGroups(rules: readonly PromptRule[]): readonly Words[] {
  const ranks = new Map<Words, number>();
  // A list of policy has at most 60 words: shorter lists win among those that as many rules share.
  for (const group of rules.flatMap(groupsOf)) ranks.set(group, (ranks.get(group) ?? -group.length) + 100);
  const rank = (group: Words): number => ranks.get(group) ?? 0;
  const chosen = new Set<Words>();
  // The simplest rules first: the others mostly have the same lists, and more.
  for (const groups of rules.map(groupsOf).toSorted((left, right) => left.length - right.length)) {
    if (groups.some((group) => chosen.has(group))) continue;
    chosen.add(groups.reduce((most, group) => (rank(group) > rank(most) ? group : most)));
  }
  return [...chosen].toSorted((left, right) => rank(right) - rank(left));
}

const groupsOf = ({ words, also = [] }: PromptRule): readonly Words[] => [words, ...also];

/** What folding leaves nothing of would stand everywhere. */
const foldWords = (words: Words): Words => words.map(foldText).filter((word) => word.length > 1);

/** Adds to `known` a pair of each word that has none there, and gives these. */
function newStems(groups: readonly Words[], known: Set<string>): Words {
  const before = known.size;
  for (const word of [...new Set(groups)].flatMap(foldWords)) {
    let at = 0;
    while (at < word.length - 1 && !known.has(word.slice(at, at + 2))) at += 1;
    if (at >= word.length - 1) known.add(word.slice(-2));
  }
  return [...known].slice(before);
}

/** Most characters begin no stem: asked for that first, a text costs a tenth. */
function patternOf(stems: Words): string {
  const beginnings = [...new Set(stems.map(([first = '']) => `${first}${first.toUpperCase()}`))].join('');
  const written = stems.map((stem) => [...stem].map(eitherCase).join(''));
  // Without stems: nothing.
  return beginnings === '' ? '(?!)' : `(?=[${beginnings}])(?:${written.join('|')})`;
}

const eitherCase = (letter: string): string =>
  letter === letter.toUpperCase() ? letter : `[${letter}${letter.toUpperCase()}]`;
