import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { sandboxOrigins } from '../../src/sandbox/origins.ts';
import {
  abortLogin,
  closePages,
  startLab,
  startLogin,
  untilState,
  type CallReport,
  type Lab,
} from '../support/lab.ts';

let lab: Lab;
beforeAll(async () => void (lab = await startLab()));
afterEach(() => closePages(lab));
afterAll(() => lab.close());

interface Waiting {
  readonly page: Page;
  readonly prompt: Page;
  readonly report: () => Promise<CallReport>;
}

async function waitingForScan(): Promise<Waiting> {
  const page = await lab.openSite();
  const opening = lab.nextPrompt();
  const report = await startLogin(page);
  const prompt = await opening;
  await untilState(prompt, 'awaitingScan');
  return { page, prompt, report };
}

/** The front server's view of the newest session. */
const newest = () => lab.world.gateway.sessions().at(-1)?.state;
async function toldWithinASecond(): Promise<void> {
  await expect.poll(newest, { timeout: 1_000, interval: 20 }).toBe('cancelled');
}

describe('a session is cancelled through to the front server within a second', () => {
  it('when the page aborts it', async () => {
    const { page, prompt, report } = await waitingForScan();
    await abortLogin(page);
    await toldWithinASecond();
    expect(await report()).toMatchObject({ error: { code: 'REQUEST_ABORTED' } });
    await untilState(prompt, 'cancelled');
    await prompt.close();
  });

  it('when the bidder closes the window', async () => {
    const { prompt, report } = await waitingForScan();
    await prompt.close();
    await toldWithinASecond();
    expect(await report()).toMatchObject({ error: { code: 'USER_CANCELLED' } });
  });

  it('when the bidder presses cancel', async () => {
    const { prompt, report } = await waitingForScan();
    await prompt.getByRole('button', { name: '取消' }).click();
    await toldWithinASecond();
    expect(await report()).toMatchObject({ error: { code: 'USER_CANCELLED' } });
    await prompt.close();
  });

  it('when the tab is closed', async () => {
    const { page, prompt } = await waitingForScan();
    await page.close();
    await toldWithinASecond();
    await untilState(prompt, 'cancelled');
    await prompt.close();
  });

  it('when the page is left for another address', async () => {
    const { page, prompt } = await waitingForScan();
    await page.goto('about:blank');
    await toldWithinASecond();
    await prompt.close();
  });

  it('when the page is reloaded', async () => {
    const { page, prompt } = await waitingForScan();
    await page.reload();
    await toldWithinASecond();
    await prompt.close();
  });

  it('when the tab is closed after the phone has scanned, and the phone learns it', async () => {
    const { page, prompt } = await waitingForScan();
    const pending = await lab.scan(prompt);
    await page.close();
    await toldWithinASecond();
    await expect(lab.phone.confirm(pending, lab.subscriber.credential)).rejects.toMatchObject({
      code: 'ended',
    });
    await prompt.close();
  });
});

it('a page that comes back from the back/forward cache does not ask again', async () => {
  const { page, prompt } = await waitingForScan();
  await page.evaluate('globalThis.leftWaiting = true');
  await page.goto(`${sandboxOrigins.phone}/`);
  await toldWithinASecond();
  await prompt.close();
  const opens = lab.world.gateway.counts().open;
  await page.evaluate('setTimeout(() => history.back(), 0); null');
  await expect.poll(() => page.evaluate('globalThis.leftWaiting').catch(() => undefined)).toBe(true);
  expect(await page.evaluate('calls.login.call')).toMatchObject({ error: { code: 'PAGE_GONE' } });
  expect(lab.world.gateway.counts().open).toBe(opens);
});

it('a site that keeps asking after three dismissals is held back', async () => {
  const page = await lab.openSite(sandboxOrigins.site);
  for (const name of ['first', 'second', 'third']) {
    const opening = lab.nextPrompt();
    const report = await startLogin(page, { name });
    const prompt = await opening;
    await untilState(prompt, 'awaitingScan');
    await prompt.close();
    await report();
  }
  const opens = lab.world.gateway.counts().open;
  const report = await startLogin(page, { name: 'fourth' });
  expect(await report()).toMatchObject({ error: { code: 'TOO_MANY_DISMISSALS' } });
  expect(lab.world.gateway.counts().open).toBe(opens);
});
