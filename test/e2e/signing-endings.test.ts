import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { samplePdf } from '../../src/sandbox/trading-site/sample-pdf.ts';
import { writePaddedPdf } from '../bench/padded-pdf.ts';
import { clientRemains, signatureClients } from '../support/client-processes.ts';
import { whileReading, whileStarting } from '../support/frozen-client.ts';
import { closePages, startLab, untilState, type Lab } from '../support/lab.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import {
  pickCompanySeal,
  startMessage,
  startSealing,
  type Sealing,
  type Signing,
} from '../support/signing-calls.ts';

let lab: Lab;
let bigPdf: string;
beforeAll(async () => {
  lab = await startLab();
  bigPdf = join(lab.browser.profileFolder, 'big.pdf');
  await writePaddedPdf(bigPdf, 160);
});
afterEach(async () => {
  lab.world.gateway.setFaults([]);
  await closePages(lab);
});
afterAll(() => lab.close());

const places = `[{ kind: 'keyword', text: 'SEAL HERE' }]`;
const bid = () => ({ name: '投标文件.pdf', bytes: samplePdf('Bid', 2) });
const newest = () => lab.world.gateway.sessions().at(-1)?.state;
const untilNothingIsLeft = async () => expect(await clientRemains(lab.browser)).toEqual([]);

/** A sealing whose places are confirmed. */
async function confirmed(): Promise<Sealing> {
  const sealing = await startSealing(lab, [bid()], { places });
  await pickCompanySeal(sealing.prompt);
  await sealing.prompt.getByRole('button', { name: '确认位置，到手机上签署' }).click();
  await untilState(sealing.prompt, 'signing');
  return sealing;
}

describe('a page that goes, in any state, ends the session', () => {
  const leave: readonly (readonly [string, (page: Page) => Promise<unknown>])[] = [
    ['closes', (page) => page.close()],
    ['goes elsewhere', (page) => page.goto('about:blank')],
    ['reloads', (page) => page.reload()],
  ];

  it('closed while the client reads', async () => {
    const { page, prompt, client } = await whileReading(lab, bigPdf);
    await page.close();
    process.kill(client, 'SIGCONT');
    await untilState(prompt, 'cancelled');
    await untilNothingIsLeft();
  });

  it('closed while the client hangs before it has said hello: it is killed', async () => {
    const { page, prompt } = await whileStarting(lab, bigPdf);
    await page.close();
    await untilState(prompt, 'cancelled');
    await untilNothingIsLeft();
  });

  it('closed while the client hangs: it is killed, and the next one sweeps what it left', async () => {
    const { page, prompt } = await whileReading(lab, bigPdf);
    await page.close();
    await untilState(prompt, 'cancelled');
    await expect.poll(() => signatureClients(lab.browser), { timeout: 5_000 }).toEqual([]);
    await prompt.close();
    const next = await startMessage(lab);
    await untilState(next.prompt, 'awaitingScan');
    await next.page.close();
    await untilNothingIsLeft();
  });

  it.each(leave)('that %s while the bidder places the seal', async (_how, go) => {
    const { page, prompt } = await startSealing(lab, [bid()], { places });
    await go(page);
    await untilState(prompt, 'cancelled');
    await expect.poll(newest).toBe('cancelled');
    await untilNothingIsLeft();
    await takeScreenshot(prompt, 'page gone while arranging');
  });

  it('closed while the phone has what is to be signed, and the phone learns it', async () => {
    const { page, prompt, pending } = await confirmed();
    const { toBeSigned } = await lab.phone.untilToBeSigned(pending);
    await page.close();
    await untilState(prompt, 'cancelled');
    await expect.poll(newest).toBe('cancelled');
    await expect(lab.phone.sign(pending, lab.subscriber.credential, toBeSigned)).rejects.toMatchObject({
      code: 'ended',
    });
    await untilNothingIsLeft();
  });

  it('closed while the signatures are fetched', async () => {
    lab.world.gateway.setFaults([{ kind: 'hang', call: 'result' }]);
    const sealing = await confirmed();
    const { toBeSigned } = await lab.phone.untilToBeSigned(sealing.pending);
    await lab.phone.sign(sealing.pending, lab.subscriber.credential, toBeSigned);
    await untilState(sealing.prompt, 'confirmed');
    await sealing.page.close();
    await untilState(sealing.prompt, 'cancelled');
    await untilNothingIsLeft();
  });
});

describe('who ends a session is told apart', () => {
  // A new worker has forgotten whom the bidder dismissed: a site may not be dismissed more than three times.
  beforeEach(() => lab.browser.killWorker());

  const abort = ({ page }: Signing) => page.evaluate('signing.controller.abort()');
  const closeWindow = ({ prompt }: Signing) => prompt.close();
  const press = ({ prompt }: Signing) => prompt.getByRole('button', { name: '取消' }).click();

  it.each([
    ['the page aborts', 'REQUEST_ABORTED', abort],
    ['the bidder closes the window', 'USER_CANCELLED', closeWindow],
    ['the bidder presses cancel', 'USER_CANCELLED', press],
  ] as const)('%s while the phone has what is to be signed', async (_what, code, how) => {
    const sealing = await confirmed();
    await how(sealing);
    expect(await sealing.report()).toMatchObject({ error: { code }, files: [] });
    await expect.poll(newest).toBe('cancelled');
    await untilNothingIsLeft();
  });

  it.each([
    ['the page aborts', 'REQUEST_ABORTED', abort],
    ['the bidder closes the window', 'USER_CANCELLED', closeWindow],
    ['the bidder presses cancel', 'USER_CANCELLED', press],
  ] as const)('%s while the client reads', async (_what, code, how) => {
    const signing = await whileReading(lab, bigPdf);
    await how(signing);
    process.kill(signing.client, 'SIGCONT');
    expect(await signing.report()).toMatchObject({ error: { code }, files: [] });
    await untilNothingIsLeft();
  });
});
