import { describe, expect, it } from 'vitest';
import { builtInRules } from '../../../src/rules/built-in-rules.ts';
import { prepareRules } from '../../../src/rules/prepared-rules.ts';
import { showPage } from './page-prompts.ts';
import { loginRule } from './sample-rules.ts';

const page = showPage('');

describe('prepared rules', () => {
  it('no built-in prompt is without a stem', () => {
    const { stems, rules } = prepareRules(builtInRules, page);
    const isSeen = (word: string) => stems.some((stem) => word.includes(stem));
    const unseen = rules.filter(({ groups }) => !groups.some((group) => group.every(isSeen)));
    expect(unseen.map(({ rule }) => rule.id)).toEqual([]);
  });

  it('every word of a built-in rule has a stem, first or further', () => {
    const { stems, furtherStems, rules } = prepareRules(builtInRules, page);
    const all = [...stems, ...furtherStems];
    const words = rules.flatMap(({ groups }) => groups.flat());
    expect(words.filter((word) => !all.some((stem) => word.includes(stem)))).toEqual([]);
  });

  it('few stems do for many rules', () => {
    expect(prepareRules(builtInRules, page).stems.length).toBeLessThanOrEqual(60);
  });

  it('are made once for an array', () => {
    const rules = [loginRule()];
    expect(prepareRules(rules, page)).toBe(prepareRules(rules, page));
    expect(prepareRules([...rules], page)).not.toBe(prepareRules(rules, page));
  });

  it('leave out what has a selector that the browser does not know', () => {
    const rules = [loginRule({ where: '[[' }), loginRule({ id: 'good', where: '.login' })];
    expect(prepareRules(rules, page).rules.map(({ rule }) => rule.id)).toEqual(['good']);
  });

  it('a rule whose words fold to nothing has no stem and does not stop the others', () => {
    const { stems } = prepareRules([loginRule({ words: ['——'] }), loginRule({ words: ['扫码'] })], page);
    expect(stems).toEqual(['扫码']);
  });
});
