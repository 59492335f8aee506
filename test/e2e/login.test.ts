import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { sandboxOrigins } from '../../src/sandbox/origins.ts';
import { fieldOrigin, closePages, startLab, startLogin, untilState, type Lab } from '../support/lab.ts';
import { takeScreenshot } from '../support/screenshots.ts';

let lab: Lab;
beforeAll(async () => void (lab = await startLab()));
afterEach(() => closePages(lab));
afterAll(() => lab.close());

const entrance = (page: Page) => page.getByRole('button', { name: /全国共享互认CA/ });

describe.each([
  ['the named site, in the public address space', fieldOrigin],
  ['the sandbox on loopback', sandboxOrigins.site],
])('a bidder on %s', (_where, origin) => {
  it('logs in by scanning the pixels of the prompt window', async () => {
    const page = await lab.openSite(origin);
    await takeScreenshot(page, `login page ${new URL(origin).hostname}`);
    const opening = lab.nextPrompt();
    await entrance(page).click();
    const prompt = await opening;
    await untilState(prompt, 'awaitingConsent');
    await takeScreenshot(prompt, 'prompt awaitingConsent');
    await prompt.getByRole('radio', { name: /中招互连/ }).check();
    await untilState(prompt, 'awaitingScan');
    await takeScreenshot(prompt, 'prompt awaitingScan');

    const pending = await lab.scan(prompt);
    expect(pending.origin).toBe(origin);
    await untilState(prompt, 'scanned');
    expect(await prompt.locator('body').innerText()).toContain([...pending.matchingNumber].join('\n'));
    await takeScreenshot(prompt, 'prompt scanned');
    await lab.phone.confirm(pending, lab.subscriber.credential);

    await page.getByText('湛江测试建设有限公司').first().waitFor();
    await takeScreenshot(page, `logged in ${new URL(origin).hostname}`);
    expect(lab.world.site.loggedIn().length).toBeGreaterThan(0);
    await expect.poll(() => prompt.isClosed()).toBe(true);
  });
});

it('gives the token to the page that asked', async () => {
  const page = await lab.openSite();
  const opening = lab.nextPrompt();
  const report = await startLogin(page);
  const pending = await lab.scan(await opening);
  await lab.phone.confirm(pending, lab.subscriber.credential);
  expect(await report()).toMatchObject({
    result: { format: 'ca-bridge-login/1', origin: fieldOrigin, businessId: pending.businessId },
    states: ['requested', 'preparing', 'awaitingScan', 'scanned', 'confirmed', 'completing'],
  });
});

it('shows the bidder a larger QR, which scans as well, and returns by Esc', async () => {
  const page = await lab.openSite();
  const opening = lab.nextPrompt();
  const report = await startLogin(page);
  const prompt = await opening;
  await untilState(prompt, 'awaitingScan');
  await prompt.getByRole('button', { name: '放大二维码' }).click();
  await takeScreenshot(prompt, 'prompt enlarged QR');
  const pending = await lab.scan(prompt);
  await prompt.keyboard.press('Escape');
  await lab.phone.refuse(pending);
  expect(await report()).toMatchObject({ error: { code: 'USER_REFUSED' } });
});

it('tells page and bidder when the phone refuses', async () => {
  const page = await lab.openSite();
  const opening = lab.nextPrompt();
  const report = await startLogin(page);
  const prompt = await opening;
  await lab.phone.refuse(await lab.scan(prompt));
  expect(await report()).toMatchObject({ error: { code: 'USER_REFUSED', retry: true } });
  await untilState(prompt, 'cancelled');
  await takeScreenshot(prompt, 'prompt refused');
});

it('shows the next request in the window of one that has ended', async () => {
  const page = await lab.openSite();
  const firstOpening = lab.nextPrompt();
  const first = await startLogin(page, { name: 'first' });
  const prompt = await firstOpening;
  await lab.phone.refuse(await lab.scan(prompt));
  await first();
  await untilState(prompt, 'cancelled');
  const windows = lab.browser.context.pages().length;
  const second = await startLogin(page, { name: 'second' });
  await untilState(prompt, 'awaitingScan');
  expect(lab.browser.context.pages()).toHaveLength(windows);
  await lab.phone.refuse(await lab.scan(prompt));
  await second();
});
