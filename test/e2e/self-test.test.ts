import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { closePages, startLab, untilState, type Lab } from '../support/lab.ts';
import { pickCompanySeal } from '../support/signing-calls.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import type { Page } from 'playwright-core';

let lab: Lab;
beforeAll(async () => void (lab = await startLab()));
afterEach(() => closePages(lab));
afterAll(() => lab.close());

/** What a bidder does in the window and on the phone. */
async function sealInWindow(prompt: Page): Promise<void> {
  await prompt.getByRole('radio', { name: /中招互连/ }).check();
  await untilState(prompt, 'awaitingScan');
  await takeScreenshot(prompt, 'self-test awaitingScan');
  const pending = await lab.scanToSign(prompt);
  await lab.phone.identify(pending, lab.subscriber.identity);
  await untilState(prompt, 'arranging');
  await pickCompanySeal(prompt);
  await prompt.getByRole('button', { name: '确认位置，到手机上签署' }).click();
  const { toBeSigned } = await lab.phone.untilToBeSigned(pending);
  await lab.phone.sign(pending, lab.subscriber.credential, toBeSigned);
}

it('the extension seals a sample by itself, from the client to the verdict', async () => {
  const page = await lab.browser.openPage('src/extension/self-test/self-test.html');
  await takeScreenshot(page, 'self-test before');
  const opening = lab.nextPrompt();
  await page.getByRole('button', { name: '开始检测' }).click();
  await sealInWindow(await opening);
  const verdict = page.locator('[data-verdict]').first();
  await verdict.waitFor();
  await page.getByText('正在打开文件…').waitFor({ state: 'detached' });
  await takeScreenshot(page, 'self-test after');
  // No authority is trusted in this browser; that the seal holds is all that can be told.
  expect(await verdict.getAttribute('data-verdict')).toBe('cannotTell');
  await page.getByRole('button', { name: /下载/ }).waitFor();
});

it("the site's menu 扫码签章检测 seals a sample, and its back end finds it valid", async () => {
  const page = await lab.openSite();
  const login = lab.nextPrompt();
  await page.getByRole('button', { name: /全国共享互认CA/ }).click();
  const loginPrompt = await login;
  await loginPrompt.getByRole('radio', { name: /中招互连/ }).check();
  await lab.phone.confirm(await lab.scan(loginPrompt), lab.subscriber.credential);
  await page.getByRole('link', { name: '扫码签章检测' }).click();
  await expect.poll(() => loginPrompt.isClosed()).toBe(true);
  const opening = lab.nextPrompt();
  await page.getByRole('button', { name: '开始检测' }).click();
  await sealInWindow(await opening);
  const verdict = page.locator('[data-verdict]');
  await verdict.waitFor();
  await takeScreenshot(page, 'site self-test done');
  expect(await verdict.getAttribute('data-verdict')).toBe('valid');
});
