import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sandboxOrigins } from '../../src/sandbox/origins.ts';
import { samplePdf } from '../../src/sandbox/trading-site/sample-pdf.ts';
import { confirmRecipient, scanToOpen } from '../support/bid-calls.ts';
import { clientRemains } from '../support/client-processes.ts';
import { closePages, startLab, untilState, type Lab } from '../support/lab.ts';
import { listedSignatures } from '../support/pdf-judges.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import { pickCompanySeal } from '../support/signing-calls.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';

let lab: Lab;
let folder: TemporaryFolder;
let page: Page;
beforeAll(async () => {
  lab = await startLab();
  folder = await createTemporaryFolder();
});
beforeEach(async () => void (page = await lab.browser.context.newPage()));
afterEach(() => closePages(lab));
afterAll(async () => {
  await lab.close();
  await folder.remove();
});

interface Wish {
  readonly task: 'login' | 'seal' | 'encrypt' | 'decrypt';
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly keys?: 'bare' | 'wrapped';
  readonly fault?: 'foreignHost' | 'silent';
}

/** Starts a task on the page that asks its own back end for the QR, and gives the window that shows it. */
async function begin({ task, files = [], keys = 'bare', fault }: Wish): Promise<Page> {
  const query = fault === undefined ? '' : `?fault=${fault}`;
  await page.goto(`${sandboxOrigins.site}/site-driver.html${query}`);
  await page.locator('[name=task]').selectOption(task);
  await page.locator('[name=keys]').selectOption(keys);
  const payloads = files.map(({ name, bytes }) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(bytes),
  }));
  await page.locator('[name=file]').setInputFiles(payloads);
  const opening = lab.nextPrompt();
  await page.getByRole('button', { name: '开始' }).click();
  return opening;
}

const untilDone = (words: string) => page.locator('[data-done]', { hasText: words }).waitFor();
const steps = () => page.locator('.flow-steps li').allTextContents();
const sm3 = (bytes: Uint8Array) => createHash('sm3').update(bytes).digest('hex');

async function failureCode(): Promise<string | null> {
  await page.locator('.failure').waitFor({ timeout: 45_000 });
  return page.locator('.failure').getAttribute('data-code');
}

/** The one file that the page offers, as it would be saved. */
async function savedFile(): Promise<{ name: string; bytes: Buffer }> {
  const link = page.locator('.finished a');
  const name = await link.getAttribute('download');
  const saving = page.waitForEvent('download');
  await link.click();
  const path = `${folder.path}/saved`;
  await (await saving).saveAs(path);
  return { name: name ?? '', bytes: await readFile(path) };
}

describe('what is not shown, or not waited for', () => {
  it('a QR that leads elsewhere', async () => {
    const prompt = await begin({ task: 'login', fault: 'foreignHost' });
    expect(await failureCode()).toBe('QR_HOST_FOREIGN');
    await untilState(prompt, 'failed');
    expect(await prompt.locator('.qr-code').count()).toBe(0);
    expect(lab.world.site.loggedIn()).toEqual([]);
    await takeScreenshot(prompt, 'site driver foreign host');
  });

  it('a page that never answers', async () => {
    const prompt = await begin({ task: 'login', fault: 'silent' });
    expect(await failureCode()).toBe('SITE_FLOW_TIMEOUT');
    await untilState(prompt, 'failed');
  });

  it('a login that the phone refuses', async () => {
    const prompt = await begin({ task: 'login' });
    await lab.phone.refuse(await lab.scan(prompt));
    expect(await failureCode()).toBe('USER_REFUSED');
  });

  it('a login that the page gives up, which the front server is told', async () => {
    const prompt = await begin({ task: 'login' });
    await untilState(prompt, 'awaitingScan');
    await page.getByRole('button', { name: '取消' }).click();
    await untilState(prompt, 'cancelled');
    await expect.poll(() => lab.world.gateway.sessions().at(-1)?.state).toBe('cancelled');
  });
});

