import { encodeQR } from 'qr';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { parseCertificate } from '../../src/gm/certificate.ts';
import { fromBase64, toHex } from '../../src/lib/bytes.ts';
import { platformEnvironment } from '../../src/extension/background/platform-transport.ts';
import type { DocumentsRequest, OpeningRequest, RelayHandle } from '../../src/platforms/platform.ts';
import { zhongzhaoHulian as platform } from '../../src/platforms/zhongzhao-hulian/zhongzhao-hulian.ts';
import { sandboxOrigins } from '../../src/sandbox/origins.ts';
import {
  clientKey,
  contentKeyOf,
  encryptionRequest,
  never,
  openingRequest,
  requestsFor,
  unwrap,
} from '../contract/bids-bench.ts';
import { startLab, type Lab } from '../support/lab.ts';
import { takeScreenshot } from '../support/screenshots.ts';

const company = '粤西示例市政工程有限公司';
const pin = '246813';

let lab: Lab;
let phone: Page;
beforeAll(async () => {
  lab = await startLab({ extension: 'none', clients: false });
});
afterEach(() => phone.close());
afterAll(() => lab.close());

/** The computer's side without a browser: the bridge's own platform code. */
function environment() {
  const real = platformEnvironment(sandboxOrigins.frontServers['zhongzhao-hulian']);
  const here = `http://127.0.0.1:${lab.world.ports.frontServer}`;
  const http: typeof real.http = (request, signal) =>
    real.http({ ...request, url: request.url.replace(sandboxOrigins.frontServer, here) }, signal);
  return { ...real, http };
}

/** A phone on which a test certificate was just enrolled, with or without its encryption half. */
async function enrolledPhone({ signingOnly = false } = {}): Promise<void> {
  phone = await lab.openSite(sandboxOrigins.phone);
  await phone.setViewportSize({ width: 412, height: 892 });
  await phone.evaluate('localStorage.clear()');
  await phone.reload();
  await phone.getByLabel('企业名称').selectOption(company);
  await phone.getByLabel('设置 PIN（6 位数字）').fill(pin);
  await phone.getByLabel('再输入一次 PIN').fill(pin);
  if (signingOnly) await phone.getByRole('checkbox', { name: /只办签名证书/ }).check();
  await takeScreenshot(phone, `phone enrol ${signingOnly ? 'signing only' : 'pair'}`);
  await phone.getByRole('button', { name: '生成密钥并办理' }).click();
  await phone.getByRole('button', { name: '扫一扫' }).waitFor();
}

/** Opens the request at the front server and shows the phone its QR. */
async function scanned(request: DocumentsRequest): Promise<RelayHandle> {
  const handle = await platform.open(request, crypto.randomUUID(), environment(), never);
  const buffer = Buffer.from(encodeQR(handle.qr, 'gif', { scale: 6, border: 4 }));
  await phone.locator('input[type=file]').setInputFiles({ name: 'qr.gif', mimeType: 'image/gif', buffer });
  await phone.getByRole('button', { name: '是，继续' }).waitFor();
  expect(await phone.locator('.matching .number').innerText()).toBe(handle.matchingNumber);
  return handle;
}

const agree = () => phone.getByRole('button', { name: '是，继续' }).click();
const home = () => phone.getByRole('button', { name: '返回首页' }).click();
const stateNow = () => lab.world.gateway.sessions().at(-1)?.state;
const identityOf = (handle: RelayHandle, request: DocumentsRequest) =>
  platform.identity(handle, request, environment(), never);

/** The encryption certificate of the phone, as it hands it over for an encryption. */
async function handedOverCertificate(): Promise<Uint8Array> {
  const handle = await scanned(encryptionRequest);
  await agree();
  await phone.getByText('证书已交给电脑').waitFor();
  const { encryptionCertificate = '' } = await identityOf(handle, encryptionRequest);
  await home();
  return fromBase64(encryptionCertificate);
}

/** Has the phone open one envelope to each of `certificates`: gives what the client could read, up to the PIN's end. */
async function openedOnPhone(request: OpeningRequest, certificates: readonly Uint8Array[], typed = pin) {
  const handle = await scanned(request);
  await takeScreenshot(phone, `phone ${request.purpose} confirm`);
  await agree();
  await phone.getByRole('heading', { name: '请在电脑上继续' }).waitFor();
  const identity = await identityOf(handle, request);
  const requests = certificates.flatMap((certificate, index) =>
    requestsFor(certificate, request.documents.slice(index, index + 1)),
  );
  const number = await platform.submit(handle, request, requests, environment(), never);
  await phone.getByRole('heading', { name: '再核对一次数字' }).waitFor();
  expect(await phone.locator('.matching .number').innerText()).toBe(number);
  await takeScreenshot(phone, `phone ${request.purpose} number`);
  await agree();
  await phone.getByLabel(request.purpose === 'open' ? '输入 PIN 确认解密' : '输入 PIN 确认演练').fill(typed);
  return async () => {
    const keys = await platform.keys(handle, request, identity, requests.length, environment(), never);
    return keys.map((key) => (key === null ? null : unwrap(clientKey, key)));
  };
}

const keysOf = (request: OpeningRequest) =>
  request.documents.map((document) => toHex(contentKeyOf(document)));

