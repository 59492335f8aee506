import { describe, expect, it, test } from 'vitest';
import { promptsBy, search, showPage } from './page-prompts.ts';
import { loginRule, picture } from './sample-rules.ts';

const rules = [loginRule()];
const beside = (drawing: string, style = '') => `<style>${style}</style><div><p>扫码登录</p>${drawing}</div>`;

const path = `M0 0${'h1v1h-1z'.repeat(80)}`;
const cells = (side: number) => `<table>${`<tr>${'<td></td>'.repeat(side)}</tr>`.repeat(side)}</table>`;
const boxes = (side: number) => `<div class="code">${`<p>${'<i></i>'.repeat(side)}</p>`.repeat(side)}</div>`;

describe('drawings of a QR', () => {
  test.each([
    ['a picture', picture, 'img'],
    ['a picture whose size nobody knows', '<img src="q.png">', 'img'],
    ['a canvas', '<canvas width="200" height="200"></canvas>', 'canvas'],
    ['an SVG of one path', `<svg width="120" height="120"><path d="${path}"/></svg>`, 'svg'],
    [
      'an SVG of squares',
      `<svg viewBox="0 0 25 25">${'<rect width="1" height="1"/>'.repeat(300)}</svg>`,
      'svg',
    ],
    ['table cells', cells(25), 'table'],
    ['boxes row by row', boxes(25), 'div'],
    ['boxes in one row', `<div class="code">${'<i></i>'.repeat(25 * 25)}</div>`, 'div'],
    [
      'a background of its own style',
      '<div style="width:180px;height:180px;background:url(q.png)"></div>',
      'div',
    ],
  ])('%s is found', (_, drawing, tag) => {
    const found = promptsBy(beside(drawing), rules);
    expect(found.map(({ qr }) => qr?.localName)).toEqual([tag]);
  });

  it('a background of a stylesheet is found', () => {
    const style = '.code { width: 180px; height: 180px; background: url(q.png) }';
    expect(
      promptsBy(beside('<span class="code"></span>', style), rules).map(({ qr }) => qr?.className),
    ).toEqual(['code']);
  });

  it('a picture in an open shadow root is found by words around its host', () => {
    const page = showPage('<div><p>扫码登录</p><qr-view></qr-view></div>');
    const root = page.querySelector('qr-view')?.attachShadow({ mode: 'open' });
    if (root === undefined) throw new Error('no host');
    root.innerHTML = picture;
    expect(search(root, rules, { host: '' })).toMatchObject([
      { words: '扫码登录', qr: { localName: 'img' } },
    ]);
  });

  it('words in an open shadow root count for a picture in it', () => {
    const page = showPage('<main><qr-view></qr-view></main>');
    const root = page.querySelector('qr-view')?.attachShadow({ mode: 'open' });
    if (root === undefined) throw new Error('no host');
    root.innerHTML = `<div>${picture}</div><p>扫码登录</p>`;
    expect(search(root, rules, { host: '' })).toHaveLength(1);
  });

  test.each([
    ['a small picture', '<img src="q.png" width="40" height="40">'],
    ['a wide picture', '<img src="q.png" width="400" height="100">'],
    ['a picture of a few pixels', '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'],
    ['a logo', '<img src="/images/logo.png">'],
    ['a captcha', '<img id="captcha" src="code.jsp">'],
    ['a canvas of no size of its own', '<canvas></canvas>'],
    ['an icon', '<svg width="120" height="120"><path d="M3 3h8v8H3z"/></svg>'],
    ['a small table', cells(12)],
    ['a table of data', cells(25).replaceAll('<td></td>', '<td>1</td>')],
    ['a small background', '<div style="width:20px;height:20px;background:url(q.png)"></div>'],
    ['a colour', '<div style="width:180px;height:180px;background:#fff"></div>'],
    ['a banner around the words', '<div style="background:url(b.png)"><p>扫码登录</p></div>'],
    ['no picture at all', '<p>二维码</p>'],
  ])('%s is none', (_, drawing) => {
    expect(promptsBy(beside(drawing), rules)).toEqual([]);
  });

  it('a logo laid over a QR is not a second one', () => {
    const drawing = '<div><canvas width="200" height="200"></canvas><img src="mark.png"></div>';
    expect(promptsBy(beside(drawing), rules).map(({ qr }) => qr?.localName)).toEqual(['canvas']);
  });

  it('a rule may say where its QR is drawn', () => {
    const rule = loginRule({ qr: { selector: '.here' } });
    const drawing = `${picture}<div class="here"></div>`;
    expect(promptsBy(beside(drawing), [rule]).map(({ qr }) => qr?.className)).toEqual(['here']);
  });

  it('what only one rule takes for a QR is none to the others', () => {
    const selecting = loginRule({ id: 'selecting', words: ['扫码签章'], qr: { selector: '.here' } });
    expect(promptsBy(beside('<div class="here"></div>'), [selecting, loginRule()])).toEqual([]);
  });
});
