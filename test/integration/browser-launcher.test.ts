import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Worker } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { extensionIds } from '../../src/protocol/extension-ids.ts';
import { clientKinds, nativeHostNames } from '../../src/protocol/native-messages.ts';
import { processesOfSession } from '../support/browser-processes.ts';
import { launchBrowser, type LaunchedBrowser } from '../support/browser.ts';
import { projectPath } from '../support/project-paths.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { createTlsCertificate } from '../support/x509.ts';
import { buildClients } from './clients/built-clients.ts';

const site = 'ggzy.zhanjiang.gov.cn';

let clients: TemporaryFolder;
let ours: TemporaryFolder;
let foreign: TemporaryFolder;
beforeAll(async () => {
  const { key }: { key: string } = JSON.parse(await readFile(projectPath('manifest.json'), 'utf8'));
  [clients, ours, foreign] = await Promise.all([
    buildClients(),
    createExtension({ key }),
    createExtension({}),
  ]);
});
afterAll(() => Promise.all([clients, ours, foreign].map((folder) => folder.remove())));

/** A small extension that may start native programs; without a `key` its id is not ours. */
async function createExtension(identity: { readonly key?: string }): Promise<TemporaryFolder> {
  const folder = await createTemporaryFolder('ca-bridge-extension-');
  const manifest = {
    manifest_version: 3,
    name: 'launcher test',
    version: '1.0.0',
    background: { service_worker: 'worker.js' },
    permissions: ['nativeMessaging'],
    action: { default_popup: 'popup.html' },
    ...identity,
  };
  await writeFile(join(folder.path, 'manifest.json'), JSON.stringify(manifest));
  // Answering messages is what makes the browser start the worker again.
  const worker =
    'chrome.runtime.onMessage.addListener((_, __, answer) => answer(started));' +
    'chrome.runtime.onConnect.addListener(() => undefined); const started = Math.random();';
  await writeFile(join(folder.path, 'worker.js'), worker);
  await writeFile(join(folder.path, 'popup.html'), '<!doctype html><h1>popup</h1>');
  return folder;
}

/** What a client answers to hello, or the browser's reason why it cannot. */
function sayHello(worker: Worker, name: string): Promise<unknown> {
  return worker.evaluate(
    (host) =>
      new Promise((resolve) => {
        const port = chrome.runtime.connectNative(host);
        port.onDisconnect.addListener(() => resolve(chrome.runtime.lastError?.message));
        port.onMessage.addListener((message) => {
          port.disconnect();
          resolve(message);
        });
        const params = { protocol: 1, extension: '0.1.0' };
        port.postMessage({ jsonrpc: '2.0', id: 1, method: 'hello', params });
      }),
    name,
  );
}

describe('a launched browser with our extension and the clients', () => {
  let browser: LaunchedBrowser;
  beforeAll(async () => {
    browser = await launchBrowser({ extensionFolder: ours.path, clientsFolder: clients.path });
  });
  afterAll(() => browser.close());

  it('gives the extension the id that the manifest key stands for', () => {
    expect(browser.extensionId).toBe(extensionIds[0]);
  });

  test.each(clientKinds)('reaches the real %s client', async (kind) => {
    const answer = await sayHello(await browser.worker(), nativeHostNames[kind]);
    expect(answer).toMatchObject({ id: 1, result: { kind, protocol: 1 } });
  });

  it('says that a client which nobody registered is not found', async () => {
    const answer = await sayHello(await browser.worker(), 'cn.ca_bridge.nobody');
    expect(answer).toBe('Specified native messaging host not found.');
  });

  it('speaks Chinese', async () => {
    const worker = await browser.worker();
    expect(await worker.evaluate(() => [chrome.i18n.getUILanguage(), navigator.language])).toEqual([
      'zh-CN',
      'zh-CN',
    ]);
  });

  it('opens the toolbar popup as a page that can be read and pictured', async () => {
    const popup = await browser.openPopup();
    expect(await popup.locator('h1').textContent()).toBe('popup');
    expect((await popup.screenshot()).length).toBeGreaterThan(0);
    await popup.close();
  });

  it('starts the worker anew after it was killed, as often as it is', async () => {
    const page = await browser.openPage('popup.html');
    const ask = () => page.evaluate(() => chrome.runtime.sendMessage('who are you?'));
    const seen = [await ask()];
    for (let round = 0; round < 3; round += 1) {
      await browser.killWorker();
      seen.push(await ask());
      expect(await (await browser.worker()).evaluate('started')).toBe(seen.at(-1));
    }
    expect(new Set(seen).size).toBe(4);
    await page.close();
  });

  it('kills a worker that an open port starts again at once', async () => {
    const page = await browser.openPage('popup.html');
    await page.evaluate(() => {
      const reconnect = () => chrome.runtime.connect().onDisconnect.addListener(reconnect);
      reconnect();
    });
    const worker = await browser.worker();
    const before = await worker.evaluate('started');
    await browser.killWorker();
    expect(await worker.evaluate('started')).not.toBe(before);
    await page.close();
  });
});

