// @vitest-environment happy-dom
import { describe, expect, it, test } from 'vitest';
import { mayHoldPrompt } from '../../../../../src/extension/content/may-hold-prompt.ts';
import type { PromptRule } from '../../../../../src/protocol/prompt-rules.ts';
import { compileRules } from '../../../../../src/rules/compile-rules.ts';
import { keyRule, loginRule } from '../../../rules/sample-rules.ts';

const patternOf = (rules: readonly PromptRule[]) => new RegExp(compileRules(rules, 'test').gate.pattern);
const rules = patternOf([loginRule({ also: [['证书']] }), keyRule()]);

/** The only element of `html`. */
function elementOf(html: string): Element {
  document.body.innerHTML = html;
  const [element] = document.body.children;
  if (element === undefined) throw new Error('nothing there');
  return element;
}

describe('mayHoldPrompt', () => {
  test.each([
    ['a picture', '<p><img src="q.png"></p>'],
    ['a picture itself', '<img src="q.png">'],
    ['a table', '<div><table></table></div>'],
    ['a background', '<div style="background:url(q.png)"></div>'],
    ['a first word of a rule', '<div><p>请插入CA锁</p></div>'],
    ['another word of a rule', '<div>证书</div>'],
    ['a word in capitals', '<div>EXPIRED</div>'],
    ['expired', '<div>二维码已失效</div>'],
  ])('%s may', (_, html) => {
    expect(mayHoldPrompt([elementOf(html)], rules)).toBe(true);
  });

  test.each([
    ['other words', '<li><a href="#">某工程施工招标公告</a></li>'],
    ['nothing', '<div></div>'],
    ['an icon of a class', '<i class="icon-add"></i>'],
  ])('%s may not', (_, html) => {
    expect(mayHoldPrompt([elementOf(html)], rules)).toBe(false);
  });

  it('a text counts as an element does', () => {
    expect(mayHoldPrompt([document.createTextNode('请插入CA锁')], rules)).toBe(true);
    expect(mayHoldPrompt([document.createTextNode('公告')], rules)).toBe(false);
  });

  it('one of many is enough, words of two do not make one', () => {
    const [first, second] = ['请', '插'].map((text) => document.createTextNode(text));
    if (first === undefined || second === undefined) throw new Error('nothing there');
    expect(mayHoldPrompt([first, second], patternOf([keyRule({ words: ['请插'] })]))).toBe(false);
    expect(mayHoldPrompt([first, elementOf('<p>请插</p>')], patternOf([keyRule({ words: ['请插'] })]))).toBe(
      true,
    );
  });

  it('letters of a rule are letters, whatever they mean in a pattern', () => {
    const odd = patternOf([keyRule({ words: ['a.c]^-登', '(?:x)+'] })]);
    expect(mayHoldPrompt([elementOf('<p>zzzz</p>')], odd)).toBe(false);
    expect(mayHoldPrompt([elementOf('<p>AC登</p>')], odd)).toBe(true);
  });
});
