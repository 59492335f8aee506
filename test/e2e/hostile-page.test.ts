import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Frame, Page } from 'playwright-core';
import { hostilePortMessages, hostileWindowMessages } from '../fixtures/hostile-page-messages.ts';
import { fieldOrigin, sdkSource, startLab, startLogin, type Lab } from '../support/lab.ts';

let lab: Lab;
let page: Page;
beforeAll(async () => {
  lab = await startLab({ clients: false });
  page = await lab.openSite();
  // The page's own way to a port, without the SDK.
  await page.evaluate(`
    globalThis.openPort = () => new Promise((resolve) => {
      const nonce = crypto.randomUUID();
      addEventListener('message', function take({ data, ports }) {
        if (data?.caBridge !== 'announce' || data.nonce !== nonce || !ports[0]) return;
        removeEventListener('message', take);
        globalThis.heard = [];
        ports[0].onmessage = (event) => heard.push(event.data);
        resolve(ports[0]);
      });
      postMessage({ caBridge: 'ask', nonce }, location.origin);
    });
    openPort().then((port) => { globalThis.port = port; })`);
});
afterAll(() => lab.close());

/** Text of an expression that makes `message` in the page, also where JSON cannot carry it. */
function expressionOf(message: unknown): string {
  if (message === undefined) return 'undefined';
  if (message instanceof Map) return `new Map(${JSON.stringify([...message])})`;
  if (message instanceof Uint8Array) return `new Uint8Array(${message.length})`;
  if (message instanceof Date) return `new Date(${message.getTime()})`;
  return `(${JSON.stringify(message)})`;
}

async function nothingHappened(): Promise<void> {
  // A well-formed request behind the hostile one: once it is answered, the hostile one has been dealt with.
  const id = crypto.randomUUID();
  await page.evaluate(
    `port.postMessage({ type: 'request', id: '${id}', method: 'capabilities', params: {} })`,
  );
  const answered = `heard.some((reply) => reply.id === '${id}' && reply.type === 'result')`;
  await expect.poll(() => page.evaluate(answered), { interval: 10 }).toBe(true);
  expect(lab.world.gateway.counts().open).toBe(0);
  expect(lab.browser.context.pages().filter((other) => other.url().includes('prompt'))).toEqual([]);
  const worker = await lab.browser.worker();
  const badge = await worker.evaluate<string>('chrome.action.getBadgeText({})');
  expect(badge).toBe('');
}

describe('what a hostile page puts on its port changes nothing', () => {
  test.each(hostilePortMessages)('$kind', async ({ message }) => {
    await page.evaluate(`port.postMessage(${expressionOf(message)})`);
    await nothingHappened();
  });
});

describe('what a hostile page puts on its window changes nothing', () => {
  test.each(hostileWindowMessages)('$kind', async ({ message }) => {
    await page.evaluate(`postMessage(${expressionOf(message)}, location.origin)`);
    await nothingHappened();
  });

  it('an ask that claims to come from a frame', async () => {
    await page.evaluate(`dispatchEvent(new MessageEvent('message', {
      data: { caBridge: 'ask', nonce: crypto.randomUUID() }, origin: location.origin, source: null }))`);
    await nothingHappened();
  });
});

it('the extension leaves no global and no element on the page', async () => {
  const fresh = await lab.browser.context.newPage();
  await fresh.goto(`${fieldOrigin}/`);
  const bare = await page.evaluate('document.documentElement.outerHTML.includes("chrome-extension")');
  const globals = await fresh.evaluate('Object.keys(globalThis).filter((name) => /bridge|cab/i.test(name))');
  expect([bare, globals]).toEqual([false, []]);
});

describe('where the bridge does not run', () => {
  it('a page of another site hears nothing within 500 ms', async () => {
    const other = await lab.browser.context.newPage();
    await other.goto(`http://127.0.0.1:${lab.world.ports.phone}/`);
    const report = await (await startLogin(other))();
    expect(report).toMatchObject({ error: { code: 'BRIDGE_NOT_INSTALLED', retry: false } });
    expect(report.milliseconds).toBeLessThan(500);
  });

  it('a page that is not secure is told so', async () => {
    const other = await lab.browser.context.newPage();
    await other.route('http://plain.example/', (route) =>
      route.fulfill({ body: '<!doctype html>', contentType: 'text/html' }),
    );
    await other.goto('http://plain.example/');
    expect(await (await startLogin(other))()).toMatchObject({ error: { code: 'INSECURE_CONTEXT' } });
  });

  it('a frame inside the site is refused', async () => {
    const frame = await frameInSite();
    await frame.evaluate(await sdkSource());
    const code = `CaBridge.connectBridge().then(() => 'connected', (error) => error.code)`;
    expect(await frame.evaluate(code)).toBe('FRAME_NOT_ALLOWED');
  });

  it('a frame that asks the top window for a port gets none, and the page neither', async () => {
    const frame = await frameInSite();
    const announced = await frame.evaluate(`new Promise((resolve) => {
      const hear = ({ data }) => data?.caBridge === 'announce' && resolve(true);
      addEventListener('message', hear);
      parent.addEventListener('message', hear);
      parent.postMessage({ caBridge: 'ask', nonce: crypto.randomUUID() }, '*');
      setTimeout(() => resolve(false), 500);
    })`);
    expect(announced).toBe(false);
  });
});

/** A frame of the site's own origin in the site's page. */
async function frameInSite(): Promise<Frame> {
  const top = await lab.openSite();
  await top.evaluate(`document.body.append(document.createElement('iframe'))`);
  await expect.poll(() => top.frames().length).toBe(2);
  const [, frame] = top.frames();
  if (frame === undefined) throw new Error('the frame has gone');
  return frame;
}
