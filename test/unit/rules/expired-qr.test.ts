import { describe, expect, test, it } from 'vitest';
import { promptsBy } from './page-prompts.ts';
import { loginRule, picture } from './sample-rules.ts';

const isExpired = (drawing: string, rule = loginRule()) =>
  promptsBy(`<div><p>扫码登录</p>${drawing}</div>`, [rule]).map(({ expired }) => expired);

const over = 'style="position:absolute;top:0"';

describe('expired QRs', () => {
  test.each([
    ['a line below', `${picture}<p>二维码已失效</p>`],
    ['other words', `${picture}<p>该二维码已经过期，请刷新</p>`],
    ['a timeout', `${picture}<p>二维码超时</p>`],
    ['已过期 alone', `${picture}<p>已过期，请重新获取</p>`],
    ['a mask with words', `<div>${picture}<div class="qr-mask">点击刷新</div></div>`],
    ['a layer with words', `<div>${picture}<div ${over}>重新加载</div></div>`],
    ['a layer one level out', `<div><div>${picture}</div><div ${over}>点击刷新</div></div>`],
    ['a mask with nothing but its name', `<div>${picture}<div class="mask expired"><i></i></div></div>`],
    ['the name of the box', `<div class="qr-box is-expired">${picture}</div>`],
  ])('%s', (_, drawing) => {
    expect(isExpired(drawing)).toEqual([true]);
  });

  test.each([
    ['nothing said', picture],
    ['a condition', `${picture}<p>如二维码已失效，请点击刷新</p>`],
    ['what happens afterwards', `${picture}<p>二维码失效后请点击刷新</p>`],
    ['a countdown', `${picture}<p>二维码将在58秒后失效</p>`],
    ['its time', `${picture}<p>二维码有效期2分钟，过期请刷新</p>`],
    ['a link to refresh', `${picture}<a href="#">刷新二维码</a>`],
    ['a certificate', `${picture}<p>您的证书已过期</p>`],
    [
      'a hidden mask',
      `<div>${picture}<div class="mask expired" style="display:none">二维码已失效</div></div>`,
    ],
    ['scanned', `<div>${picture}<div ${over}>已扫描，请在手机上确认</div></div>`],
    ['a mark in the middle', `<div>${picture}<i ${over}></i></div>`],
  ])('%s does not make it so', (_, drawing) => {
    expect(isExpired(drawing)).toEqual([false]);
  });

  it('words of the rule count instead of the general ones', () => {
    const rule = loginRule({ expired: ['请换一张'] });
    expect(isExpired(`${picture}<p>请换一张</p>`, rule)).toEqual([true]);
    expect(isExpired(`${picture}<p>二维码已失效</p>`, rule)).toEqual([false]);
  });
});
