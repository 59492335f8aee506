import { describe, expect, it, test } from 'vitest';
import { pageLimits } from '../../../src/protocol/page-limits.ts';
import { promptsBy, search, showPage } from './page-prompts.ts';
import { keyRule, loginRule, picture } from './sample-rules.ts';

const rules = [loginRule()];
const ids = (html: string, by = rules) => promptsBy(html, by).map(({ rule }) => rule);

describe('words', () => {
  test.each([
    ['in one element', `<p>扫码登录</p>${picture}`],
    ['split over elements', `<p><b>扫</b>码<i>登</i>录</p>${picture}`],
    ['with white space between', `<p>扫 码\n 登&nbsp;录</p>${picture}`],
    ['with zero-width characters between', `<p>扫\u200b码\ufeff登\u200d录</p>${picture}`],
    ['on a button', `<button>扫码登录</button>${picture}`],
    ['as the name of the picture', '<img src="q.png" alt="扫码登录">'],
    ['in a link', `<a href="#">扫码登录</a>${picture}`],
    ['some levels further out', `<div><h3>扫码登录</h3><div><div><div>${picture}</div></div></div></div>`],
    ['in the title of a page that holds nothing else', `<title>扫码登录</title><body>${picture}</body>`],
  ])('%s are read', (_, html) => {
    expect(ids(`<div>${html}</div>`)).toEqual(['sample']);
  });

  test.each([
    ['in a script', `<script>var a = '扫码登录'</script>${picture}`],
    ['in a comment', `<!-- 扫码登录 -->${picture}`],
    ['in a choice', `<select><option>扫码登录</option></select>${picture}`],
    ['in a menu', `<ul class="side-menu"><li>扫码登录</li></ul>${picture}`],
    ['in a hidden element', `<p hidden>扫码登录</p>${picture}`],
    ['on a tab that is not chosen', `<ul><li class="on">账号</li><li>扫码登录</li></ul>${picture}`],
    ['of a step to come', `<p class="ant-steps-item-wait">扫码登录</p>${picture}`],
    ['far away', `<p>扫码登录</p><p>${'公告'.repeat(400)}</p>${picture}`],
  ])('%s are not', (_, html) => {
    expect(ids(`<div>${html}</div>`)).toEqual([]);
  });

  it('of each group one must stand there', () => {
    const rule = loginRule({ also: [['证书', 'CA'], ['手机']] });
    expect(ids(`<div>扫码登录 手机 ca${picture}</div>`, [rule])).toEqual(['sample']);
    expect(ids(`<div>扫码登录 手机${picture}</div>`, [rule])).toEqual([]);
  });

  it('what must not be said ends it', () => {
    const rule = loginRule({ never: ['微信'] });
    expect(ids(`<div>微信扫码登录${picture}</div>`, [rule])).toEqual([]);
  });

  it('what is said not to be done does not end it', () => {
    const rule = loginRule({ never: ['微信'] });
    expect(ids(`<div>扫码登录，请勿使用微信${picture}</div>`, [rule])).toEqual(['sample']);
  });

  it('what a link offers besides does not end it', () => {
    const rule = loginRule({ never: ['APP下载'] });
    expect(ids(`<div>扫码登录${picture}<a href="/app">APP下载</a></div>`, [rule])).toEqual(['sample']);
  });

  it('a caption that is such a link ends it', () => {
    const rule = loginRule({ never: ['APP下载'] });
    expect(ids(`<div>扫码登录<div>${picture}<a href="/app">APP下载</a></div></div>`, [rule])).toEqual([]);
  });

  it('are told as the page says them, and no longer than may be', () => {
    const [found] = promptsBy(
      `<div><p>扫码登录，</p>\n\n<p>${'请用 APP '.repeat(60)}</p>${picture}</div>`,
      rules,
    );
    expect(found?.words).toMatch(/^扫码登录， 请用 APP 请用/);
    expect(found?.words.length).toBeLessThanOrEqual(pageLimits.promptWords);
  });

  it('an opening time among them is told', () => {
    const [found] = promptsBy(`<div>开标时间：2026-12-01 09:00 扫码登录${picture}</div>`, rules);
    expect(found?.openingTime).toBe(Date.UTC(2026, 11, 1, 1));
  });
});

