import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLab, startLogin, type Lab } from '../support/lab.ts';
import { takeScreenshot } from '../support/screenshots.ts';

let lab: Lab;
beforeAll(async () => void (lab = await startLab({ extension: 'none', clients: false })));
afterAll(() => lab.close());

it('a site without the extension is told within 500 ms', async () => {
  const page = await lab.openSite();
  const report = await (await startLogin(page))();
  expect(report).toMatchObject({ error: { code: 'BRIDGE_NOT_INSTALLED', retry: false }, states: [] });
  expect(report.milliseconds).toBeLessThan(500);
});

it('the login page tells the bidder what to install', async () => {
  const page = await lab.openSite();
  await page.getByRole('button', { name: /全国共享互认CA/ }).click();
  await expect.poll(() => page.locator('body').innerText()).toMatch(/没有安装|未安装|安装并启用/);
  await takeScreenshot(page, 'login page without the extension');
});
