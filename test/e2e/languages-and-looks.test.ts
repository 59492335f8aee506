import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { closePages, startLab, startLogin, untilState, type Lab } from '../support/lab.ts';
import { readQrFromScreenshot } from '../support/qr-from-screenshot.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import { openPopupOver } from '../support/toolbar-popup.ts';

let lab: Lab;
beforeAll(async () => void (lab = await startLab({ locale: 'en' })));
afterEach(() => closePages(lab));
afterAll(() => lab.close());

async function begin(platform: string | null = 'zhongzhao-hulian') {
  const page = await lab.openSite();
  const opening = lab.nextPrompt();
  const report = await startLogin(page, { platform });
  return { page, report, prompt: await opening };
}

async function waitingForScan() {
  const session = await begin();
  await untilState(session.prompt, 'awaitingScan');
  await session.prompt.locator('.qr-code').waitFor();
  return session;
}

/** Chinese that a page shows or tells a screen reader, the platforms' own names aside. */
async function chineseIn(page: Page): Promise<string[]> {
  const shown = await page.evaluate<string>(`[
    document.title, document.body.textContent,
    ...[...document.querySelectorAll('[aria-label]')].map((element) => element.getAttribute('aria-label')),
  ].join('\\n')`);
  return shown.replaceAll(/中招互连|粤企签/g, '').match(/[\u3000-\u9fff\uff00-\uffef]+/g) ?? [];
}

const scrollsSideways = (page: Page) =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');

const newest = () => lab.world.gateway.sessions().at(-1);

describe('in a browser that speaks English', () => {
  it('the window does from choice to end', async () => {
    const { prompt, report } = await begin(null);
    await untilState(prompt, 'awaitingConsent');
    expect(await chineseIn(prompt)).toEqual([]);
    await takeScreenshot(prompt, 'prompt awaitingConsent en');
    await prompt.getByRole('radio').first().check();
    await untilState(prompt, 'awaitingScan');
    expect(await chineseIn(prompt)).toEqual([]);
    await takeScreenshot(prompt, 'prompt awaitingScan en');
    const pending = await lab.scan(prompt);
    await untilState(prompt, 'scanned');
    expect(await chineseIn(prompt)).toEqual([]);
    await takeScreenshot(prompt, 'prompt scanned en');
    await lab.phone.refuse(pending);
    expect(await report()).toMatchObject({ error: { message: expect.stringMatching(/^[\x20-\x7e’]+$/) } });
    await untilState(prompt, 'cancelled');
    expect(await chineseIn(prompt)).toEqual([]);
  });

  it('the toolbar popup does', async () => {
    const popup = await openPopupOver(lab, await lab.openSite());
    await expect.poll(() => popup.getByText(/^Installed, version/).count()).toBe(2);
    expect(await chineseIn(popup)).toEqual([]);
    expect(await popup.locator('html').getAttribute('lang')).toBe('en');
    await takeScreenshot(popup, 'popup idle en');
  });
});

describe('the window fits and its QR scans', () => {
  it.each([
    { width: 320, height: 760 },
    { width: 440, height: 760 },
    { width: 1_400, height: 900 },
  ])('at $width pixels', async (size) => {
    const { prompt } = await waitingForScan();
    await prompt.setViewportSize(size);
    await takeScreenshot(prompt, `prompt ${size.width}px`);
    expect(await scrollsSideways(prompt)).toBe(false);
    expect(readQrFromScreenshot(await prompt.screenshot())).toContain(newest()?.businessId);
  });

  it.each([
    { name: 'dark', media: { colorScheme: 'dark' } },
    { name: 'forced colours', media: { forcedColors: 'active' } },
    { name: 'dark forced colours', media: { colorScheme: 'dark', forcedColors: 'active' } },
  ] as const)('in $name', async ({ name, media }) => {
    const { prompt } = await waitingForScan();
    // Without motion the colours are there at once.
    await prompt.emulateMedia({ ...media, reducedMotion: 'reduce' });
    await takeScreenshot(prompt, `prompt ${name}`);
    expect(await scrollsSideways(prompt)).toBe(false);
    expect(readQrFromScreenshot(await prompt.screenshot())).toContain(newest()?.businessId);
    await prompt.getByRole('button', { name: 'Enlarge QR code' }).click();
    await takeScreenshot(prompt, `prompt enlarged QR ${name}`);
    expect(readQrFromScreenshot(await prompt.screenshot())).toContain(newest()?.businessId);
  });

  it('in a dark toolbar popup', async () => {
    const { page, prompt } = await waitingForScan();
    const popup = await openPopupOver(lab, page);
    await untilState(popup, 'awaitingScan');
    await popup.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await takeScreenshot(popup, 'popup waiting dark');
    expect(await scrollsSideways(popup)).toBe(false);
    expect(readQrFromScreenshot(await popup.screenshot())).toBe(
      readQrFromScreenshot(await prompt.screenshot()),
    );
  });
});

describe('by keyboard alone', () => {
  const focused = (page: Page) => page.evaluate<string>('document.activeElement.textContent');

  /** Tabs on until the button has the focus; a cycle through the whole window is much shorter. */
  async function tabTo(prompt: Page, button: string): Promise<void> {
    for (let presses = 0; presses < 12; presses += 1) {
      await prompt.keyboard.press('Tab');
      if ((await focused(prompt)) === button) return;
    }
    expect.fail(`Tab does not reach “${button}”`);
  }

  it('the QR is renewed', async () => {
    const { prompt } = await waitingForScan();
    const before = newest()?.businessId;
    await tabTo(prompt, 'New QR code');
    await takeScreenshot(prompt, 'prompt keyboard focus');
    await prompt.keyboard.press('Enter');
    await expect.poll(() => newest()?.businessId).not.toBe(before);
    await untilState(prompt, 'awaitingScan');
  });

  it('the QR is enlarged, and Esc gives the focus back', async () => {
    const { prompt } = await waitingForScan();
    await tabTo(prompt, 'Enlarge QR code');
    await prompt.keyboard.press('Enter');
    await prompt.getByRole('dialog').waitFor();
    await prompt.keyboard.press('Escape');
    await prompt.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(prompt)).toBe('Enlarge QR code');
    expect(newest()?.state).toBe('waiting');
  });

  it('the request is cancelled', async () => {
    const { prompt, report } = await waitingForScan();
    await tabTo(prompt, 'Cancel');
    await prompt.keyboard.press('Space');
    expect(await report()).toMatchObject({ error: { code: 'USER_CANCELLED' } });
    await expect.poll(() => newest()?.state).toBe('cancelled');
    await untilState(prompt, 'cancelled');
  });
});