describe('several QRs', () => {
  it('side by side: each has its own caption', () => {
    const html = ['APP下载', '扫码登录', '公众号']
      .map((caption) => `<div>${picture}<p>${caption}</p></div>`)
      .join('');
    const found = promptsBy(`<div>${html}</div>`, rules);
    expect(found.map(({ place }) => place.textContent)).toEqual(['扫码登录']);
  });

  it('in a row, with a row of captions below: the caption of the column counts', () => {
    const rule = loginRule({ never: ['公众号'] });
    const row = (cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
    const page = showPage(`<table>${row([picture, picture])}${row(['扫码登录', '公众号'])}</table>`);
    const found = search(page, [rule], { host: '' });
    expect(found.map(({ qr }) => qr)).toEqual([page.querySelector('img')]);
  });

  it('under one heading with names of apps: each is a prompt', () => {
    const names = ['甲', '乙'].map((name) => `<div>${picture}<p>证书APP${name}</p></div>`).join('');
    const byName = ['甲', '乙'].map((name) =>
      loginRule({ id: name === '甲' ? 'a' : 'b', also: [[`app${name}`]] }),
    );
    expect(ids(`<div><h3>扫码登录</h3>${names}</div>`, byName)).toEqual(['a', 'b']);
  });

  it('the one nearer to the words is meant', () => {
    const html = `<div><div>扫码登录<canvas width="180" height="180"></canvas></div>${picture}</div>`;
    expect(promptsBy(html, rules).map(({ qr }) => qr?.localName)).toEqual(['canvas']);
  });

  it('are told in the order of the page', () => {
    const html = `<div>扫码签章<canvas width="180" height="180"></canvas></div><div>扫码登录${picture}</div>`;
    expect(ids(html, [loginRule(), loginRule({ id: 'seal', words: ['扫码签章'] })])).toEqual([
      'seal',
      'sample',
    ]);
  });
});

describe('rules', () => {
  it('the highest confidence counts, one prompt a place', () => {
    const sure = loginRule({ id: 'sure', confidence: 0.95 });
    expect(ids(`<div>扫码登录${picture}</div>`, [loginRule(), sure, loginRule({ id: 'third' })])).toEqual([
      'sure',
    ]);
  });

  it('of equal confidence the words that stand first count', () => {
    const seal = loginRule({ id: 'seal', words: ['签章'] });
    const login = loginRule({ words: ['登录'] });
    expect(ids(`<div>签章后登录${picture}</div>`, [login, seal])).toEqual(['seal']);
    expect(ids(`<div>登录后签章${picture}</div>`, [seal, login])).toEqual(['sample']);
  });

  it('a title names the scene that the prompt leaves open', () => {
    const open = loginRule({ id: 'open', scene: 'unknown', words: ['扫码'], confidence: 0.5 });
    const seal = loginRule({
      id: 'seal',
      scene: 'signature',
      words: ['签章'],
      also: [['扫码']],
      confidence: 0.7,
    });
    const html = `<div><h3>签章</h3><div><p>请扫码</p>${picture}</div></div>`;
    expect(promptsBy(html, [open, seal])).toMatchObject([{ rule: 'seal', words: '签章 请扫码' }]);
  });

  it('three scenes enumerated name none', () => {
    const scene = (name: 'signature' | 'encrypt' | 'decrypt', word: string) =>
      loginRule({ id: name, scene: name, words: [word], confidence: 0.7 });
    const open = loginRule({ id: 'open', scene: 'unknown', words: ['扫码'], confidence: 0.5 });
    const all = [scene('signature', '签章'), scene('encrypt', '加密'), scene('decrypt', '解密'), open];
    expect(ids(`<div>扫码可签章、加密、解密${picture}</div>`, all)).toEqual(['open']);
  });

  it('count on their hosts only, whatever the port', () => {
    const rule = loginRule({ hosts: ['ca.example.cn'] });
    const page = showPage(`<div>扫码登录${picture}</div>`);
    const on = (host: string) => search(page, [rule], { host }).length;
    expect([on('ca.example.cn'), on('ca.example.cn:8443'), on('example.cn'), on('x.ca.example.cn')]).toEqual([
      1, 1, 0, 0,
    ]);
  });

  it('count within their place only', () => {
    const rule = loginRule({ where: '.login' });
    expect(ids(`<div class="login">扫码登录${picture}</div>`, [rule])).toEqual(['sample']);
    expect(ids(`<div class="other">扫码登录${picture}</div>`, [rule])).toEqual([]);
  });

  it('hand on platform, scene and confidence', () => {
    const rule = loginRule({ platform: 'yue-qi-qian' });
    expect(promptsBy(`<div>扫码登录${picture}</div>`, [rule])).toMatchObject([
      {
        rule: 'sample',
        kind: 'qr',
        scene: 'login',
        platform: 'yue-qi-qian',
        confidence: 0.9,
        expired: false,
      },
    ]);
  });
});

describe('hidden prompts', () => {
  const inner = `<p>扫码登录</p>${picture}`;
  test.each([
    ['display', `<div style="display:none">${inner}</div>`],
    ['visibility', `<div style="visibility:hidden">${inner}</div>`],
    ['hidden', `<section hidden>${inner}</section>`],
    ['aria-hidden', `<div aria-hidden="true">${inner}</div>`],
    ['a dialog that is not open', `<dialog>${inner}</dialog>`],
    ['details that are not open', `<details>${inner}</details>`],
    ['a stylesheet', `<style>.pane{display:none}</style><div class="pane">${inner}</div>`],
    ['several levels out', `<div style="display:none"><div><div>${inner}</div></div></div>`],
    ['a template', `<template>${inner}</template>`],
  ])('by %s are not found', (_, html) => {
    expect(ids(html)).toEqual([]);
  });

  it('a decorative mark on the picture itself hides nothing', () => {
    expect(ids(`<div>扫码登录<img src="q.png" aria-hidden="true"></div>`)).toEqual(['sample']);
  });
});

describe('articles and furniture', () => {
  const inner = `<p>扫码登录</p>${picture}`;
  test.each([
    ['an article', `<article>${inner}</article>`],
    ['a footer', `<div class="page-footer">${inner}</div>`],
    ['a news text', `<div><p>发布时间：2026-01-01 浏览次数：20</p>${inner}</div>`],
  ])('in %s nothing is a prompt', (_, html) => {
    expect(ids(html)).toEqual([]);
  });

  it('a prompt without QR is found in the same pass', () => {
    expect(ids(`<div>${inner}</div><div>请插入CA锁</div>`, [loginRule(), keyRule()])).toEqual([
      'sample',
      'key',
    ]);
  });
});