describe('a bidder logs in by a QR of the site’s own back end', () => {
  it('and the site knows who it is, the extension does not', async () => {
    const prompt = await begin({ task: 'login' });
    await untilState(prompt, 'awaitingScan');
    await takeScreenshot(prompt, 'site driver login');
    await lab.phone.confirm(await lab.scan(prompt), lab.subscriber.credential);
    await untilDone('湛江测试建设有限公司');
    expect(lab.world.site.loggedIn().at(-1)?.organisation).toBe('湛江测试建设有限公司');
  });

  it('after the first one expired, by another', async () => {
    lab.world.gateway.setQrLifetime(5);
    const prompt = await begin({ task: 'login' });
    await untilState(prompt, 'expired');
    lab.world.gateway.setQrLifetime(120);
    await prompt.getByRole('button', { name: /刷新/ }).click();
    await untilState(prompt, 'awaitingScan');
    await lab.phone.confirm(await lab.scan(prompt), lab.subscriber.credential);
    await untilDone('湛江测试建设有限公司');
    expect(await steps()).toContain('已刷新二维码');
  });

  it('although the worker was killed while the QR waited', async () => {
    const prompt = await begin({ task: 'login' });
    await untilState(prompt, 'awaitingScan');
    const pending = await lab.scan(prompt);
    await lab.browser.killWorker();
    await lab.phone.confirm(pending, lab.subscriber.credential);
    await untilDone('湛江测试建设有限公司');
    expect((await steps()).filter((step) => step === '已取得二维码')).toHaveLength(1);
  });
});

describe('a bidder seals by a QR of the site’s own back end', () => {
  /** A sealing up to what the phone is to sign. */
  async function asked() {
    const files = [{ name: '投标文件.pdf', bytes: samplePdf('Bid', 2) }];
    const prompt = await begin({ task: 'seal', files });
    await untilState(prompt, 'awaitingScan');
    const pending = await lab.scanToSign(prompt);
    await lab.phone.identify(pending, lab.subscriber.identity);
    await untilState(prompt, 'arranging');
    await pickCompanySeal(prompt);
    await prompt.getByRole('button', { name: /放到第 1 页中间/ }).click();
    await prompt.getByRole('button', { name: '确认位置，到手机上签署' }).click();
    const { toBeSigned } = await lab.phone.untilToBeSigned(pending);
    return { prompt, sign: () => lab.phone.sign(pending, lab.subscriber.credential, toBeSigned) };
  }

  async function isSealed() {
    await untilDone('签章完成');
    expect(await page.locator('[data-verdict]').getAttribute('data-verdict')).toBe('valid');
    expect(await listedSignatures((await savedFile()).bytes)).toMatchObject([{ coversWholeFile: true }]);
    await expect.poll(() => clientRemains(lab.browser)).toEqual([]);
  }

  it('in the seven published steps', async () => {
    const { prompt, sign } = await asked();
    await takeScreenshot(prompt, 'site driver signing');
    await sign();
    await isSealed();
    const published = [
      '已取得二维码',
      '已取得扫码人身份',
      '已取得印章列表（2 枚）',
      '已上传待签数据，由平台计算摘要',
      '手机已确认',
      '已取得签名值，由客户端合成文件',
    ];
    expect((await steps()).filter((step) => published.includes(step))).toEqual(published);
    await takeScreenshot(page, 'site driver page');
  });

  it('although the worker was killed while the phone signed', async () => {
    const { sign } = await asked();
    await lab.browser.killWorker();
    await sign();
    await isSealed();
    expect((await steps()).filter((step) => step.startsWith('已上传待签数据'))).toHaveLength(1);
  });
});

describe.each(['bare', 'wrapped'] as const)('authorised decryption, keys %s', (keys) => {
  it('opens what was encrypted by the same page', async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    const encryption = await begin({ task: 'encrypt', files: [{ name: '投标文件.pdf', bytes }] });
    await confirmRecipient(lab, encryption);
    await untilDone('加密完成');
    const encrypted = await savedFile();
    expect(encrypted.name).toBe('投标文件.pdf.cabid');
    await encryption.close();

    const prompt = await begin({ task: 'decrypt', files: [encrypted], keys });
    const pending = await scanToOpen(lab, prompt);
    const { requests } = await lab.phone.untilToOpen(pending);
    await lab.phone.open(pending, lab.subscriber.encryptionCredential, requests);
    await untilDone('1 个文件中 1 个');
    const opened = await savedFile();
    expect(opened.name).toBe('投标文件.pdf');
    expect(sm3(opened.bytes)).toBe(sm3(bytes));
    expect((await steps()).slice(-3)).toEqual([
      '已上传数字信封（1 个）',
      '手机已确认',
      '已取回对称密钥，由客户端在本机解密',
    ]);
    await expect.poll(() => clientRemains(lab.browser, 'encryption')).toEqual([]);
  });
});
