import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { fieldOrigin, startLab, type Lab } from '../support/lab.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import { openUiPort, type UiPort } from '../support/ui-port.ts';

/** A copy of the trading system's pages that knows nothing of the bridge, and the window that mirrors its prompts. */
const scenes = [
  { page: 'login.html', press: '全国共享互认CA入口', scene: 'login' },
  { page: 'sign.html', press: '签章', scene: 'signature' },
  { page: 'sign.html', press: '撤章', scene: 'revokeSignature' },
  { page: 'sign.html', press: '签名', scene: 'messageSignature' },
  { page: 'sign.html', press: '加密', scene: 'encrypt' },
  { page: 'decrypt.html', press: '开始解密', scene: 'decrypt' },
] as const;
const draws = ['canvas', 'img', 'server', 'svg', 'table', 'background'] as const;

let lab: Lab;
let ui: UiPort;

beforeAll(async () => {
  lab = await startLab();
  ui = await openUiPort(lab);
});
afterAll(() => lab.close());
afterEach(async () => {
  for (const page of lab.browser.context.pages().slice(1)) if (page !== ui.page) await page.close();
  await untilNone();
});

async function openLegacy(path: string, press: string): Promise<Page> {
  const page = await lab.browser.context.newPage();
  await page.goto(`${fieldOrigin}/legacy/${path}`);
  await page.getByRole('button', { name: press, exact: true }).click();
  return page;
}

const untilShown = (scene: string) =>
  ui.until(({ mirrors = [] }) =>
    mirrors.some((mirror) => mirror.scene === scene && mirror.state === 'shown' && mirror.qr !== undefined),
  );
const untilNone = () => ui.until(({ mirrors = [] }) => mirrors.length === 0);

async function chooseBehaviour(behaviour: 'open' | 'badge' | 'off'): Promise<void> {
  await ui.send({ command: 'setPromptBehaviour', site: fieldOrigin, behaviour });
}

describe('a page that knows nothing of the bridge', () => {
  it('opens no window before the bidder has chosen, and is found in the toolbar', async () => {
    await openLegacy('login.html', '全国共享互认CA入口');
    await untilShown('login');
    expect(lab.browser.context.pages().filter((other) => other.url().includes('?mirror='))).toEqual([]);
    const popup = await lab.browser.openPopup();
    await popup.getByRole('button', { name: /打开扫码窗口/ }).waitFor();
    await takeScreenshot(popup, 'mirror popup');
    const opening = lab.nextPrompt();
    await popup.getByRole('button', { name: /打开扫码窗口/ }).click();
    const prompt = await opening;
    await prompt.getByText('以后在这个网站发现扫码提示时').waitFor();
    await takeScreenshot(prompt, 'mirror first time');
  });

  it('is logged in by itself after a scan of the window’s pixels', async () => {
    await chooseBehaviour('open');
    const opening = lab.nextPrompt();
    const page = await openLegacy('login.html', '全国共享互认CA入口');
    const prompt = await opening;
    const pending = await lab.scan(prompt);
    await takeScreenshot(prompt, 'mirror login');
    await lab.phone.confirm(pending, lab.subscriber.credential);
    await page.waitForURL('**/shell.html');
    if (!prompt.isClosed()) await prompt.waitForEvent('close');
    expect(new URL(page.url()).pathname).toBe('/shell.html');
  });

  it.each(draws)('has its QR read where it is drawn as %s', async (draw) => {
    await chooseBehaviour('badge');
    await openLegacy(`login.html?draw=${draw}`, '全国共享互认CA入口');
    const { mirrors = [] } = await untilShown('login');
    expect(mirrors[0]?.qr).toMatchObject({ trust: 'platform', host: '127.0.0.1' });
  });

  it.each(scenes)('tells $scene ($page, $press)', async ({ page: path, press, scene }) => {
    await chooseBehaviour('badge');
    await openLegacy(path, press);
    const { mirrors = [] } = await untilShown(scene);
    expect(mirrors).toHaveLength(1);
  });

  it.each([
    { place: 'page', path: 'login.html', press: '全国共享互认CA入口', scene: 'login' },
    { place: 'dialog', path: 'sign.html', press: '签章', scene: 'signature' },
    { place: 'tab', path: 'decrypt.html', press: '开始解密', scene: 'decrypt' },
    { place: 'iframe', path: 'decrypt.html', press: '开始解密', scene: 'decrypt' },
    { place: 'shadow', path: 'sign.html', press: '签章', scene: 'signature' },
  ])('is seen in a $place', async ({ place, path, press, scene }) => {
    await chooseBehaviour('badge');
    await openLegacy(`${path}?place=${place}`, press);
    const { mirrors = [] } = await untilShown(scene);
    expect(mirrors[0]).toMatchObject({ origin: fieldOrigin, topOrigin: fieldOrigin });
  });

  it('shows a QR as expired when the page says so, and the new one when the page has refreshed it', async () => {
    await chooseBehaviour('open');
    lab.world.gateway.setQrLifetime(1);
    const opening = lab.nextPrompt();
    const page = await openLegacy('login.html', '全国共享互认CA入口');
    const prompt = await opening;
    await prompt.locator('[data-shape="expired"]').waitFor();
    await takeScreenshot(prompt, 'mirror expired');
    lab.world.gateway.setQrLifetime(120);
    await page.getByText('点击刷新').click();
    await prompt.locator('[data-shape="scan"]').waitFor();
    const pending = await lab.scan(prompt);
    await lab.phone.confirm(pending, lab.subscriber.credential);
    await page.waitForURL('**/shell.html');
    if (!prompt.isClosed()) await prompt.waitForEvent('close');
    expect(new URL(page.url()).pathname).toBe('/shell.html');
  });

  it('takes its prompt out of the window when it moves on', async () => {
    await chooseBehaviour('open');
    const opening = lab.nextPrompt();
    const page = await openLegacy('decrypt.html', '开始解密');
    const prompt = await opening;
    await prompt.locator('[data-shape="scan"]').waitFor();
    await takeScreenshot(prompt, 'mirror decrypt');
    const closed = prompt.waitForEvent('close');
    await page.getByRole('button', { name: '进入唱标', exact: true }).click();
    await closed;
    expect(prompt.isClosed()).toBe(true);
  });

  it('gets a warning instead of a prompt for a QR that leads elsewhere', async () => {
    await chooseBehaviour('open');
    await openLegacy(
      `login.html?content=${encodeURIComponent('https://evil.example.com/login?id=1')}`,
      '全国共享互认CA入口',
    );
    const { mirrors = [] } = await untilShown('login');
    expect(mirrors[0]?.qr).toMatchObject({ trust: 'foreign', host: 'evil.example.com' });
    const opening = lab.nextPrompt();
    await ui.send({ command: 'showMirror', mirrorId: mirrors[0]?.id ?? '' });
    const prompt = await opening;
    await prompt.locator('[data-shape="foreign"]').waitFor();
    expect(await prompt.locator('.qr-code').count()).toBe(0);
    await takeScreenshot(prompt, 'mirror foreign');
  });

  it('is left alone where the bidder wants no detection', async () => {
    await chooseBehaviour('off');
    const page = await openLegacy('login.html', '全国共享互认CA入口');
    await page.getByText('等待扫码').waitFor();
    // The page is looked at again after the choice is changed, which shows that it was there to be found.
    await chooseBehaviour('badge');
    const { mirrors = [] } = await untilShown('login');
    expect(mirrors).toHaveLength(1);
  });
});
