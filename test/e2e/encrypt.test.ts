import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toBase64 } from '../../src/lib/bytes.ts';
import { confirmRecipient, makeFiles, returnedBytes, startBid } from '../support/bid-calls.ts';
import { openBid } from '../support/bid-reference.ts';
import { clientRemains } from '../support/client-processes.ts';
import { openEnvelopeByOpenssl } from '../support/cms-judges.ts';
import { closePages, startLab, untilState, type Lab } from '../support/lab.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import { testBidder, type TestSubscriber } from '../support/test-subscriber.ts';

let lab: Lab;
let page: Page;
beforeAll(async () => void (lab = await startLab()));
afterEach(async () => {
  lab.world.gateway.setFaults([]);
  await closePages(lab);
  await nothingIsLeft();
});
afterAll(() => lab.close());

const nothingIsLeft = async () => expect(await clientRemains(lab.browser, 'encryption')).toEqual([]);

const encryptCall = (options = '') => `bridge.encrypt({ files, platform, ${options} }, options)`;

/** A page with files of these sizes, asking to encrypt them. */
async function ask(options = '', count = 1, bytes = 1_048_576) {
  page = await lab.openSite();
  await makeFiles(page, count, bytes);
  return startBid(lab, page, encryptCall(options));
}

/** Scans with this subscriber's phone. */
async function handOver(prompt: Page, { bidIdentity }: TestSubscriber): Promise<void> {
  await untilState(prompt, 'awaitingScan');
  await lab.phone.identifyForBid(await lab.scanToEncrypt(prompt), bidIdentity);
}

/** SM3 of the page's own file. */
async function sm3OfInput(index = 0): Promise<string> {
  const base64 = await page.evaluate<string>(`new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.readAsDataURL(files[${index}]);
  })`);
  return createHash('sm3').update(Buffer.from(base64, 'base64')).digest('hex');
}

describe('a certificate that must not be encrypted to', () => {
  it.each([
    ['there is none, only a signing certificate', 'none', 'RECIPIENT_NOT_FOR_ENCRYPTION'],
    ['it is for signing', 'wrongUsage', 'RECIPIENT_NOT_FOR_ENCRYPTION'],
    ['it has expired', 'expired', 'RECIPIENT_EXPIRED'],
    ['another authority issued it', 'untrusted', 'RECIPIENT_UNTRUSTED'],
  ] as const)('%s', async (_name, defect, code) => {
    const { authority } = lab.world;
    const bidder =
      defect === 'none'
        ? lab.subscriber.withoutEncryption()
        : testBidder(authority, { encryption: { defect } });
    const anchors = JSON.stringify([toBase64(authority.root)]);
    const { prompt, report } = await ask(`trustAnchors: ${anchors}`);
    await handOver(prompt, bidder);
    expect(await report()).toMatchObject({ error: { code }, files: [] });
    await takeScreenshot(prompt, `encrypt refused ${defect}`);
  });

  it('a centre’s certificate that cannot be read is refused before anything is encrypted', async () => {
    const { prompt, report } = await ask(`recipients: ['AAAA']`);
    await handOver(prompt, lab.subscriber);
    expect(await report()).toMatchObject({ error: { code: 'RECIPIENT_UNREADABLE' } });
  });
});

it('a request that is cancelled before the consent encrypts nothing', async () => {
  const { prompt, report } = await ask();
  await handOver(prompt, lab.subscriber);
  await prompt.getByRole('button', { name: '用此证书加密' }).waitFor();
  await prompt.getByRole('button', { name: '取消' }).click();
  expect(await report()).toMatchObject({ error: { code: 'USER_CANCELLED' } });
});

