import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import type { Page } from 'playwright-core';
import { fieldOrigin } from '../support/lab.ts';
import {
  html,
  qrGif,
  qrGifAddress,
  qrRows,
  qrSvg,
  secondSite,
  startDetectLab,
  strangeSite,
  type DetectLab,
} from '../support/detect-lab.ts';

/** The site's own address: what a QR of the trading system itself may lead to. */
const content = `${fieldOrigin}/ca/scan?id=20260101`;
const words = '<h3>全国共享互认CA 扫码登录</h3><p>请使用移动CA扫描二维码登录</p>';
const panel = (qr: string, head = ''): string =>
  `<!doctype html><html lang="zh-CN"><head>${head}</head><body><div class="panel">${words}${qr}</div></body></html>`;

let lab: DetectLab;
let page: Page | undefined;
beforeAll(async () => void (lab = await startDetectLab()));
afterAll(() => lab.close());
afterEach(async () => {
  await page?.close();
  await lab.untilNone();
});

async function open(...args: Parameters<DetectLab['open']>): Promise<Page> {
  page = await lab.open(...args);
  return page;
}

/** Waits until the extension shows one prompt, and it is like this. */
async function untilState(expected: object): Promise<void> {
  await expect.poll(async () => (await lab.mirrors())[0], { interval: 50 }).toMatchObject(expected);
}

const readable = { kind: 'qr', scene: 'login', qr: { content, trust: 'site' } };

const rows = qrRows(content);
const onCanvas = `<canvas></canvas><script>
  const rows = ${JSON.stringify(rows.map((row) => row.map(Number)))};
  const canvas = document.querySelector('canvas');
  canvas.width = canvas.height = rows.length * 5;
  const context = canvas.getContext('2d');
  rows.forEach((row, y) => row.forEach((dark, x) => {
    context.fillStyle = dark ? '#000' : '#fff';
    context.fillRect(x * 5, y * 5, 5, 5);
  }));
</script>`;
const cells = rows
  .map(
    (row) =>
      `<tr>${row.map((dark) => `<td style="padding:0;width:5px;height:5px;background:${dark ? '#000' : '#fff'}"></td>`).join('')}</tr>`,
  )
  .join('');
const boxes = rows
  .map((row) => `<div>${row.map((dark) => `<i class="${dark ? 'dark' : 'light'}"></i>`).join('')}</div>`)
  .join('');
const strokes = rows
  .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y + 0.5}h1`] : [])))
  .join('');
const uses = rows
  .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`<use href="#module" x="${x}" y="${y}"/>`] : [])))
  .join('');
const size = rows.length;

describe('reads a QR that is drawn as', () => {
  test.each([
    ['a picture', `<img src="${qrGifAddress(content)}" width="180" height="180">`],
    ['a canvas', onCanvas],
    ['SVG with one path', qrSvg(content)],
    [
      'SVG with strokes',
      `<svg width="180" height="180" viewBox="0 0 ${size} ${size}"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path stroke="#000" d="${strokes}"/></svg>`,
    ],
    [
      'SVG with one module used again and again',
      `<svg width="180" height="180" viewBox="0 0 ${size} ${size}"><defs><rect id="module" width="1" height="1"/></defs>${uses}</svg>`,
    ],
    [
      'light on a dark page',
      `<svg width="180" height="180" viewBox="0 0 ${size} ${size}"><path fill="none" stroke="#fff" d="${strokes}"/></svg>`,
      '<style>body{background:#222;color:#eee}</style>',
    ],
    [
      'table cells',
      `<table cellspacing="0" cellpadding="0" style="border-collapse:collapse">${cells}</table>`,
    ],
    [
      'rows of boxes',
      `<div class="grid">${boxes}</div>`,
      `<style>.grid{width:${size * 5}px;}.grid div{display:flex}.grid i{width:5px;height:5px}.dark{background:#000}.light{background:#fff}</style>`,
    ],
    [
      'a background in the element',
      `<div style="width:180px;height:180px;background:url(${qrGifAddress(content)}) 0 0/100% 100%"></div>`,
    ],
    [
      'a background in a stylesheet',
      '<div class="qr"></div>',
      `<style>.qr{width:180px;height:180px;background:url(${qrGifAddress(content)}) 0 0/cover}</style>`,
    ],
  ])('%s', async (_kind, qr, head = '') => {
    await open(panel(qr, head));
    await untilState(readable);
  });

  it('an object of the page’s own making', async () => {
    await open(panel('<img width="180" height="180">'));
    await page?.evaluate(`fetch('${qrGifAddress(content)}').then((answer) => answer.blob()).then((blob) => {
      document.querySelector('img').src = URL.createObjectURL(blob);
    })`);
    await untilState(readable);
  });

  it('a picture that takes a second to come', async () => {
    await open(panel('<img width="180" height="180">'));
    await page?.waitForTimeout(1_000);
    await page?.evaluate(`document.querySelector('img').src = '${qrGifAddress(content)}'`);
    await untilState(readable);
  });
});

