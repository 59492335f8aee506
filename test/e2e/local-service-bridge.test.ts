import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import type { Frame, Page } from 'playwright-core';
import { parseCertificate } from '../../src/gm/certificate.ts';
import { verifySm2 } from '../../src/gm/sm2.ts';
import { fromBase64, utf8 } from '../../src/lib/bytes.ts';
import { defaultSettings } from '../../src/protocol/settings.ts';
import type { UiSnapshot } from '../../src/protocol/ui-messages.ts';
import { createAuthority } from '../../src/sandbox/authority/authority.ts';
import { sandboxOrigins } from '../../src/sandbox/origins.ts';
import { launchBrowser, type LaunchedBrowser } from '../support/browser.ts';
import { fieldOrigin } from '../support/lab.ts';
import { projectPath } from '../support/project-paths.ts';
import { testBidder } from '../support/test-subscriber.ts';
import { createTlsCertificate } from '../support/x509.ts';
import { holdXtxPorts } from '../support/xtx-ports.ts';
import { startSocketEcho } from '../support/xtx-other-programs.ts';
import type { XtxServiceKey } from '../support/xtx-service-functions.ts';
import { startVendorSite } from '../support/xtx-service-page.ts';
import { startXtxService, type XtxService } from '../support/xtx-service.ts';

const bridged = { ...defaultSettings, localServiceBridge: [fieldOrigin] };

const authority = createAuthority(Date.now, () => 'http://127.0.0.1:1/ca.crl');
const { pair, credential, encryptionCredential, organisation } = testBidder(authority);
const key: XtxServiceKey = {
  id: 'key-1',
  name: organisation,
  signing: { certificate: pair.signing, privateKey: credential.privateKey },
  encryption: encryptionCredential,
};
/** The browser trusts it: what keeps a page from the service is not the certificate. */
const serviceTls = createTlsCertificate(['127.0.0.1']);

let browser: LaunchedBrowser;
let service: XtxService;
const undo: (() => Promise<void>)[] = [];

beforeAll(async () => {
  undo.push(await holdXtxPorts());
  const tls = createTlsCertificate([new URL(fieldOrigin).hostname]);
  const [site, localSite] = [await startVendorSite(tls), await startVendorSite()];
  undo.push(site.close, localSite.close);
  browser = await launchBrowser({
    extensionFolder: projectPath('dist/qa'),
    clientsFolder: projectPath('dist/clients'),
    resolverRules: [
      `MAP ${new URL(fieldOrigin).hostname} 127.0.0.1:${site.port}`,
      `MAP ${new URL(sandboxOrigins.site).host} 127.0.0.1:${localSite.port}`,
    ],
    publicAddresses: [`127.0.0.1:${site.port}`],
    trustedKeys: [tls.spkiHash, serviceTls.spkiHash],
  });
  undo.push(browser.close);
});
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});
beforeEach(async () => {
  service = await startXtxService({ keys: [key], tls: serviceTls });
  return service.kill;
});
afterEach(async () => {
  for (const page of browser.context.pages().slice(1)) await page.close();
});

async function inWorker<T>(expression: string): Promise<T> {
  return (await browser.worker()).evaluate<T>(expression);
}

const scriptIds = () =>
  inWorker<string[]>(
    `chrome.scripting.getRegisteredContentScripts().then((all) => all.map(({ id }) => id).filter((id) => id.startsWith('local-service')).sort())`,
  );

/** Decides as the options page does, and waits until the browser knows. */
async function setSites(settings: typeof defaultSettings): Promise<void> {
  await inWorker(`chrome.storage.local.set({ settings: ${JSON.stringify(settings)} })`);
  const expected =
    settings.localServiceBridge.length > 0 ? ['local-service-page', 'local-service-relay'] : [];
  await expect.poll(scriptIds).toEqual(expected);
}
const turnOn = () => setSites(bridged);
const turnOff = () => setSites(defaultSettings);

/** The page as it is once its own call at load was answered, one way or the other. */
async function openPage(origin = fieldOrigin): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(`${origin}/`);
  await page.evaluate('atLoad');
  return page;
}

interface Opened {
  readonly opened: boolean;
  readonly code?: number;
}
const open = (page: Page | Frame, address?: string) =>
  page.evaluate<Opened>(`openVendor(${address === undefined ? '' : JSON.stringify(address)})`);
const atLoad = (page: Page | Frame) => page.evaluate<Opened>('atLoad');
const call = <T>(page: Page | Frame, ...args: readonly string[]) =>
  page.evaluate<T>(`vendor.call(...${JSON.stringify(args)})`);

/** What the toolbar popup is told. */
async function uses(): Promise<UiSnapshot['localServices']> {
  const popup = await browser.openPage('src/extension/popup/popup.html');
  const snapshot = await popup.evaluate<UiSnapshot>(
    `new Promise((resolve) => chrome.runtime.connect({ name: 'ca-bridge-ui' }).onMessage.addListener(resolve))`,
  );
  await popup.close();
  return snapshot.localServices;
}