describe('a bidder encrypts', () => {
  it('a file to the certificate on the phone and to the centre, and gets a receipt', async () => {
    const { centre } = lab.world;
    const further = JSON.stringify([toBase64(centre.encryption.certificate)]);
    const { prompt, report } = await ask(`recipients: ${further}`);
    const sm3 = await sm3OfInput();
    await handOver(prompt, lab.subscriber);
    await prompt.locator('[data-recipient="further"]').waitFor();
    await takeScreenshot(prompt, 'encrypt recipient');
    await prompt.getByRole('button', { name: '用此证书加密' }).click();
    const { error, receipts, files } = await report();
    expect(error).toBeUndefined();
    await untilState(prompt, 'succeeded');
    await takeScreenshot(prompt, 'encrypt receipt');
    const bytes = await returnedBytes(page);
    const cipher = createHash('sm3').update(bytes).digest('hex');
    expect(receipts).toMatchObject([
      {
        site: 'https://ggzy.zhanjiang.gov.cn',
        format: 'bid',
        plain: { name: '投标文件1.pdf', size: 1_048_576, sm3 },
        cipher: { name: '投标文件1.pdf.cabid', size: bytes.length, sm3: cipher },
      },
    ]);
    expect(receipts[0]?.recipients.map(({ name }) => name)).toEqual([
      '湛江测试建设有限公司',
      '湛江市公共资源交易中心（测试）',
    ]);
    expect(files).toEqual([{ name: '投标文件1.pdf.cabid', size: bytes.length }]);
    for (const reader of [lab.subscriber.encryptionCredential, centre.encryption]) {
      const opened = openBid(bytes, reader);
      expect(createHash('sm3').update(opened.plain).digest('hex')).toBe(sm3);
      expect(opened.name).toBe('投标文件1.pdf');
    }
  });

  it('ten files by one scan', async () => {
    const { prompt, report } = await ask('', 10, 100_000);
    await confirmRecipient(lab, prompt);
    const { receipts, files } = await report();
    expect(files).toHaveLength(10);
    expect(new Set(receipts.map(({ cipher }) => cipher.sm3)).size).toBe(10);
    await untilState(prompt, 'succeeded');
    await takeScreenshot(prompt, 'encrypt ten receipts');
  });

  it('a plain EnvelopedData of GM/T 0010, which openssl opens', async () => {
    const { prompt, report } = await ask(`format: 'enveloped'`, 1, 100_001);
    const sm3 = await sm3OfInput();
    await confirmRecipient(lab, prompt);
    expect((await report()).error).toBeUndefined();
    const { privateKey, certificate } = lab.subscriber.encryptionCredential;
    const content = await openEnvelopeByOpenssl(await returnedBytes(page), { privateKey, certificate });
    expect(createHash('sm3').update(content).digest('hex')).toBe(sm3);
  });

  it('an empty file', async () => {
    const { prompt, report } = await ask('', 1, 0);
    await confirmRecipient(lab, prompt);
    expect((await report()).receipts).toMatchObject([{ plain: { size: 0 } }]);
    const opened = openBid(await returnedBytes(page), lab.subscriber.encryptionCredential);
    expect(opened.plain).toHaveLength(0);
  });

  it('into a place of their own, which the page is told of and does not get', async () => {
    const { prompt, report } = await ask(`deliver: 'user'`);
    await confirmRecipient(lab, prompt);
    await takeScreenshot(prompt, 'encrypt saving');
    const saving = prompt.waitForEvent('download');
    await prompt.getByRole('link', { name: /^保存/ }).click();
    const path = await (await saving).path();
    const { receipts, files } = await report();
    expect(files).toEqual([]);
    expect(
      createHash('sm3')
        .update(await readFile(path))
        .digest('hex'),
    ).toBe(receipts[0]?.cipher.sm3);
  });

  it('is warned of a certificate that ends before the opening, and may go on', async () => {
    const bidder = testBidder(lab.world.authority, { encryption: { endsInDays: 3 } });
    const { prompt, report } = await ask(`openingTime: new Date(Date.now() + 5 * 86_400_000)`);
    await handOver(prompt, bidder);
    const button = prompt.getByRole('button', { name: '仍用此证书加密' });
    await button.waitFor();
    await takeScreenshot(prompt, 'encrypt certificate ends before opening');
    await button.click();
    expect((await report()).receipts).toHaveLength(1);
  });
});

it('keeps the receipt in the browser', async () => {
  const { prompt, report } = await ask();
  await confirmRecipient(lab, prompt);
  const { receipts } = await report();
  const worker = await lab.browser.worker();
  const kept = () =>
    worker.evaluate(
      () =>
        new Promise<string[]>((resolve, reject) => {
          const opening = indexedDB.open('ca-bridge');
          opening.onerror = () => reject(new Error('no store'));
          opening.onsuccess = () => {
            const asking = opening.result.transaction('receipts').objectStore('receipts').getAllKeys();
            asking.onsuccess = () => resolve(asking.result.map(String));
          };
        }),
    );
  // It is kept once the page has it.
  await expect.poll(kept).toContain(receipts[0]?.id);
});
