import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { promptKinds, promptScenes } from '../../../src/protocol/prompt-kinds.ts';
import { platformIds } from '../../../src/protocol/platform-ids.ts';
import { promptRuleSchema, promptRulesSchema } from '../../../src/protocol/prompt-rules.ts';
import { builtInRules } from '../../../src/rules/built-in-rules.ts';
import { foldText } from '../../../src/rules/fold-text.ts';

describe('built-in rules', () => {
  test.each(builtInRules)('$id satisfies the schema of managed policy', (rule) => {
    expect(v.safeParse(promptRuleSchema, rule).issues ?? []).toEqual([]);
  });

  it('are together no more than policy may bring', () => {
    expect(v.is(promptRulesSchema, [...builtInRules])).toBe(true);
  });

  it('have an id of their own each', () => {
    expect(new Set(builtInRules.map(({ id }) => id)).size).toBe(builtInRules.length);
  });

  it('know every kind, every scene and every platform', () => {
    expect(new Set(builtInRules.map(({ kind }) => kind))).toEqual(new Set(promptKinds));
    expect(new Set(builtInRules.map(({ scene }) => scene))).toEqual(new Set(promptScenes));
    expect(new Set(builtInRules.flatMap(({ platform }) => platform ?? []))).toEqual(new Set(platformIds));
  });

  it('count on every host', () => {
    expect(builtInRules.filter(({ hosts }) => hosts !== undefined)).toEqual([]);
  });

  it('are written as they are compared', () => {
    const words = builtInRules.flatMap((rule) => [rule.words, ...(rule.also ?? []), rule.never ?? []].flat());
    expect(words.filter((word) => foldText(word) !== word)).toEqual([]);
  });

  it('never forbid what they want', () => {
    const contradictions = builtInRules.flatMap(({ id, words, never = [] }) =>
      words
        .filter((word) => never.some((forbidden) => word.includes(forbidden)))
        .map((word) => `${id}: ${word}`),
    );
    expect(contradictions).toEqual([]);
  });
});
