import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  checkByPhone,
  encryptFiles,
  makeFiles,
  openOnPhone,
  returnedBytes,
  scanToOpen,
  startBid,
} from '../support/bid-calls.ts';
import { clientRemains } from '../support/client-processes.ts';
import { closePages, startLab, untilState, type Lab } from '../support/lab.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import { testBidder } from '../support/test-subscriber.ts';

let lab: Lab;
let page: Page;
beforeAll(async () => void (lab = await startLab()));
beforeEach(async () => void (page = await lab.openSite()));
afterEach(async () => {
  lab.world.gateway.setFaults([]);
  await closePages(lab);
  await nothingIsLeft();
});
afterAll(() => lab.close());

const nothingIsLeft = async () => expect(await clientRemains(lab.browser, 'encryption')).toEqual([]);

const decryptCall = (options = '') => `bridge.decrypt({ files: bidFiles, platform, ${options} }, options)`;
const checkCall = (options = '') => `bridge.readiness({ files: bidFiles, platform, ${options} }, options)`;
const rehearseCall = `bridge.rehearse({ files: bidFiles, platform }, options)`;
const sm3 = (bytes: Uint8Array) => createHash('sm3').update(bytes).digest('hex');

/** Encrypts files of this size in the page and keeps them there. */
async function encrypted(count = 1, bytes = 1_048_576) {
  await makeFiles(page, count, bytes);
  const { receipts } = await encryptFiles(lab, page);
  expect(receipts).toHaveLength(count);
  return receipts;
}

/** Changes one byte, at a distance from the end where that is negative, of some of the page's encrypted files. */
async function flip(indexes: readonly number[], offset: number): Promise<void> {
  await page.evaluate(`(async () => {
    for (const index of ${JSON.stringify(indexes)}) {
      const file = bidFiles[index];
      const bytes = new Uint8Array(await file.arrayBuffer());
      bytes.set([bytes.at(${offset}) ^ 1], (bytes.length + ${offset}) % bytes.length);
      bidFiles[index] = new File([bytes], file.name);
    }
  })()`);
}

describe('a phone that cannot open the files', () => {
  it('of another company is told so, and asked for nothing', async () => {
    await encrypted();
    const other = testBidder(lab.world.authority, { organisation: '他人测试有限公司' });
    const { prompt, report } = await startBid(lab, page, decryptCall());
    await scanToOpen(lab, prompt, other);
    expect(await report()).toMatchObject({ error: { code: 'BID_NOT_FOR_PHONE' } });
    await takeScreenshot(prompt, 'decrypt wrong phone');
  });

  it('whose certificate was reissued since is told so', async () => {
    await encrypted();
    const { prompt, report } = await startBid(lab, page, decryptCall());
    await scanToOpen(lab, prompt, lab.subscriber.renewed({ sameKey: false }));
    expect(await report()).toMatchObject({ error: { code: 'BID_CERTIFICATE_REPLACED' } });
  });

  it('without an encryption certificate is told so', async () => {
    await encrypted();
    const { prompt, report } = await startBid(lab, page, decryptCall());
    await scanToOpen(lab, prompt, lab.subscriber.withoutEncryption());
    expect(await report()).toMatchObject({ error: { code: 'RECIPIENT_NOT_FOR_ENCRYPTION' } });
  });

  it('and files that are none are refused before anybody scans', async () => {
    await makeFiles(page, 1, 4_096);
    const { report } = await startBid(lab, page, `bridge.decrypt({ files, platform }, options)`);
    expect(await report()).toMatchObject({ error: { code: 'BID_NOT_ENCRYPTED' } });
  });
});

