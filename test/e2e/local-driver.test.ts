import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { parseCertificate } from '../../src/gm/certificate.ts';
import { loginSignatureInput } from '../../src/gm/login-token.ts';
import { sm2SignatureHolds } from '../../src/gm/sm2.ts';
import { fromBase64 } from '../../src/lib/bytes.ts';
import type { LoginToken } from '../../src/protocol/login-token.ts';
import { areSame, makeFiles, startBid } from '../support/bid-calls.ts';
import { clientProcesses } from '../support/client-processes.ts';
import { closePages, fieldOrigin, startLab, startLogin, untilState, type Lab } from '../support/lab.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import { startMessage } from '../support/signing-calls.ts';
import type { PinWindow, XtxServiceKey } from '../support/xtx-service-functions.ts';
import { holdXtxPorts } from '../support/xtx-ports.ts';
import { startXtxService, type XtxService } from '../support/xtx-service.ts';

const platform = 'yun-you-cai';

let lab: Lab;
let key: XtxServiceKey;
let service: XtxService | undefined;
/** Windows of the vendor's that wait for the PIN. */
let windows: PinWindow[] = [];
let onWindow: ((window: PinWindow) => void) | undefined;

beforeAll(holdXtxPorts);
beforeAll(async () => {
  lab = await startLab();
  const { pair, credential, encryptionCredential, organisation } = lab.subscriber;
  key = {
    id: 'key-1',
    name: organisation,
    signing: { certificate: pair.signing, privateKey: credential.privateKey },
    encryption: encryptionCredential,
  };
});
afterAll(() => lab.close());
beforeEach(() => {
  windows = [];
  onWindow = undefined;
});
afterEach(async () => {
  await service?.kill();
  service = undefined;
  await closePages(lab);
});

async function startService(keys: readonly XtxServiceKey[] = [key]): Promise<XtxService> {
  const onPinWindow = (window: PinWindow) => {
    windows.push(window);
    onWindow?.(window);
  };
  service = await startXtxService({ keys, onPinWindow });
  return service;
}

const enterPins = () => void (onWindow = (window) => window.enter());

/** The next window of the vendor's. */
async function pinWindow(): Promise<PinWindow> {
  await expect.poll(() => windows.length).toBeGreaterThan(0);
  const window = windows.at(-1);
  if (window === undefined) throw new Error('no window');
  return window;
}

async function choose(prompt: Page): Promise<void> {
  await untilState(prompt, 'awaitingScan');
  await prompt.getByRole('button', { name: key.name }).click();
}

async function openLogin() {
  const page = await lab.openSite();
  const opening = lab.nextPrompt();
  const report = await startLogin(page, { platform });
  return { report, prompt: await opening };
}

describe('what keeps a key from being used', () => {
  it('no driver that runs', async () => {
    const { report, prompt } = await openLogin();
    expect(await report()).toMatchObject({ error: { code: 'VENDOR_NOT_RUNNING', retry: true } });
    await untilState(prompt, 'failed');
  });

  it('no key that is inserted', async () => {
    await startService([]);
    const { report } = await openLogin();
    expect(await report()).toMatchObject({ error: { code: 'VENDOR_KEY_MISSING' } });
  });

  it('a PIN that is refused in the vendor’s window', async () => {
    await startService();
    const { report, prompt } = await openLogin();
    await choose(prompt);
    (await pinWindow()).refuse();
    expect(await report()).toMatchObject({ error: { code: 'VENDOR_LOGIN_REFUSED' } });
  });

  it('the user, who cancels while that window waits: nobody waits for it any more', async () => {
    const { untilConnections } = await startService();
    const { report, prompt } = await openLogin();
    await choose(prompt);
    await pinWindow();
    await untilState(prompt, 'scanned');
    await takeScreenshot(prompt, 'local driver PIN window');
    await prompt.getByRole('button', { name: '取消', exact: true }).click();
    expect(await report()).toMatchObject({ error: { code: 'USER_CANCELLED' } });
    await untilConnections(0);
    await expect.poll(() => clientProcesses(lab.browser, 'signature')).toEqual([]);
  });
});

it('a login by a key that the user chooses and unlocks', async () => {
  await startService();
  const { report, prompt } = await openLogin();
  await untilState(prompt, 'awaitingScan');
  expect(windows).toEqual([]);
  await takeScreenshot(prompt, 'local driver keys');
  await choose(prompt);
  (await pinWindow()).enter();
  const { result } = await report();
  const token = result as LoginToken;
  expect(token).toMatchObject({ origin: fieldOrigin, scene: 'login' });
  const { publicKey } = parseCertificate(lab.subscriber.pair.signing);
  const challenge = 'challenge-of-login-0123456789';
  const { businessId } = token;
  const signed = loginSignatureInput({ origin: fieldOrigin, challenge, scene: 'login', businessId });
  expect(sm2SignatureHolds(publicKey, signed, fromBase64(token.signature))).toBe(true);
  expect(windows).toHaveLength(1);
});

it('a message, whose PIN is asked once', async () => {
  await startService();
  enterPins();
  const call = `bridge.signMessage({ text: '我方确认参加投标。', form: 'attached', platform: '${platform}' }, options)`;
  const { prompt, report } = await startMessage(lab, call);
  await choose(prompt);
  const { files, signer, error } = await report();
  expect(error).toBeUndefined();
  expect(files).toHaveLength(1);
  expect(signer).toMatchObject({ name: key.name });
  expect(windows).toHaveLength(1);
});

it('bids, encrypted to the key’s certificate and opened by it', async () => {
  await startService();
  enterPins();
  const page = await lab.openSite();
  await makeFiles(page, 2, 100_000);
  const encrypting = await startBid(lab, page, `bridge.encrypt({ files, platform: '${platform}' }, options)`);
  await choose(encrypting.prompt);
  await encrypting.prompt.getByRole('button', { name: /^用此证书加密/ }).click();
  expect(await encrypting.report()).toMatchObject({ receipts: [{}, {}] });
  await encrypting.prompt.close();
  await page.evaluate('globalThis.encrypted = bidFiles');
  const opening = await startBid(
    lab,
    page,
    `bridge.decrypt({ files: encrypted, platform: '${platform}' }, options)`,
  );
  await choose(opening.prompt);
  expect(await opening.report()).toMatchObject({ bids: [{ ok: true }, { ok: true }] });
  for (const index of [0, 1]) expect(await areSame(page, `files[${index}]`, `bidFiles[${index}]`)).toBe(true);
});

it('a worker that is stopped while the vendor’s window waits has the PIN asked again', async () => {
  await startService();
  const { report, prompt } = await openLogin();
  await choose(prompt);
  await pinWindow();
  await lab.browser.killWorker();
  await expect.poll(() => windows.length, { timeout: 10_000 }).toBeGreaterThan(1);
  (await pinWindow()).enter();
  expect(await report()).toMatchObject({ result: { origin: fieldOrigin } });
});
