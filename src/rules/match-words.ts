import type { PreparedRule } from './prepared-rules.ts';

/** Does a text hold one word of the group? Lists are shared by many rules: each is looked for once. */
export type HasOneOf = (group: readonly string[]) => boolean;

export function wordsIn(has: (word: string) => boolean): HasOneOf {
  const known = new Map<readonly string[], boolean>();
  return (group) => {
    let isThere = known.get(group);
    if (isThere === undefined) known.set(group, (isThere = group.some(has)));
    return isThere;
  };
}

/** Does a text hold a word of each group? `never` and place are not asked. */
export function hasWords({ groups }: PreparedRule, hasOneOf: HasOneOf): boolean {
  return groups.every(hasOneOf);
}

/** 请勿使用微信扫码, 不支持…: says what not to do, close before a word. */
const negation = /[勿不非]|禁止|无需/;

/** Does `text` hold `word` without a negation close before? */
export function hasUnnegated(word: string, text: string): boolean {
  return placesOf(word, text).some((at) => !negation.test(text.slice(Math.max(0, at - 4), at)));
}

/** Where `word` stands in `text`. */
export function placesOf(word: string, text: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) places.push(at);
  return places;
}

/** From this confidence on a rule that names a scene needs no wider look: scan and scene stand in one word. */
export const sure = 0.8;

/**
 * The rule that fits best: the highest confidence, of equals the one whose words stand first; where three scenes are
 * enumerated one that leaves it open. What must not be said
 * is looked for in `withoutLinks`: "download the app" on a link beside a QR does not make it a download QR.
 */
export function bestMatch(
  rules: readonly PreparedRule[],
  text: string,
  withoutLinks: string,
): PreparedRule | undefined {
  const hasOneOf = wordsIn((word) => text.includes(word));
  const isForbidden = wordsIn((word) => hasUnnegated(word, withoutLinks));
  const fitting = rules.filter((rule) => hasWords(rule, hasOneOf) && !isForbidden(rule.never));
  const most = Math.max(...fitting.map(({ rule }) => rule.confidence));
  const isEnumeration = most < sure && new Set(fitting.map(({ rule }) => rule.scene)).size > 3;
  const best = fitting.filter(({ rule }) =>
    isEnumeration ? rule.scene === 'unknown' : rule.confidence === most,
  );
  if (best.length < 2) return best[0];
  const places = new Map(best.map((rule) => [rule, placeOf(rule, text)]));
  return best.reduce((first, rule) => ((places.get(rule) ?? 0) < (places.get(first) ?? 0) ? rule : first));
}

/** Less where the words stand earlier. Of words at one place the longer counts as earlier. */
function placeOf({ groups }: PreparedRule, text: string): number {
  const places = groups.map((group) =>
    group.map((word) => (text.includes(word) ? text.indexOf(word) - word.length / 99 : Infinity)),
  );
  return places.reduce((sum, group) => sum + Math.min(...group), 0);
}