describe('a bidder opens', () => {
  it('a file, and gets the very bytes and the name of before', async () => {
    const [receipt] = await encrypted();
    const { prompt, report } = await startBid(lab, page, decryptCall());
    await openOnPhone(lab, prompt);
    const { bids, error } = await report();
    expect(error).toBeUndefined();
    expect(bids).toMatchObject([{ ok: true, plain: receipt?.plain, warnings: [] }]);
    expect(sm3(await returnedBytes(page))).toBe(receipt?.plain.sm3);
    await untilState(prompt, 'succeeded');
    await takeScreenshot(prompt, 'decrypt done');
  });

  it('ten files with one scan, eight of which can be opened', async () => {
    const receipts = await encrypted(10, 300_000);
    await flip([3], -20);
    await flip([7], 15_000);
    const { prompt, report } = await startBid(lab, page, decryptCall());
    const pending = await scanToOpen(lab, prompt);
    const what = await lab.phone.untilToOpen(pending);
    await prompt.locator('.matching', { hasText: what.signingNumber }).first().waitFor();
    await takeScreenshot(prompt, 'decrypt ten signing');
    await lab.phone.open(pending, lab.subscriber.encryptionCredential, what.requests);
    const { bids, files } = await report();
    expect(bids.map(({ ok }) => ok)).toEqual([true, true, true, false, true, true, true, false, true, true]);
    expect(bids[3]).toMatchObject({ error: { code: 'BID_DAMAGED' } });
    expect(bids[7]).toMatchObject({ error: { code: 'BID_DAMAGED' } });
    expect(files.map(({ name }) => name)).toEqual(
      receipts.flatMap(({ plain }, index) => (index === 3 || index === 7 ? [] : [plain.name])),
    );
    await untilState(prompt, 'succeeded');
    await takeScreenshot(prompt, 'decrypt eight of ten');
  });

  it('with a certificate renewed with the same key', async () => {
    await encrypted();
    const { prompt, report } = await startBid(lab, page, decryptCall());
    await openOnPhone(lab, prompt, lab.subscriber.renewed({ sameKey: true }));
    expect((await report()).bids).toMatchObject([{ ok: true, warnings: ['CERTIFICATE_RENEWED'] }]);
  });

  it('into a place of their own', async () => {
    const [receipt] = await encrypted();
    const { prompt, report } = await startBid(lab, page, decryptCall(`deliver: 'user'`));
    await openOnPhone(lab, prompt);
    const saving = prompt.waitForEvent('download');
    const link = prompt.getByRole('link', { name: /^保存/ });
    expect(await link.getAttribute('download')).toBe('投标文件1.pdf');
    await link.click();
    expect(sm3(await readFile(await (await saving).path()))).toBe(receipt?.plain.sm3);
    const { bids, files } = await report();
    expect(bids).toMatchObject([{ ok: true, plain: receipt?.plain }]);
    expect(files).toEqual([]);
  });

  it('a plain EnvelopedData', async () => {
    await makeFiles(page, 1, 70_000);
    const { receipts } = await encryptFiles(lab, page, `format: 'enveloped'`);
    const { prompt, report } = await startBid(lab, page, decryptCall());
    await openOnPhone(lab, prompt);
    expect((await report()).error).toBeUndefined();
    expect(sm3(await returnedBytes(page))).toBe(receipts[0]?.plain.sm3);
  });

  it('nothing where the user cancels on the phone', async () => {
    await encrypted();
    const { prompt, report } = await startBid(lab, page, decryptCall());
    const pending = await scanToOpen(lab, prompt);
    await lab.phone.untilToOpen(pending);
    await lab.phone.refuse(pending);
    expect(await report()).toMatchObject({ error: { code: 'USER_REFUSED' } });
  });
});

describe('days before', () => {
  const verdicts = async (bidder = lab.subscriber, options = '') => {
    const { prompt, report } = await startBid(lab, page, checkCall(options));
    await checkByPhone(lab, prompt, bidder);
    const { bids, error } = await report();
    expect(error).toBeUndefined();
    await untilState(prompt, 'succeeded');
    return { prompt, bids };
  };

  it('the right phone is ready, without a PIN and without opening anything', async () => {
    await encrypted();
    const { prompt, bids } = await verdicts();
    expect(bids).toMatchObject([{ ok: true, warnings: [] }]);
    expect(bids[0]).not.toHaveProperty('plain');
    await takeScreenshot(prompt, 'check ready');
  });

  it('another phone, and a reissued certificate, are said to be unable', async () => {
    await encrypted();
    const other = testBidder(lab.world.authority, { organisation: '他人测试有限公司' });
    const wrong = await verdicts(other);
    expect(wrong.bids).toMatchObject([{ ok: false, error: { code: 'BID_NOT_FOR_PHONE' } }]);
    await takeScreenshot(wrong.prompt, 'check other phone');
    await wrong.prompt.close();
    const replaced = await verdicts(lab.subscriber.renewed({ sameKey: false }));
    expect(replaced.bids).toMatchObject([{ ok: false, error: { code: 'BID_CERTIFICATE_REPLACED' } }]);
    await takeScreenshot(replaced.prompt, 'check replaced');
  });

  it('a phone without an encryption certificate is answered no, like any other', async () => {
    await encrypted();
    const { bids } = await verdicts(lab.subscriber.withoutEncryption());
    expect(bids).toMatchObject([{ ok: false, error: { code: 'RECIPIENT_NOT_FOR_ENCRYPTION' } }]);
  });

  it('a certificate that ends before the opening is warned of', async () => {
    await encrypted();
    const far = `openingTime: new Date(Date.now() + 400 * 86_400_000)`;
    const { prompt, bids } = await verdicts(lab.subscriber, far);
    expect(bids).toMatchObject([{ ok: true, warnings: ['CERTIFICATE_ENDS_BEFORE_OPENING'] }]);
    await takeScreenshot(prompt, 'check ends before opening');
  });

  it('a damaged file is named although nobody could scan for it', async () => {
    await encrypted(2, 10_000);
    await flip([0, 1], 100);
    const { report } = await startBid(lab, page, checkCall());
    const { bids } = await report();
    expect(bids).toMatchObject([
      { ok: false, error: { code: 'BID_HEADER_DAMAGED' } },
      { ok: false, error: { code: 'BID_HEADER_DAMAGED' } },
    ]);
  });

  it('a rehearsal opens the envelope and checks every byte, and gives no file', async () => {
    const [receipt] = await encrypted();
    const { prompt, report } = await startBid(lab, page, rehearseCall);
    await openOnPhone(lab, prompt);
    const { bids, files } = await report();
    expect(bids).toMatchObject([{ ok: true, plain: receipt?.plain }]);
    expect(files).toEqual([]);
    await untilState(prompt, 'succeeded');
    await takeScreenshot(prompt, 'rehearsal passed');
  });

  it('a rehearsal of a file damaged in its middle fails by name', async () => {
    await encrypted();
    await flip([0], 600_000);
    const { prompt, report } = await startBid(lab, page, rehearseCall);
    await openOnPhone(lab, prompt);
    expect(await report()).toMatchObject({ error: { code: 'BID_DAMAGED' } });
  });
});