describe('asks the network for nothing', () => {
  const address = `${fieldOrigin}/qr.gif`;
  const gif = { type: 'image/gif', body: qrGif(content) };

  it('a picture that is new each time is read without being fetched again', async () => {
    const files = { [address]: { ...gif, headers: { 'cache-control': 'no-store' } } };
    await open(panel('<img src="/qr.gif?img" width="180" height="180">'), { files });
    await untilState(readable);
    expect(lab.asked.get(`${address}?img=`)).toBe(1);
  });

  it('a background is read from the cache', async () => {
    const files = { [address]: { ...gif, headers: { 'cache-control': 'max-age=60' } } };
    await open(panel('<div style="width:180px;height:180px;background:url(/qr.gif?cached)"></div>'), {
      files,
    });
    await untilState(readable);
    expect(lab.asked.get(`${address}?cached=`)).toBe(1);
  });

  it('a background that the browser may not keep stays unread', async () => {
    const files = { [address]: { ...gif, headers: { 'cache-control': 'no-store' } } };
    await open(panel('<div style="width:180px;height:180px;background:url(/qr.gif?unkept)"></div>'), {
      files,
    });
    await untilState({ kind: 'qr', qr: { unreadable: 'foreign' } });
    expect(lab.asked.get(`${address}?unkept=`)).toBe(1);
  });

  it('a picture of another origin stays unread', async () => {
    const strange = `${strangeSite}/qr.gif`;
    await open(panel(`<img src="${strange}?strange" width="180" height="180">`), {
      files: { [strange]: gif },
    });
    await untilState({ kind: 'qr', qr: { unreadable: 'foreign' } });
    expect(lab.asked.get(`${strange}?strange=`)).toBe(1);
  });

  it('a canvas that another origin has tainted stays unread', async () => {
    const strange = `${strangeSite}/qr.gif`;
    await open(
      panel(`<canvas width="180" height="180"></canvas><script>
        const picture = new Image();
        picture.onload = () => document.querySelector('canvas').getContext('2d').drawImage(picture, 0, 0, 180, 180);
        picture.src = '${strange}?tainted';</script>`),
      { files: { [strange]: gif } },
    );
    await untilState({ kind: 'qr', qr: { unreadable: 'foreign' } });
    expect(lab.asked.get(`${strange}?tainted=`)).toBe(1);
  });
});

describe('sees', () => {
  const picture = `<img src="${qrGifAddress(content)}" width="180" height="180">`;
  const late = (code: string): string =>
    `<!doctype html><html lang="zh-CN"><body><main><h1>交易系统</h1></main><template>${words}${picture}</template><script>
      const take = () => document.querySelector('template').content.cloneNode(true);
      const later = (work) => setTimeout(work, 300);
      ${code}</script></body></html>`;

  test.each([
    [
      'a late dialog',
      'later(() => { const dialog = document.createElement("div"); dialog.append(take()); document.body.append(dialog); })',
    ],
    [
      'a modal dialog',
      'const dialog = document.createElement("dialog"); dialog.append(take()); document.body.append(dialog); later(() => dialog.showModal())',
    ],
    [
      'a tab that a class shows',
      'document.head.insertAdjacentHTML("beforeend", "<style>.tab{display:none}.tab.on{display:block}</style>"); const tab = document.createElement("div"); tab.className = "tab"; tab.append(take()); document.body.append(tab); later(() => tab.classList.add("on"))',
    ],
    [
      'a step that a class of the page shows',
      'document.head.insertAdjacentHTML("beforeend", "<style>.step{display:none}.second .step{display:block}</style>"); const step = document.createElement("section"); step.className = "step"; step.append(take()); document.body.append(step); later(() => document.body.classList.add("second"))',
    ],
    [
      'what fades in',
      'document.head.insertAdjacentHTML("beforeend", "<style>@keyframes in{from{opacity:0}to{opacity:1}}.fade{animation:in 600ms}</style>"); later(() => { const dialog = document.createElement("div"); dialog.className = "fade"; dialog.append(take()); document.body.append(dialog); })',
    ],
    [
      'an open shadow root',
      'const host = document.createElement("x-login"); host.attachShadow({ mode: "open" }).append(take()); document.body.append(host)',
    ],
    [
      'an open shadow root that is filled late',
      'const host = document.createElement("div"); const root = host.attachShadow({ mode: "open" }); document.body.append(host); later(() => root.append(take()))',
    ],
    [
      'an open shadow root within a late one',
      'later(() => { const host = document.createElement("x-app"); const inner = document.createElement("x-login"); host.attachShadow({ mode: "open" }).append(inner); inner.attachShadow({ mode: "open" }).append(take()); document.body.append(host); })',
    ],
    [
      'words that come after the QR',
      'const box = document.createElement("div"); box.append(take().querySelector("img")); document.body.append(box); later(() => box.insertAdjacentHTML("afterbegin", document.querySelector("template").innerHTML.split("<img")[0]))',
    ],
  ])('%s', async (_kind, code) => {
    await open(late(code));
    await untilState(readable);
  });

  it('that the page moved on without loading', async () => {
    await open(panel(picture));
    await untilState(readable);
    await page?.evaluate(`history.pushState({}, '', '/next'); document.querySelector('.panel').remove()`);
    await expect.poll(() => lab.mirrors(), { interval: 50 }).toEqual([]);
  });

  it('that the QR has expired, and the next one, as one prompt', async () => {
    await open(panel(`<div class="qr" style="position:relative;width:180px">${picture}</div>`));
    await untilState(readable);
    const [first] = await lab.mirrors();
    await page?.evaluate(`document.querySelector('.qr').insertAdjacentHTML('beforeend',
      '<div class="mask" style="position:absolute;inset:0;background:#fffd">二维码已失效，点击刷新</div>')`);
    await untilState({ state: 'expired', id: first?.id });
    const next = `${content}1`;
    await page?.evaluate(`document.querySelector('.mask').remove();
      document.querySelector('img').src = '${qrGifAddress(next)}'`);
    await untilState({ state: 'shown', id: first?.id, qr: { content: next } });
  });
});

