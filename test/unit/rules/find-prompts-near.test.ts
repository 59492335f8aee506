import { describe, expect, it, test } from 'vitest';
import { findPromptsNear } from '../../../src/rules/find-prompts-near.ts';
import { showPage } from './page-prompts.ts';
import { keyRule, loginRule, picture, prepared } from './sample-rules.ts';

const rules = prepared([loginRule({ also: [['证书']] }), keyRule()], showPage(''));
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

describe('findPromptsNear', () => {
  test.each([
    ['a whole dialog', `<div id="new">证书扫码登录${picture}</div>`, ['sample']],
    ['a QR in words that were there', `<div>证书扫码登录<p id="new">${picture}</p></div>`, ['sample']],
    ['words beside a QR that was there', `<div>${picture}<p id="new">证书扫码登录</p></div>`, ['sample']],
    ['the last words that were wanting', `<div>扫码登录${picture}<p id="new">证书</p></div>`, ['sample']],
    ['words that are nothing by themselves', `<div><p id="new">扫码登录</p></div>`, []],
    [
      'something else beside a prompt: it is found again',
      `<div>证书扫码登录${picture}<p id="new">公告</p></div>`,
      ['sample'],
    ],
  ])('%s', (_, html, found) => {
    expect(near(html)).toEqual(found);
  });

  it('a QR that comes into an open shadow root is found by the words around it', () => {
    const page = showPage('<main><p>证书</p><qr-view></qr-view></main>');
    const root = page.querySelector('qr-view')?.attachShadow({ mode: 'open' });
    if (root === undefined) throw new Error('no host');
    root.innerHTML = `<div><span id="new">${picture}</span></div><p>扫码登录</p>`;
    const added = root.querySelector('#new');
    if (added === null) throw new Error('nothing new');
    expect(findPromptsNear([added], rules, context).map(({ rule }) => rule)).toEqual(['sample']);
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
