import { describe, expect, it } from 'vitest';
import { builtInRules } from '../../../src/rules/built-in-rules.ts';
import { compileRules } from '../../../src/rules/compile-rules.ts';
import { prepareRules } from '../../../src/rules/prepared-rules.ts';
import type { PromptRule } from '../../../src/protocol/prompt-rules.ts';
import { showPage } from './page-prompts.ts';
import { loginRule } from './sample-rules.ts';

const compile = (rules: readonly PromptRule[]) => compileRules(rules, 'v1');
const stemsOf = (rules: readonly PromptRule[]) => compile(rules).gate.stems;

describe('the gate', () => {
  it('of built-in rules lets every prompt through', () => {
    const { gate, compiled } = compile(builtInRules);
    const isSeen = (word: string) => gate.stems.some((stem) => word.includes(stem));
    const unseen = prepareRules(compiled, showPage('')).filter(
      ({ groups }) => !groups.some((group) => group.every(isSeen)),
    );
    expect(unseen.map(({ rule }) => rule.id)).toEqual([]);
  });

  it('finds every word of a built-in rule by its pattern', () => {
    const { gate, compiled } = compile(builtInRules);
    const pattern = new RegExp(gate.pattern);
    const words = compiled.rules.flatMap(({ groups }) =>
      groups.flatMap((place) => compiled.lists[place] ?? []),
    );
    expect(words.filter((word) => !pattern.test(word))).toEqual([]);
  });

  it('has few stems for many rules', () => {
    expect(stemsOf(builtInRules).length).toBeLessThanOrEqual(60);
  });

  it('a rule whose words fold to nothing has no stem and does not stop the others', () => {
    expect(stemsOf([loginRule({ words: ['——'] }), loginRule({ words: ['扫码'] })])).toEqual(['扫码']);
  });

  it('lets nothing through where there are no rules', () => {
    expect(new RegExp(compile([]).gate.pattern).test('过期')).toBe(true);
    expect(stemsOf([])).toEqual([]);
  });

  it('tells of rules that look for a QR by a selector', () => {
    expect(compile([loginRule()]).gate.hasSelectors).toBe(false);
    expect(compile([loginRule({ qr: { selector: '.qr' } })]).gate.hasSelectors).toBe(true);
  });
});

describe('compiled rules', () => {
  it('go through JSON, with equal lists written once', () => {
    const { compiled } = compile(builtInRules);
    expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
    expect(new Set(compiled.lists.map((list) => list.join())).size).toBe(compiled.lists.length);
    expect(JSON.stringify(compiled).length).toBeLessThan(60_000);
  });

  it('are the same for the same rules', () => {
    expect(compile(builtInRules)).toEqual(compile([...builtInRules]));
  });

  it('say in both parts which version they are', () => {
    const { gate, compiled } = compile([loginRule()]);
    expect([gate.version, compiled.version]).toEqual(['v1', 'v1']);
  });
});

describe('prepared rules', () => {
  it('leave out what has a selector that the browser does not know', () => {
    const rules = [loginRule({ where: '[[' }), loginRule({ id: 'good', where: '.login' })];
    expect(prepareRules(compile(rules).compiled, showPage('')).map(({ rule }) => rule.id)).toEqual(['good']);
  });

  it('share the lists that rules share', () => {
    const words = ['扫码', '二维码'];
    const [first, second] = prepareRules(
      compile([loginRule({ words }), loginRule({ words: [...words] })]).compiled,
      showPage(''),
    );
    expect(first?.groups[0]).toBe(second?.groups[0]);
  });
});
