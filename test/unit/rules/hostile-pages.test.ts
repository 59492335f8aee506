import { describe, expect, it, vi } from 'vitest';
import { builtInRules } from '../../../src/rules/built-in-rules.ts';
import { promptsBy, search, showPage } from './page-prompts.ts';
import { keyRule, loginRule, picture } from './sample-rules.ts';

const context = { host: 'trading.example.cn' };

/** Counts what costs layout or style, while `work` runs; happy-dom asks for the style of each ancestor. */
function costOf(page: Document, work: () => unknown): number {
  const window = page.defaultView;
  if (window === null) throw new Error('a page without a window');
  const spies = [
    vi.spyOn(window, 'getComputedStyle'),
    vi.spyOn(window.Element.prototype, 'getBoundingClientRect'),
  ];
  work();
  return spies.reduce((calls, spy) => calls + spy.mock.calls.length, 0);
}

/** The test's own DOM takes seconds for such pages. */
const patience = { timeout: 60_000 };

describe('hostile pages', patience, () => {
  it('asks for no style and no layout on a large page without fitting words', () => {
    const page = showPage(
      `<table>${'<tr><td>公告</td><td><a href="#">查看</a></td></tr>'.repeat(5_000)}</table>`,
    );
    const cost = costOf(page, () => expect(search(page, builtInRules, context)).toEqual([]));
    expect(cost).toBe(0);
  });

  it('50,000 elements that all say fitting words are not all looked at', () => {
    const page = showPage(`<ul>${'<li><b>扫码</b><i>签章</i><u>控件未安装</u></li>'.repeat(12_500)}</ul>`);
    const cost = costOf(page, () => search(page, builtInRules, context));
    expect(cost).toBeLessThan(10_000);
  });

  it('thousands of pictures beside fitting words are not all looked at', () => {
    const page = showPage(`<ul>${`<li>${picture}<p>扫码登录</p></li>`.repeat(5_000)}</ul>`);
    const cost = costOf(page, () => search(page, builtInRules, context));
    expect(cost).toBeLessThan(10_000);
  });

  it('survives elements nested a thousand deep', () => {
    const nested = `${'<div>'.repeat(1_000)}扫码登录${picture}${'</div>'.repeat(1_000)}`;
    expect(promptsBy(nested, [loginRule()])).toHaveLength(1);
  });

  it('does not read a text of megabytes as one prompt', () => {
    const text = '扫码登录请插入CA锁'.repeat(200_000);
    expect(promptsBy(`<div>${picture}<p>${text}</p></div>`, [loginRule(), keyRule()])).toEqual([]);
  });

  it('finds a prompt beside a text of megabytes', () => {
    const text = '公告'.repeat(500_000);
    expect(promptsBy(`<div>扫码登录${picture}</div><p>${text}</p>`, [loginRule()])).toHaveLength(1);
  });

  it('a rule with a selector that the browser does not know is ignored, the others count', () => {
    const rules = [
      loginRule({ id: 'broken-where', where: ':::' }),
      loginRule({ id: 'broken-qr', qr: { selector: '[[' } }),
      loginRule({ confidence: 0.1 }),
    ];
    expect(promptsBy(`<div>扫码登录${picture}</div>`, rules).map(({ rule }) => rule)).toEqual(['sample']);
  });

  it('a word that folding leaves nothing of stands nowhere', () => {
    const rules = [loginRule({ words: ['（）'] }), loginRule({ words: ['扫码登录'], also: [['  ']] })];
    expect(promptsBy(`<div>扫码登录（）${picture}</div>`, rules)).toEqual([]);
  });

  it('words of rules are no patterns', () => {
    const rules = [loginRule({ words: ['扫.登录', '扫[码]?录', '扫码\\w+'] })];
    expect(promptsBy(`<div>扫码登录${picture}</div>`, rules)).toEqual([]);
  });

  it('changes nothing on the page', () => {
    const page = showPage(`<div>扫码登录${picture}<p>请插入CA锁</p></div>`);
    const before = page.documentElement.outerHTML;
    search(page, builtInRules, context);
    expect(page.documentElement.outerHTML).toBe(before);
  });

  it('gives the same answer twice', () => {
    const page = showPage(`<div>扫码登录${picture}</div>`);
    expect(search(page, builtInRules, context)).toEqual(search(page, builtInRules, context));
  });

  it('an empty page, a page of frames and a page without rules show nothing', () => {
    expect(promptsBy('')).toEqual([]);
    expect(
      promptsBy('<html><frameset cols="50%,50%"><frame src="a"><frame src="b"></frameset></html>'),
    ).toEqual([]);
    expect(promptsBy(`<div>扫码登录${picture}</div>`, [])).toEqual([]);
  });
});
