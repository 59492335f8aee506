import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { closePages, startLab, untilState, type Lab } from '../support/lab.ts';
import { startSigning } from '../support/signing-calls.ts';
import { takeScreenshot } from '../support/screenshots.ts';

let lab: Lab;
beforeAll(async () => void (lab = await startLab()));
afterEach(() => closePages(lab));
afterAll(() => lab.close());

it('signs a text that the bidder has read', async () => {
  const page = await lab.openSite();
  const opening = lab.nextPrompt();
  const report = await startSigning(
    page,
    `bridge.signMessage({ text: '我方确认参加投标。', form: 'attached' }, options)`,
  );
  const prompt = await opening;
  await prompt.getByRole('radio', { name: /中招互连/ }).check();
  await untilState(prompt, 'awaitingScan');
  await takeScreenshot(prompt, 'message awaitingScan');
  const pending = await lab.scanToSign(prompt);
  await lab.signOnPhone(pending);
  const { files, states } = await report();
  expect(states).toContain('signing');
  expect(files[0]?.name).toBe('message.txt.p7s');
});
