import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { sandboxOrigins } from '../../src/sandbox/origins.ts';
import { fieldOrigin, closePages, startLab, startLogin, untilState, type Lab } from '../support/lab.ts';
import { readQrFromScreenshot } from '../support/qr-from-screenshot.ts';
import { takeScreenshot } from '../support/screenshots.ts';

let lab: Lab;
beforeAll(async () => void (lab = await startLab()));
afterEach(() => closePages(lab));
afterAll(() => lab.close());

async function begin(origin: string) {
  const page = await lab.openSite(origin);
  const opening = lab.nextPrompt();
  const report = await startLogin(page);
  const prompt = await opening;
  await untilState(prompt, 'awaitingScan');
  return { page, report, prompt };
}

it('two tabs of two sites each have a window and a QR of their own, and each gets its own token', async () => {
  const first = await begin(fieldOrigin);
  const second = await begin(sandboxOrigins.site);
  expect(readQrFromScreenshot(await first.prompt.screenshot())).not.toBe(
    readQrFromScreenshot(await second.prompt.screenshot()),
  );
  await takeScreenshot(first.prompt, 'prompt with another request waiting');

  const secondPending = await lab.scan(second.prompt);
  const firstPending = await lab.scan(first.prompt);
  expect([firstPending.origin, secondPending.origin]).toEqual([fieldOrigin, sandboxOrigins.site]);
  await lab.phone.confirm(secondPending, lab.subscriber.credential);
  await lab.phone.confirm(firstPending, lab.subscriber.credential);
  expect(await first.report()).toMatchObject({ result: { businessId: firstPending.businessId } });
  expect(await second.report()).toMatchObject({ result: { businessId: secondPending.businessId } });
});

it('two tabs of one site do not disturb each other when one is cancelled', async () => {
  const first = await begin(fieldOrigin);
  const second = await begin(fieldOrigin);
  await first.page.close();
  await untilState(first.prompt, 'cancelled');
  const pending = await lab.scan(second.prompt);
  await lab.phone.confirm(pending, lab.subscriber.credential);
  expect(await second.report()).toMatchObject({ result: { businessId: pending.businessId } });
});

it('a second request of the same page is refused while the first waits', async () => {
  const { page, prompt, report } = await begin(fieldOrigin);
  const second = await startLogin(page, { name: 'second' });
  expect(await second()).toMatchObject({ error: { code: 'SESSION_BUSY' } });
  await untilState(prompt, 'awaitingScan');
  await prompt.close();
  await report();
});