describe('without the bridge', () => {
  it('a public page does not reach the service, and nothing of ours is in it', async () => {
    await turnOff();
    const page = await openPage();
    const told: string[] = [];
    page.on('console', (message) => told.push(message.text()));
    expect(await atLoad(page)).toEqual({ opened: false, code: 1006 });
    expect(await open(page, 'ws://127.0.0.1:21051/xtxapp/')).toEqual({ opened: false, code: 1006 });
    expect(service.calls).toEqual([]);
    await expect.poll(() => told.join()).toContain('ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS');
    expect(await page.evaluate('String(WebSocket)')).toContain('function WebSocket()');
  });
});

describe('with the bridge turned on', () => {
  beforeEach(turnOn);

  it('a page that was written for the plug-in logs in, signs, and hears of the key', async () => {
    const page = await openPage();
    expect(await atLoad(page)).toEqual({ opened: true });
    const list = await call<string>(page, 'SOF_GetUserList');
    const id = list.split('&&&')[0]?.split('||')[1] ?? '';
    expect(await call(page, 'SOF_Login', id, '123456')).toBe(true);
    const content = Buffer.from('a login challenge').toString('base64');
    const signature = await call<string>(page, 'SOF_SignDataBase64', id, content);
    const { publicKey } = parseCertificate(key.signing.certificate);
    expect(verifySm2(publicKey, utf8('a login challenge'), fromBase64(signature))).toBe(true);
    service.setKeys([]);
    await expect.poll(() => page.evaluate('vendor.events')).toEqual(['onUsbkeyChange']);
    const first = service.calls.find(({ message }) => message['URL'] !== '');
    expect(first?.message['URL']).toBe(`${fieldOrigin}/`);
    expect(service.calls.some(({ headers }) => 'origin' in headers)).toBe(false);
  });

  test.each(['ws://127.0.0.1:21051/xtxapp/', 'ws://127.0.0.1:21051/xtxapp', 'wss://127.0.0.1:21061/xtxapp'])(
    'reaches %s',
    async (address) => {
      const page = await openPage();
      expect(await open(page, address)).toEqual({ opened: true });
      expect(await call(page, 'SOF_GetVersion')).toBe('3.6.6.1014');
    },
  );

  it('says in the popup who uses it, for as long as it is used', async () => {
    expect(await uses()).toEqual([]);
    const page = await openPage();
    expect(await uses()).toMatchObject([
      { origin: fieldOrigin, addresses: ['wss://127.0.0.1:21061/xtxapp/'] },
    ]);
    await page.evaluate('vendor.socket.close()');
    await expect.poll(uses).toEqual([]);
  });

  it('gives the page an object like any other WebSocket', async () => {
    const page = await openPage();
    await open(page);
    const facts = await page.evaluate(`(() => {
      const { socket } = vendor;
      return [socket instanceof WebSocket, socket.constructor === WebSocket, String(socket), socket.url,
        socket.readyState === socket.OPEN, WebSocket.CONNECTING, WebSocket.CLOSED, WebSocket.name, WebSocket.length,
        'onopen' in WebSocket.prototype, String(WebSocket).includes('[native code]'), socket.binaryType];
    })()`);
    expect(facts).toEqual([
      true,
      true,
      '[object WebSocket]',
      'wss://127.0.0.1:21061/xtxapp/',
      true,
      0,
      3,
      'WebSocket',
      1,
      true,
      true,
      'blob',
    ]);
  });

  it('carries a fetch and a request that does not block', async () => {
    const page = await openPage();
    const body = JSON.stringify({ url: '', clsid: '', func: 'SOF_GetVersion', param: [] });
    const fetched = await page.evaluate(`
      fetch('https://127.0.0.1:21061/synctl', { method: 'POST', body: ${JSON.stringify(body)} })
        .then(async (response) => [response.status, response.url, await response.json()])`);
    expect(fetched).toEqual([200, 'https://127.0.0.1:21061/synctl', { retVal: '3.6.6.1014' }]);
    const requested = await page.evaluate(`new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      const states = [];
      xhr.onreadystatechange = () => states.push(xhr.readyState);
      xhr.onload = () => resolve([states, xhr.status, xhr.responseText, xhr.getResponseHeader('Content-Type')]);
      xhr.onerror = () => resolve('error');
      xhr.open('POST', 'http://127.0.0.1:21051/synctl', true);
      xhr.setRequestHeader('Content-type', 'application/json');
      xhr.send(${JSON.stringify(body)});
    })`);
    expect(requested).toEqual([
      [1, 2, 3, 4],
      200,
      '{"retVal":"3.6.6.1014"}',
      'application/json; charset=utf-8',
    ]);
  });

  it('leaves a request that blocks to the browser, which refuses it as before', async () => {
    const page = await openPage();
    const outcome = await page.evaluate(`(() => {
      const xhr = new XMLHttpRequest();
      xhr.open('POST', 'https://127.0.0.1:21061/synctl', false);
      try { xhr.send('{}'); return xhr.status; } catch (error) { return error.name; }
    })()`);
    expect(outcome).toBe('NetworkError');
    expect(service.calls.filter(({ door }) => door === 'synctl')).toEqual([]);
  });

  it('carries no other socket of the page', async () => {
    const other = await startSocketEcho();
    undo.push(other.close);
    const page = await openPage();
    const connections = service.connections();
    const addresses = [
      `ws://127.0.0.1:${other.port}/xtxapp/`,
      'ws://127.0.0.1:21051/',
      'ws://127.0.0.1:21051/xtxapp/?x=1',
      'wss://127.0.0.1:21061/other',
      'ws://localhost:21051/xtxapp/',
    ];
    for (const address of addresses) {
      expect(await open(page, address)).toEqual({ opened: false, code: 1006 });
    }
    const withProtocol = `new Promise((resolve) => {
      new WebSocket('wss://127.0.0.1:21061/xtxapp/', 'a-protocol').onclose = ({ code }) => resolve(code);
    })`;
    expect(await page.evaluate(withProtocol)).toBe(1006);
    expect([other.heard(), service.connections()]).toEqual([0, connections]);
  });

  it('gives a page that steals the channel nothing but the listed addresses', async () => {
    const other = await startSocketEcho();
    undo.push(other.close);
    const page = await openPage();
    const forged = { type: 'connect', id: 99, address: `ws://127.0.0.1:${other.port}/xtxapp/` };
    const news = await page.evaluate(`new Promise((resolve) => {
      const post = MessagePort.prototype.postMessage;
      MessagePort.prototype.postMessage = function (...message) {
        this.addEventListener('message', ({ data }) => resolve(data));
        return Reflect.apply(post, this, [${JSON.stringify(forged)}]);
      };
      vendor.socket.send('anything');
    })`);
    expect(news).toEqual({ type: 'lost' });
    expect(other.heard()).toBe(0);
  });

  it('leaves the page’s mistakes to the browser', async () => {
    const page = await openPage();
    const errors = await page.evaluate(`[
      () => new WebSocket(), () => new WebSocket('ftp://127.0.0.1/'), () => WebSocket('wss://127.0.0.1:21061/xtxapp/'),
      () => new WebSocket('wss://127.0.0.1:21061/xtxapp/').send('early'), () => vendor.socket.close(7),
    ].map((wrong) => { try { wrong(); return 'nothing'; } catch (error) { return error.name; } })`);
    expect(errors).toEqual([
      'TypeError',
      'SyntaxError',
      'TypeError',
      'InvalidStateError',
      'InvalidAccessError',
    ]);
  });

  it('serves a frame of the site as well', async () => {
    const page = await openPage();
    await page.evaluate(`new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.src = location.href;
      frame.onload = resolve;
      document.body.append(frame);
    })`);
    const frame = page.frames().find((other) => other !== page.mainFrame());
    expect(frame && (await atLoad(frame))).toEqual({ opened: true });
    expect(frame && (await call(frame, 'SOF_GetVersion'))).toBe('3.6.6.1014');
  });

  it('does not serve another site that the extension knows', async () => {
    const page = await openPage(sandboxOrigins.site);
    // That page is on this machine itself: the browser lets it through, and tells the service whose page it is.
    expect(await open(page, 'ws://127.0.0.1:21051/xtxapp/')).toEqual({ opened: true });
    await call(page, 'SOF_GetVersion');
    expect(service.calls.at(-1)?.headers.origin).toBe(sandboxOrigins.site);
    expect(await page.evaluate('String(WebSocket)')).toContain('function WebSocket()');
  });

  it('ends with the service', async () => {
    const page = await openPage();
    await open(page);
    await service.kill();
    await expect.poll(() => page.evaluate('vendor.closed')).not.toBe(null);
  });

  it('says at once that nobody listens', async () => {
    await service.kill();
    const page = await openPage();
    expect(await open(page)).toMatchObject({ opened: false, code: 1006 });
  });

  it('ends with the page, and leaves no connection', async () => {
    const page = await openPage();
    await open(page);
    expect(service.connections()).toBeGreaterThan(0);
    await page.close();
    await service.untilConnections(0);
    expect(await uses()).toEqual([]);
  });

  it('ends with a stopped worker, and a page that opens anew goes on', async () => {
    const page = await openPage();
    await open(page);
    await browser.killWorker();
    await expect.poll(() => page.evaluate('vendor.closed')).not.toBe(null);
    await expect.poll(async () => (await open(page)).opened).toBe(true);
    expect(await call(page, 'SOF_GetVersion')).toBe('3.6.6.1014');
  });

  it('ends when it is turned off, and the next load has nothing of it', async () => {
    const page = await openPage();
    await open(page);
    await turnOff();
    await expect.poll(() => page.evaluate('vendor.closed')).not.toBe(null);
    await service.untilConnections(0);
    expect(await open(page)).toMatchObject({ opened: false });
    await page.reload();
    expect(await page.evaluate('String(WebSocket)')).toContain('function WebSocket()');
    expect(await open(page)).toMatchObject({ opened: false, code: 1006 });
  });
});
