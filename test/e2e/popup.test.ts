import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { clientVersion } from '../../src/clients/runtime/client-version.ts';
import { errorCatalogue } from '../../src/protocol/errors.ts';
import { closePages, fieldOrigin, startLab, startLogin, untilState, type Lab } from '../support/lab.ts';
import { readQrFromScreenshot } from '../support/qr-from-screenshot.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import { openPopupOver } from '../support/toolbar-popup.ts';

const text = (page: Page) => page.locator('body').innerText();

async function badge(lab: Lab): Promise<string> {
  const worker = await lab.browser.worker();
  return worker.evaluate(() => chrome.action.getBadgeText({}));
}

describe('the toolbar popup', () => {
  let lab: Lab;
  beforeAll(async () => void (lab = await startLab()));
  afterEach(() => closePages(lab));
  afterAll(() => lab.close());

  async function waitingForScan() {
    const page = await lab.openSite();
    const opening = lab.nextPrompt();
    const report = await startLogin(page);
    const prompt = await opening;
    await untilState(prompt, 'awaitingScan');
    return { page, prompt, report };
  }

  it('says over the named site that the bridge is enabled there', async () => {
    const popup = await openPopupOver(lab, await lab.openSite());
    await popup.getByText('已启用', { exact: true }).waitFor();
    expect(await popup.locator('.site-origin').innerText()).toBe(fieldOrigin);
  });

  it('offers over another site to enable it there, with a warning', async () => {
    const page = await lab.browser.context.newPage();
    const origin = 'https://trade.example';
    await page.route(`${origin}/`, (route) =>
      route.fulfill({ body: '<!doctype html>', contentType: 'text/html' }),
    );
    await page.goto(`${origin}/`);
    const popup = await openPopupOver(lab, page);
    await popup.getByText('未启用', { exact: true }).waitFor();
    expect(await popup.locator('.site-origin').innerText()).toBe(origin);
    expect(await popup.getByText('请先核实').count()).toBe(1);
    expect(await popup.getByRole('button', { name: '在此网站启用' }).count()).toBe(1);
    await takeScreenshot(popup, 'popup site not enabled');
  });

  it('says over a page of the browser that the bridge cannot run there', async () => {
    const page = await lab.browser.context.newPage();
    await page.goto('chrome://version/');
    const popup = await openPopupOver(lab, page);
    await popup.getByText('此页面不能使用').waitFor();
    expect(await popup.getByRole('button', { name: '在此网站启用' }).count()).toBe(0);
  });

  it('finds both clients with their version, again on request', async () => {
    const popup = await openPopupOver(lab, await lab.openSite());
    const found = popup.getByText(`已安装，版本 ${clientVersion}`);
    await expect.poll(() => found.count()).toBe(2);
    await takeScreenshot(popup, 'popup idle clients found');
    // Only a new answer can bring the version back.
    await popup.evaluate(() => {
      document.querySelectorAll('.finding .muted').forEach((words) => words.setAttribute('data-old', ''));
    });
    await popup.getByRole('button', { name: '重新检测' }).click();
    await expect.poll(() => popup.locator('.muted:not([data-old])', { hasText: '已安装' }).count()).toBe(2);
  });

  it('shows the waiting request, whose QR scans from its pixels as from the window', async () => {
    const { page, prompt, report } = await waitingForScan();
    const popup = await openPopupOver(lab, page);
    await untilState(popup, 'awaitingScan');
    await popup.locator('.qr-code').waitFor();
    await takeScreenshot(popup, 'popup waiting');
    expect(readQrFromScreenshot(await popup.screenshot())).toBe(
      readQrFromScreenshot(await prompt.screenshot()),
    );
    const pending = await lab.scan(popup);
    expect(await popup.locator('.origin').first().innerText()).toBe(fieldOrigin);
    await untilState(popup, 'scanned');
    expect(await text(popup)).toContain([...pending.matchingNumber].join('\n'));
    await takeScreenshot(popup, 'popup scanned');
    await lab.phone.confirm(pending, lab.subscriber.credential);
    expect(await report()).toMatchObject({ result: { businessId: pending.businessId } });
  });

  it('counts the waiting request on the toolbar until it ends', async () => {
    expect(await badge(lab)).toBe('');
    const { prompt, report } = await waitingForScan();
    expect(await badge(lab)).toBe('1');
    await prompt.close();
    await report();
    await expect.poll(() => badge(lab)).toBe('');
  });

  it('cancels the waiting request, and the window says so', async () => {
    const { page, prompt, report } = await waitingForScan();
    const popup = await openPopupOver(lab, page);
    await popup.getByRole('button', { name: '取消' }).click();
    expect(await report()).toMatchObject({ error: { code: 'USER_CANCELLED' } });
    await untilState(prompt, 'cancelled');
  });

  it('tells the last result after the phone refused', async () => {
    const { page, prompt, report } = await waitingForScan();
    await lab.phone.refuse(await lab.scan(prompt));
    expect(await report()).toMatchObject({ error: { code: 'USER_REFUSED' } });
    const popup = await openPopupOver(lab, page);
    const last = popup.locator('section', { hasText: '上次操作' });
    await last.waitFor();
    expect(await last.innerText()).toContain('登录 · 已取消');
    expect(await last.innerText()).toContain(fieldOrigin);
    await takeScreenshot(popup, 'popup last result');
  });
});

describe('the toolbar popup on a computer without clients', () => {
  let lab: Lab;
  beforeAll(async () => void (lab = await startLab({ clients: false })));
  afterAll(() => lab.close());

  it('names each missing client and what to do', async () => {
    const popup = await openPopupOver(lab, await lab.openSite());
    const { title, remedy } = errorCatalogue.CLIENT_NOT_FOUND.text['zh-CN'];
    await popup.getByText(`签章客户端 · ${title}`).waitFor();
    await popup.getByText(`加密客户端 · ${title}`).waitFor();
    expect(await popup.getByText(remedy).count()).toBe(2);
    await takeScreenshot(popup, 'popup clients missing');
  });
});
