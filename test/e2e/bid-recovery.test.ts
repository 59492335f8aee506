import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  areSame,
  confirmRecipient,
  encryptFiles,
  giveDiskFile,
  openOnPhone,
  scanToOpen,
  startBid,
  type BidCall,
} from '../support/bid-calls.ts';
import { clientLog, clientProcesses, clientRemains } from '../support/client-processes.ts';
import { closePages, startLab, untilState, type Lab } from '../support/lab.ts';
import { takeScreenshot } from '../support/screenshots.ts';

let lab: Lab;
let page: Page;
let big: string;
beforeAll(async () => {
  lab = await startLab();
  big = join(lab.browser.profileFolder, 'bid.pdf');
  const file = await open(big, 'w');
  for (let written = 0; written < 192; written += 1) await file.write(randomBytes(1_048_576));
  await file.close();
});
afterEach(() => closePages(lab));
afterAll(async () => {
  await rm(big, { force: true });
  await lab.close();
});

const nothingIsLeft = async () => expect(await clientRemains(lab.browser, 'encryption')).toEqual([]);
const encryptCall = `bridge.encrypt({ files, platform }, options)`;
const decryptCall = `bridge.decrypt({ files: bidFiles, platform }, options)`;

/** A page with the big file, and it encrypted. */
async function withEncrypted(): Promise<void> {
  page = await lab.openSite();
  await giveDiskFile(page, big);
  expect((await encryptFiles(lab, page)).error).toBeUndefined();
}

/** Resolves when the window says that the client is at work and has come some way. */
async function untilHalfway(prompt: Page): Promise<void> {
  await untilState(prompt, 'confirmed');
  await prompt.waitForFunction(() => {
    const bar = document.querySelector('progress');
    const part = bar === null ? 0 : bar.value / bar.max;
    return part >= 0.15 && part < 0.95;
  });
}

async function killClient(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
  const [client] = clientProcesses(lab.browser, 'encryption');
  if (client === undefined) throw new Error('no client');
  process.kill(client, signal);
}

describe('cancelled midway', () => {
  it('an encryption leaves neither process nor file', async () => {
    page = await lab.openSite();
    await giveDiskFile(page, big);
    const { prompt, report } = await startBid(lab, page, encryptCall);
    await confirmRecipient(lab, prompt);
    await untilHalfway(prompt);
    await prompt.getByRole('button', { name: '取消' }).click();
    expect(await report()).toMatchObject({ error: { code: 'USER_CANCELLED' } });
    await nothingIsLeft();
  });

  it('an opening leaves neither process nor file', async () => {
    await withEncrypted();
    const { prompt, report } = await startBid(lab, page, decryptCall);
    await openOnPhone(lab, prompt);
    await untilHalfway(prompt);
    await page.evaluate('bidCall.controller.abort()');
    expect(await report()).toMatchObject({ error: { code: 'REQUEST_ABORTED' } });
    await nothingIsLeft();
  });
});

describe('an encryption goes on', () => {
  it.each(['the worker', 'the client'] as const)(
    'without another scan when %s is killed midway',
    async (who) => {
      page = await lab.openSite();
      await giveDiskFile(page, big);
      const { prompt, report } = await startBid(lab, page, encryptCall);
      await confirmRecipient(lab, prompt);
      await untilHalfway(prompt);
      await (who === 'the worker' ? lab.browser.killWorker() : killClient());
      expect(await report()).toMatchObject({ receipts: [{ plain: { name: 'bid.pdf' } }] });
      await nothingIsLeft();
      await prompt.close();
      const again = await startBid(lab, page, decryptCall);
      await openOnPhone(lab, again.prompt);
      expect((await again.report()).error).toBeUndefined();
      expect(await areSame(page, 'files[0]', 'bidFiles[0]')).toBe(true);
      await nothingIsLeft();
    },
  );
});

describe('an opening goes on after one more scan', () => {
  async function finish({ prompt, report }: BidCall): Promise<void> {
    await untilState(prompt, 'awaitingScan');
    await takeScreenshot(prompt, 'decrypt scan again');
    await openOnPhone(lab, prompt);
    expect((await report()).error).toBeUndefined();
    expect(await areSame(page, 'files[0]', 'bidFiles[0]')).toBe(true);
    await nothingIsLeft();
  }

  it('when the worker is killed midway', async () => {
    await withEncrypted();
    const call = await startBid(lab, page, decryptCall);
    await openOnPhone(lab, call.prompt);
    await untilHalfway(call.prompt);
    await lab.browser.killWorker();
    await finish(call);
  });

  it('when the client is killed midway, and not from the beginning', async () => {
    await withEncrypted();
    const before = (await clientLog(lab.browser, 'encryption')).length;
    const call = await startBid(lab, page, decryptCall);
    await openOnPhone(lab, call.prompt);
    await untilHalfway(call.prompt);
    await killClient();
    await finish(call);
    const events = (await clientLog(lab.browser, 'encryption')).slice(before);
    const adopted = events.flatMap((event) => (event.event === 'adopted' ? [event.files] : []));
    expect(adopted).toEqual([1]);
  });

  it('when the client is killed while the phone shows the number', async () => {
    await withEncrypted();
    const call = await startBid(lab, page, decryptCall);
    const pending = await scanToOpen(lab, call.prompt);
    await lab.phone.untilToOpen(pending);
    await killClient();
    await finish(call);
  });
});
