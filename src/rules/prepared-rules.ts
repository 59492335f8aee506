import type { CompiledRule, CompiledRules } from './compiled-rules.ts';

/** A rule with its words as the matcher compares them. Rules share their lists. */
export interface PreparedRule {
  readonly rule: CompiledRule;
  readonly groups: readonly (readonly string[])[];
  readonly never: readonly string[];
  readonly expired: readonly string[] | undefined;
}

/** Those whose selectors the browser knows, ready for the matcher. */
export function prepareRules({ rules, lists }: CompiledRules, page: Document): readonly PreparedRule[] {
  const listAt = (place: number): readonly string[] => lists[place] ?? [];
  return rules
    .filter(({ where, selector }) => isSelector(where, page) && isSelector(selector, page))
    .map((rule) => ({
      rule,
      groups: rule.groups.map(listAt),
      never: listAt(rule.never),
      expired: rule.expired === undefined ? undefined : listAt(rule.expired),
    }));
}

function isSelector(selector: string | undefined, page: Document): boolean {
  try {
    return selector === undefined || page.createDocumentFragment().querySelector(selector) === null;
  } catch {
    return false;
  }
}