describe('in frames', () => {
  const picture = `<img src="${qrGifAddress(content)}" width="180" height="180">`;
  const frame = (attributes: string): string =>
    `<!doctype html><html lang="zh-CN"><body><iframe width="600" height="500" ${attributes}></iframe></body></html>`;

  it('of the site within one another', async () => {
    await open(frame('src="/outer"'), {
      files: {
        [`${fieldOrigin}/outer`]: html(frame('src="/inner"')),
        [`${fieldOrigin}/inner`]: html(panel(picture)),
      },
    });
    await untilState({ ...readable, origin: fieldOrigin, topOrigin: fieldOrigin });
  });

  it('that the page writes itself', async () => {
    await open(`${frame('')}<script>
      const { contentDocument: page } = document.querySelector('iframe');
      page.open();
      page.write(${JSON.stringify(panel(picture)).replaceAll('</', String.raw`<\/`)});
      page.close();</script>`);
    await untilState({ ...readable, origin: fieldOrigin });
  });

  it('that the page gives as an attribute', async () => {
    await open(frame(`srcdoc='${panel(picture)}'`));
    await untilState({ ...readable, origin: fieldOrigin });
  });

  it('of another configured site', async () => {
    await open(frame(`src="${secondSite}/frame"`), {
      files: { [`${secondSite}/frame`]: html(panel(picture)) },
    });
    await untilState({
      kind: 'qr',
      origin: secondSite,
      topOrigin: fieldOrigin,
      qr: { content, trust: 'site' },
    });
  });

  it('of a site that is not configured, nothing', async () => {
    await open(frame(`src="${strangeSite}/frame"`), {
      files: { [`${strangeSite}/frame`]: html(panel(picture)) },
    });
    await page?.frameLocator('iframe').locator('img').waitFor();
    await page?.waitForTimeout(1_000);
    expect(await lab.mirrors()).toEqual([]);
  });

  it('that is sandboxed, nothing', async () => {
    await open(frame(`sandbox="allow-scripts" srcdoc='${panel(picture)}'`));
    await page?.frameLocator('iframe').locator('img').waitFor();
    await page?.waitForTimeout(1_000);
    expect(await lab.mirrors()).toEqual([]);
  });
});

describe('leaves no trace', () => {
  it('on the page: no element, no attribute, no click, no field', async () => {
    await open(
      panel(`<input name="user"><button>登录</button><img src="${qrGifAddress(content)}" width="180" height="180">
      <script>
        globalThis.happened = [];
        new MutationObserver((records) => happened.push(...records.map(({ type }) => type)))
          .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        for (const type of ['click', 'input', 'change', 'focus', 'keydown', 'scroll', 'message'])
          addEventListener(type, () => happened.push(type), true);
      </script>`),
    );
    const before = await page?.content();
    await page?.evaluate('happened.length = 0');
    await untilState(readable);
    await page?.waitForTimeout(1_500);
    expect(await page?.evaluate('happened')).toEqual([]);
    expect(await page?.content()).toBe(before);
  });

  it('on a page whose own prototypes lie', async () => {
    await open(
      panel(`<script>
        Element.prototype.getBoundingClientRect = () => { throw new Error('seen'); };
        HTMLCanvasElement.prototype.getContext = () => { throw new Error('seen'); };
        CanvasRenderingContext2D.prototype.getImageData = () => { throw new Error('seen'); };
        Document.prototype.querySelectorAll = Element.prototype.querySelectorAll = () => [];
        Node.prototype.contains = () => true;
        globalThis.MutationObserver = class { observe() { throw new Error('seen'); } };
        Object.defineProperty(Node.prototype, 'textContent', { get: () => '' });
      </script><img src="${qrGifAddress(content)}" width="180" height="180">`),
    );
    await untilState(readable);
  });
});

describe('when the background worker is stopped', () => {
  it('the prompt is there again under its id', async () => {
    await open(panel(`<img src="${qrGifAddress(content)}" width="180" height="180">`));
    await untilState(readable);
    const [before] = await lab.mirrors();
    await lab.browser.killWorker();
    await lab.listenAgain();
    await untilState({ ...readable, id: before?.id });
  });
});
