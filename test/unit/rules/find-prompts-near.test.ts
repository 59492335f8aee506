import { describe, expect, it, test } from 'vitest';
import { findPromptsNear, mayHoldPrompt } from '../../../src/rules/find-prompts-near.ts';
import { showPage } from './page-prompts.ts';
import { keyRule, loginRule, picture } from './sample-rules.ts';

const rules = [loginRule({ also: [['证书']] }), keyRule()];
const context = { host: 'trading.example.cn' };

/** A page of `html`, and the element in it with the id `new`. */
function pageWith(html: string): { page: Document; added: Element } {
  const page = showPage(html);
  const added = page.querySelector('#new');
  if (added === null) throw new Error('nothing new');
  return { page, added };
}

const near = (html: string) =>
  findPromptsNear([pageWith(html).added], rules, context).map(({ rule }) => rule);

describe('mayHoldPrompt', () => {
  test.each([
    ['a picture', `<p id="new">${picture}</p>`],
    ['a picture itself', '<img id="new" src="q.png">'],
    ['a table', '<div id="new"><table></table></div>'],
    ['a background', '<div id="new" style="background:url(q.png)"></div>'],
    ['a first word of a rule', '<div id="new"><p>请插入CA锁</p></div>'],
    ['another word of a rule', '<div id="new">证书</div>'],
    ['expired', '<div id="new">二维码已失效</div>'],
  ])('%s may', (_, html) => {
    expect(mayHoldPrompt(pageWith(html).added, rules)).toBe(true);
  });

  test.each([
    ['other words', '<li id="new"><a href="#">某工程施工招标公告</a></li>'],
    ['nothing', '<div id="new"></div>'],
    ['an icon of a class', '<i id="new" class="icon-add"></i>'],
  ])('%s may not', (_, html) => {
    expect(mayHoldPrompt(pageWith(html).added, rules)).toBe(false);
  });

  it('a text counts as an element does', () => {
    const { page } = pageWith('<p id="new"></p>');
    expect(mayHoldPrompt(page.createTextNode('请插入CA锁'), rules)).toBe(true);
    expect(mayHoldPrompt(page.createTextNode('公告'), rules)).toBe(false);
  });
});

describe('findPromptsNear', () => {
  test.each([
    ['a whole dialog', `<div id="new">证书扫码登录${picture}</div>`, ['sample']],
    ['a QR in words that were there', `<div>证书扫码登录<p id="new">${picture}</p></div>`, ['sample']],
    ['words beside a QR that was there', `<div>${picture}<p id="new">证书扫码登录</p></div>`, ['sample']],
    ['the last words that were wanting', `<div>扫码登录${picture}<p id="new">证书</p></div>`, ['sample']],
    ['words that are nothing by themselves', `<div><p id="new">扫码登录</p></div>`, []],
    ['something else beside a prompt', `<div>证书扫码登录${picture}<p id="new">公告</p></div>`, []],
  ])('%s', (_, html, found) => {
    expect(near(html)).toEqual(found);
  });

  it('a mask that comes over a known QR makes it expired', () => {
    const html = `<div>证书扫码登录<div>${picture}<div id="new" class="mask">二维码已失效</div></div></div>`;
    const { added } = pageWith(html);
    expect(findPromptsNear([added], rules, context)).toMatchObject([{ expired: true }]);
  });

  it('many nodes of one place give one prompt', () => {
    const { page } = pageWith(`<div id="new">证书扫码登录${picture}<p>证书</p><p>扫码</p></div>`);
    const nodes = [...page.body.querySelectorAll('*')];
    expect(findPromptsNear([...nodes, ...nodes], rules, context)).toHaveLength(1);
  });

  it('nodes of many places give all prompts', () => {
    const place = `<section>证书扫码登录${picture}</section>`;
    const { page } = pageWith(`<div id="new"></div>${`${place}<hr>${'<p>公告</p>'.repeat(200)}`.repeat(30)}`);
    expect(findPromptsNear(page.querySelectorAll('section'), rules, context)).toHaveLength(30);
  });

  it('nodes that have left the page are passed over', () => {
    const { added } = pageWith(`<div id="new">证书扫码登录${picture}</div>`);
    added.remove();
    expect(findPromptsNear([added], rules, context)).toEqual([]);
  });

  it('a text stands for its element', () => {
    const { added } = pageWith(`<div>${picture}<p id="new">证书扫码登录</p></div>`);
    expect(findPromptsNear(added.childNodes, rules, context)).toHaveLength(1);
  });

  it('a node of a very long list does not cost the list', () => {
    const list = `<ul>${'<li>公告</li>'.repeat(2_000)}<li id="new">证书扫码登录${picture}</li></ul>`;
    expect(near(list)).toEqual(['sample']);
  });
});
