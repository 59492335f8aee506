import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { closePages, startLab, startLogin, untilState, type CallReport, type Lab } from '../support/lab.ts';

let lab: Lab;
beforeAll(async () => void (lab = await startLab()));
afterEach(async () => {
  lab.world.gateway.setFaults([]);
  await closePages(lab);
});
afterAll(() => lab.close());

async function begin(platform: string | null = 'zhongzhao-hulian') {
  const page = await lab.openSite();
  const opening = lab.nextPrompt();
  const report = await startLogin(page, { platform });
  return { page, report, prompt: await opening };
}

/** Goes on from wherever the session is to a login. */
async function finish(prompt: Page, report: () => Promise<CallReport>): Promise<void> {
  await untilState(prompt, 'awaitingScan');
  const pending = await lab.scan(prompt);
  await lab.phone.confirm(pending, lab.subscriber.credential);
  expect(await report()).toMatchObject({ result: { businessId: pending.businessId } });
}

describe('a worker killed', () => {
  it('right after the page asked', async () => {
    const { prompt, report } = await begin();
    await lab.browser.killWorker();
    await finish(prompt, report);
  });

  it('while the bidder chooses a platform', async () => {
    const { prompt, report } = await begin(null);
    await untilState(prompt, 'awaitingConsent');
    await lab.browser.killWorker();
    await prompt.getByRole('radio', { name: /粤企签/ }).check();
    await finish(prompt, report);
  });

  it('while the front server opens the session, which it opens once', async () => {
    lab.world.gateway.setFaults([{ kind: 'slow', call: 'open', delayMs: 1_500 }]);
    const before = lab.world.gateway.sessions().length;
    const { prompt, report } = await begin();
    await untilState(prompt, 'preparing');
    await expect.poll(() => lab.world.gateway.counts().open).toBeGreaterThan(0);
    await lab.browser.killWorker();
    await finish(prompt, report);
    expect(lab.world.gateway.sessions()).toHaveLength(before + 1);
  });

  it('while the QR waits', async () => {
    const { prompt, report } = await begin();
    await untilState(prompt, 'awaitingScan');
    await lab.browser.killWorker();
    await finish(prompt, report);
  });

  it('while the phone asks for the PIN', async () => {
    const { prompt, report } = await begin();
    await untilState(prompt, 'awaitingScan');
    const pending = await lab.scan(prompt);
    await untilState(prompt, 'scanned');
    await lab.browser.killWorker();
    await lab.phone.confirm(pending, lab.subscriber.credential);
    expect(await report()).toMatchObject({ result: { businessId: pending.businessId } });
  });

  it('while the result is fetched', async () => {
    lab.world.gateway.setFaults([{ kind: 'slow', call: 'result', delayMs: 1_500 }]);
    const { prompt, report } = await begin();
    await untilState(prompt, 'awaitingScan');
    const pending = await lab.scan(prompt);
    await lab.phone.confirm(pending, lab.subscriber.credential);
    await untilState(prompt, 'confirmed');
    await lab.browser.killWorker();
    expect(await report()).toMatchObject({ result: { businessId: pending.businessId } });
  });

  it('while the page is too busy to take the result', async () => {
    const { page, prompt, report } = await begin();
    await untilState(prompt, 'awaitingScan');
    const pending = await lab.scan(prompt);
    await page.evaluate(
      `setTimeout(() => { const end = Date.now() + 3000; while (Date.now() < end); }, 0); null`,
    );
    await lab.phone.confirm(pending, lab.subscriber.credential);
    await untilState(prompt, 'completing');
    await lab.browser.killWorker();
    expect(await report()).toMatchObject({ result: { businessId: pending.businessId } });
  });

  it('after a failure, whose window still says what happened', async () => {
    lab.world.gateway.setFaults([{ kind: 'garbage', call: 'open' }]);
    const { prompt, report } = await begin();
    expect(await report()).toMatchObject({ error: { code: 'FRONT_SERVER_PROTOCOL' } });
    await untilState(prompt, 'failed');
    await lab.browser.killWorker();
    await untilState(prompt, 'failed');
    await prompt.close();
  });

  it('again and again', async () => {
    const { prompt, report } = await begin();
    for (let round = 0; round < 4; round += 1) {
      await untilState(prompt, 'awaitingScan');
      await lab.browser.worker();
      await lab.browser.killWorker();
    }
    await finish(prompt, report);
  });
});

it('a tab closed while the worker is dead is cancelled at the front server all the same', async () => {
  const { page, prompt } = await begin();
  await untilState(prompt, 'awaitingScan');
  await Promise.all([lab.browser.killWorker(), page.close()]);
  await expect.poll(() => lab.world.gateway.sessions().at(-1)?.state, { timeout: 10_000 }).toBe('cancelled');
  await prompt.close();
});