describe('a phone asked for its encryption certificate', () => {
  it('shows whose it is and for what, and hands it over without a PIN', async () => {
    await enrolledPhone();
    const handle = await scanned(encryptionRequest);
    const shown = await phone.locator('main').innerText();
    await takeScreenshot(phone, 'phone encrypt confirm');
    await agree();
    await phone.getByText('证书已交给电脑').waitFor();
    await takeScreenshot(phone, 'phone encrypt done');
    const { encryptionCertificate = '' } = await identityOf(handle, encryptionRequest);
    const { serialNumber } = parseCertificate(fromBase64(encryptionCertificate));
    for (const text of ['加密确认', company, serialNumber, encryptionRequest.origin]) {
      expect(shown).toContain(text);
    }
    for (const { name } of encryptionRequest.documents) expect(shown).toContain(name);
    expect(stateNow()).toBe('identified');
  });

  it('opens nothing when it is only asked whether it could', async () => {
    await enrolledPhone();
    await scanned(openingRequest('check'));
    await phone.getByRole('heading', { name: '查能否解密' }).waitFor();
    await takeScreenshot(phone, 'phone check confirm');
    await agree();
    await phone.getByText('没有解密任何文件').waitFor();
    expect(stateNow()).toBe('identified');
  });

  it('says that it has none, to its user and to the computer', async () => {
    await enrolledPhone({ signingOnly: true });
    await takeScreenshot(phone, 'phone home signing only');
    const request = openingRequest();
    const handle = await scanned(request);
    await phone.getByText('这部手机没有加密证书').waitFor();
    await takeScreenshot(phone, 'phone open without encryption certificate');
    await agree();
    await phone.getByRole('heading', { name: '没有加密证书' }).waitFor();
    expect(await identityOf(handle, request)).not.toHaveProperty('encryptionCertificate');
  });

  it('gives nothing when its user refuses', async () => {
    await enrolledPhone();
    await scanned(encryptionRequest);
    await phone.getByRole('button', { name: '不是，拒绝' }).click();
    await phone.getByText('已拒绝加密').waitFor();
    await expect.poll(stateNow).toBe('refused');
  });
});

describe('a phone asked to open', () => {
  it.each(['rehearse', 'open'] as const)('opens after number and PIN, and says so: %s', async (purpose) => {
    await enrolledPhone();
    const certificate = await handedOverCertificate();
    const request = openingRequest(purpose);
    const keys = await openedOnPhone(request, [certificate, certificate]);
    await phone.getByRole('heading', { name: /密钥已解开/ }).waitFor();
    await takeScreenshot(phone, `phone ${purpose} done`);
    expect(await keys()).toEqual(keysOf(request));
  });

  it('opens what it can of several files, and tells how many', async () => {
    await enrolledPhone();
    const request = openingRequest();
    const certificates = [lab.subscriber.pair.encryption, await handedOverCertificate()];
    const keys = await openedOnPhone(request, certificates);
    await phone.getByText('2 个文件中解开了 1 个').waitFor();
    await takeScreenshot(phone, 'phone open partly');
    expect(await keys()).toEqual([null, keysOf(request)[1]]);
  });

  it('says that it cannot, for files of another phone', async () => {
    await enrolledPhone();
    await openedOnPhone(openingRequest(), [lab.subscriber.pair.encryption]);
    await phone.getByRole('heading', { name: '这部手机打不开这些文件' }).waitFor();
    await takeScreenshot(phone, 'phone open another phone’s files');
    expect(stateNow()).toBe('refused');
  });

  it('opens nothing after three wrong PINs', async () => {
    await enrolledPhone();
    const certificate = await handedOverCertificate();
    await openedOnPhone(openingRequest(), [certificate], '000000');
    await phone.getByText('PIN 不正确，还可以试 2 次').waitFor();
    const field = phone.getByLabel('输入 PIN 确认解密');
    await field.fill('000000');
    await phone.getByText('PIN 不正确，还可以试 1 次').waitFor();
    await field.fill('000000');
    await phone.getByText('PIN 已锁定').waitFor();
    await expect.poll(stateNow).toBe('refused');
  });
});

describe('the renewal of an encryption certificate', () => {
  it('needs the PIN', async () => {
    await enrolledPhone();
    const certificate = await handedOverCertificate();
    await phone.getByRole('button', { name: '加密证书续期、换发' }).click();
    await phone.getByLabel('输入 PIN').fill('000000');
    await phone.getByRole('button', { name: '办理' }).click();
    await phone.getByText('PIN 不正确').waitFor();
    await phone.getByRole('button', { name: '取消' }).click();
    expect(toHex(await handedOverCertificate())).toBe(toHex(certificate));
  });

  async function renew(choice: string): Promise<void> {
    await phone.getByRole('button', { name: '加密证书续期、换发' }).click();
    await phone.getByRole('radio', { name: choice }).check();
    await phone.getByLabel('输入 PIN').fill(pin);
    await takeScreenshot(phone, 'phone renewal');
    await phone.getByRole('button', { name: '办理' }).click();
    await phone.getByText('已办理加密证书').waitFor();
    await home();
  }

  it('leaves what was encrypted before openable, if the key is the same', async () => {
    await enrolledPhone();
    const before = await handedOverCertificate();
    await renew('续期：密钥不变');
    expect(toHex(await handedOverCertificate())).not.toBe(toHex(before));
    const keys = await openedOnPhone(openingRequest(), [before]);
    await phone.getByRole('heading', { name: '密钥已解开' }).waitFor();
    expect(await keys()).toEqual(keysOf(openingRequest()).slice(0, 1));
  });

  it('loses what was encrypted before, if the key is a new one', async () => {
    await enrolledPhone();
    const before = await handedOverCertificate();
    await renew('换发：更换密钥');
    await openedOnPhone(openingRequest(), [before]);
    await phone.getByRole('heading', { name: '这部手机打不开这些文件' }).waitFor();
    expect(stateNow()).toBe('refused');
  });
});