describe('an extension that is not ours, loaded by the protocol as in branded browsers', () => {
  let browser: LaunchedBrowser;
  beforeAll(async () => {
    browser = await launchBrowser({
      extensionFolder: foreign.path,
      clientsFolder: clients.path,
      loading: 'protocol',
      locale: 'en',
    });
  });
  afterAll(() => browser.close());

  it('runs under another id', async () => {
    expect(browser.extensionId).toMatch(/^[a-p]{32}$/);
    expect(extensionIds).not.toContain(browser.extensionId);
  });

  test.each(clientKinds)('is kept from the %s client by the browser', async (kind) => {
    const answer = await sayHello(await browser.worker(), nativeHostNames[kind]);
    expect(answer).toBe('Access to the specified native messaging host is forbidden.');
  });

  it('sees an English browser when one was asked for', async () => {
    const worker = await browser.worker();
    expect(await worker.evaluate(() => chrome.i18n.getUILanguage())).toMatch(/^en/);
  });
});

describe("the trading system's host on loopback", () => {
  const certificate = createTlsCertificate([site]);
  const servers: Server[] = [];
  let address: string;
  let otherAddress: string;
  beforeAll(async () => {
    [address, otherAddress] = await Promise.all([serve(), serve()]);
  });
  afterAll(() => servers.forEach((server) => server.close()));

  /** Starts a server on loopback that shows the host it was asked for; tells its `address:port`. */
  async function serve(): Promise<string> {
    const server = createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(`<h1>${request.headers.host}</h1>`);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return `127.0.0.1:${port}`;
  }

  it('is reached over https by its real name, as a secure context', async () => {
    const browser = await launchBrowser({
      resolverRules: [`MAP ${site} ${address}`],
      trustedKeys: [certificate.spkiHash],
    });
    try {
      const page = await browser.context.newPage();
      await page.goto(`https://${site}/`);
      expect(await page.locator('h1').textContent()).toBe(site);
      expect(await page.evaluate(() => [location.origin, isSecureContext])).toEqual([
        `https://${site}`,
        true,
      ]);
    } finally {
      await browser.close();
    }
  });

  test.each([
    ['in the public address space, may not fetch from loopback', true, 'refused'],
    ['in the loopback address space, may fetch from loopback', false, 'fetched'],
  ])('%s', async (_, isPublic, expected) => {
    const browser = await launchBrowser({
      resolverRules: [`MAP ${site} ${address}`],
      trustedKeys: [certificate.spkiHash],
      publicAddresses: isPublic ? [address] : [],
    });
    try {
      const page = await browser.context.newPage();
      await page.goto(`https://${site}/`);
      const outcome = page.evaluate(
        (url) =>
          fetch(url, { mode: 'no-cors' }).then(
            () => 'fetched',
            () => 'refused',
          ),
        `https://${otherAddress}/`,
      );
      expect(await outcome).toBe(expected);
    } finally {
      await browser.close();
    }
  });

  it('leaves addresses on loopback to be mapped to other ports', async () => {
    const fixed = '127.0.0.1:28080';
    const browser = await launchBrowser({
      resolverRules: [`MAP ${fixed} ${address}`],
      trustedKeys: [certificate.spkiHash],
    });
    try {
      const page = await browser.context.newPage();
      await page.goto(`https://${fixed}/`);
      expect(await page.locator('h1').textContent()).toBe(fixed);
    } finally {
      await browser.close();
    }
  });

  it('is refused with a certificate that was not named, and no other host resolves', async () => {
    const browser = await launchBrowser({ resolverRules: [`MAP ${site} ${address}`] });
    try {
      const page = await browser.context.newPage();
      await expect(page.goto(`https://${site}/`)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
      await expect(page.goto('https://example.org/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
      await expect(page.goto(`https://${address}/`)).rejects.toThrow('ERR_CERT');
    } finally {
      await browser.close();
    }
  });
});

describe('closing', () => {
  it('leaves no process and no folder, even with a native client running', async () => {
    const browser = await launchBrowser({ extensionFolder: ours.path, clientsFolder: clients.path });
    const worker = await browser.worker();
    await worker.evaluate((host) => {
      Object.assign(globalThis, { kept: chrome.runtime.connectNative(host) });
    }, nativeHostNames.signature);
    await expect.poll(() => clientsOf(browser).length).toBe(1);
    await browser.close();
    expect(processesOfSession(browser.processId)).toEqual([]);
    expect(existsSync(browser.profileFolder)).toBe(false);
  });

  it('happens by itself when the signal aborts', async () => {
    const stop = new AbortController();
    const browser = await launchBrowser({ signal: stop.signal });
    stop.abort();
    await expect.poll(() => existsSync(browser.profileFolder), { timeout: 15_000 }).toBe(false);
    expect(processesOfSession(browser.processId)).toEqual([]);
  });

  it('is done already when the signal aborts during the launch', async () => {
    const stop = new AbortController();
    const launching = launchBrowser({ signal: stop.signal });
    stop.abort(new Error('no longer wanted'));
    await expect(launching).rejects.toThrow('no longer wanted');
  });

  it('may be asked for twice', async () => {
    const browser = await launchBrowser();
    await Promise.all([browser.close(), browser.close()]);
    await browser.close();
    expect(existsSync(browser.profileFolder)).toBe(false);
  });
});

function clientsOf(browser: LaunchedBrowser): number[] {
  return processesOfSession(browser.processId).filter((pid) =>
    commandLine(pid).includes('signature-client.cjs'),
  );
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
