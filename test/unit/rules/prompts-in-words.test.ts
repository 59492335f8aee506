import { describe, expect, it, test } from 'vitest';
import { promptsBy } from './page-prompts.ts';
import { keyRule, loginRule } from './sample-rules.ts';

const words = '请插入CA锁';
const ids = (html: string, rules = [keyRule()]) => promptsBy(html, rules).map(({ rule }) => rule);

describe('prompts without QR', () => {
  test.each([
    ['a line of the page', `<p>${words}</p>`],
    ['a red line of an old page', `<table><tr><td><font color="red">${words}！</font></td></tr></table>`],
    ['a message of a library', `<div class="el-message"><p>${words}</p></div>`],
    [
      'a dialog with a title and buttons',
      `<div role="dialog"><h4>提示</h4><p>${words}</p><button>确定</button></div>`,
    ],
    ['words split over elements', '<p>请插入<b>CA</b>锁</p>'],
    [
      'a dialog over a long list',
      `<div class="modal">${words}</div><ul>${'<li>关于投标人资格条件的若干说明和要求及其他事项</li>'.repeat(9)}</ul>`,
    ],
  ])('%s is one', (_, html) => {
    expect(ids(html)).toEqual(['key']);
  });

  test.each([
    ['a long text', `<p>${words}，${'然后在登录页输入密码'.repeat(20)}</p>`],
    ['a heading of a list of links', `<ul><li><a href="1">${words}的解决办法</a></li></ul>`],
    ['a link', `<a href="1">${words}</a>`],
    ['a quotation', `<p>登录时若出现“${words}”字样，请联系客服</p>`],
    ['a question', `<p>问：${words}？</p>`],
    ['an answer beside it', `<div><p>${words}</p><p>答：请检查驱动</p></div>`],
    ['help', `<div><h2>常见问题</h2><p>${words}</p></div>`],
    [
      'one of several long items',
      `<ol>${`<li>${words}，输入密码后点击登录按钮进入系统，再选择标段</li>`.repeat(3)}</ol>`,
    ],
    ['a footer', `<footer>${words}</footer>`],
    ['an article', `<div class="article-body"><p>${words}</p></div>`],
    ['a moving line', `<marquee>${words}</marquee>`],
    ['a script', `<script>alert('${words}')</script>`],
    ['a choice', `<select><option>${words}</option></select>`],
    ['a hidden dialog', `<div class="modal" style="display:none">${words}</div>`],
    ['what a browser without frames would show', `<iframe>${words}</iframe>`],
  ])('%s is none', (_, html) => {
    expect(ids(html)).toEqual([]);
  });

  it('one of a kind is told', () => {
    expect(ids(`<p>${words}</p><div class="modal">${words}</div>`)).toEqual(['key']);
  });

  it('of two kinds both are told', () => {
    const driver = keyRule({ id: 'driver', kind: 'driverMissing', words: ['控件未安装'] });
    expect(ids(`<p>${words}</p><div class="modal">控件未安装</div>`, [keyRule(), driver])).toEqual([
      'key',
      'driver',
    ]);
  });

  it('what the page is for names the scene', () => {
    const login = keyRule({ id: 'key-login', scene: 'login', also: [['登录']], confidence: 0.95 });
    const html = `<title>用户登录</title><div class="modal"><p>${words}</p></div>`;
    expect(promptsBy(html, [keyRule(), login])).toMatchObject([
      { rule: 'key-login', place: { localName: 'p' } },
    ]);
  });

  it('words within the prompt of a QR are part of that', () => {
    const html = `<div>扫码登录，或者${words}<img src="q.png"></div>`;
    expect(ids(html, [loginRule(), keyRule()])).toEqual(['sample']);
  });
});
