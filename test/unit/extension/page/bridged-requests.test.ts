// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, test } from 'vitest';
import { bridgeFetch } from '../../../../src/extension/page/bridge-fetch.ts';
import { bridgeRequests } from '../../../../src/extension/page/bridge-requests.ts';
import { fakeLine } from './fake-line.ts';

const address = 'https://127.0.0.1:21061/synctl';

let world: ReturnType<typeof fakeLine>;
let native: unknown[][];
let bridged: typeof fetch;
beforeEach(() => {
  world = fakeLine();
  native = [];
  const browsers = async (...args: unknown[]) => {
    native.push(args);
    return new Response('of the browser');
  };
  bridged = bridgeFetch(browsers as typeof fetch, world.line);
});

/** Answers the next request as a service does. */
async function answer(text: string): Promise<void> {
  await expect.poll(() => world.links.length, { interval: 1 }).toBe(1);
  world.last().handlers.onOpen();
  world.last().handlers.onText(text);
}

describe('a fetch', () => {
  test.each([
    ['text', 'body'],
    ['a form', new URLSearchParams({ a: 'b' })],
    ['bytes', new TextEncoder().encode('bytes')],
  ])('to a listed address carries %s', async (_, body) => {
    const fetching = bridged(address, { method: 'post', body });
    await answer('{"retVal":"x"}');
    const response = await fetching;
    expect([response.status, response.ok, response.url, await response.json()]).toEqual([
      200,
      true,
      address,
      { retVal: 'x' },
    ]);
    expect(world.last().sent).toEqual([await new Response(body).text()]);
    expect([world.last().closed, native]).toEqual([true, []]);
  });

  it('may be a request of the page’s', async () => {
    const fetching = bridged(new Request(address, { method: 'POST', body: 'b' }));
    await answer('reply');
    expect(await (await fetching).text()).toBe('reply');
  });

  test.each<[string, [RequestInfo | URL, RequestInit?]]>([
    ['another method', [address]],
    ['another method yet', [address, { method: 'PUT', body: 'x' }]],
    ['another address', [`${address}?x`, { method: 'POST' }]],
    ['the door for sockets', ['wss://127.0.0.1:21061/xtxapp/', { method: 'POST' }]],
    ['another name', ['https://localhost:21061/synctl', { method: 'POST' }]],
  ])('with %s is the browser’s', async (_, args) => {
    expect(await (await bridged(...args)).text()).toBe('of the browser');
    expect(native).toEqual([args]);
    expect(world.links).toEqual([]);
  });

  it('fails as the browser’s does', async () => {
    const fetching = bridged(address, { method: 'POST', body: 'x' });
    await expect.poll(() => world.links.length, { interval: 1 }).toBe(1);
    world.last().handlers.onClosed(false);
    await expect(fetching).rejects.toThrow(TypeError);
  });

  it('can be given up', async () => {
    const controller = new AbortController();
    const fetching = bridged(address, { method: 'POST', body: 'x', signal: controller.signal });
    await expect.poll(() => world.links.length, { interval: 1 }).toBe(1);
    controller.abort();
    await expect(fetching).rejects.toMatchObject({ name: 'AbortError' });
    expect(world.last().closed).toBe(true);
  });

  it('is not sent when it is too long', async () => {
    const fetching = bridged(address, { method: 'POST', body: 'x'.repeat(720_001) });
    await expect(fetching).rejects.toThrow(TypeError);
    expect(world.links).toEqual([]);
  });
});

/** The browser's own request, as far as the bridge meets it. */
class NativeRequest extends EventTarget {
  readyState = 0;
  status = -1;
  timeout = 0;
  responseType = '';
  sent: unknown[] = [];
  opened: unknown[] = [];
  open(...args: unknown[]): void {
    this.opened = args;
  }
  send(...args: unknown[]): void {
    this.sent = args;
  }
  setRequestHeader(): void {
    this.status = -2;
  }
}

describe('a request', () => {
  function create() {
    class Native extends NativeRequest {}
    // As in a browser, where state is an accessor of the prototype.
    Object.defineProperty(Native.prototype, 'readyState', { get: () => 0, configurable: true });
    const Xhr = Native as unknown as typeof XMLHttpRequest;
    bridgeRequests(Xhr, world.line);
    const xhr = new Xhr();
    Reflect.deleteProperty(xhr, 'readyState');
    const heard: unknown[] = [];
    for (const name of ['loadstart', 'readystatechange', 'load', 'error', 'timeout', 'abort', 'loadend']) {
      xhr.addEventListener(name, () => heard.push(name === 'readystatechange' ? xhr.readyState : name));
    }
    return { xhr, heard, of: xhr as unknown as NativeRequest };
  }

  it('that is posted to a listed address goes through the bridge', async () => {
    const { xhr, heard, of } = create();
    xhr.open('POST', address);
    xhr.setRequestHeader('X-Chosen', 'by the page');
    xhr.send('body');
    await answer('{"retVal":1}');
    await expect.poll(() => heard.at(-1), { interval: 1 }).toBe('loadend');
    expect(heard).toEqual([1, 'loadstart', 2, 3, 4, 'load', 'loadend']);
    expect([xhr.status, xhr.statusText, xhr.responseText, xhr.response, xhr.responseURL]).toEqual([
      200,
      'OK',
      '{"retVal":1}',
      '{"retVal":1}',
      address,
    ]);
    expect(xhr.getResponseHeader('CONTENT-TYPE')).toContain('application/json');
    expect(xhr.getResponseHeader('x-other')).toBeNull();
    expect(world.last().sent).toEqual(['body']);
    expect([of.opened, of.sent]).toEqual([[], []]);
  });

  test.each<[XMLHttpRequestResponseType, unknown]>([
    ['json', { a: 1 }],
    ['text', '{"a":1}'],
    ['document', null],
  ])('gives its answer as %s', async (type, expected) => {
    const { xhr, heard } = create();
    xhr.open('POST', address, true);
    xhr.responseType = type;
    xhr.send(null);
    await answer('{"a":1}');
    await expect.poll(() => heard.at(-1), { interval: 1 }).toBe('loadend');
    expect(xhr.response).toEqual(expected);
  });

  test.each<[string, unknown[]]>([
    ['blocks', ['POST', address, false]],
    ['blocks in other words', ['POST', address, 0]],
    ['only asks', ['GET', address]],
    ['goes elsewhere', ['POST', 'https://example.com/']],
    ['goes to another path', ['POST', `${address}/`]],
  ])('that %s is the browser’s', (_, args) => {
    const { xhr, of } = create();
    Reflect.apply(xhr.open, xhr, args);
    xhr.send('body');
    expect([of.opened, of.sent]).toEqual([args, ['body']]);
    expect(world.links).toEqual([]);
  });

  it('that is opened anew elsewhere is the browser’s again', async () => {
    const { xhr, of } = create();
    xhr.open('POST', address);
    xhr.send('body');
    await expect.poll(() => world.links.length, { interval: 1 }).toBe(1);
    xhr.open('GET', 'https://example.com/');
    xhr.send();
    expect(of.opened).toEqual(['GET', 'https://example.com/']);
    expect([xhr.readyState, world.last().closed, of.sent]).toEqual([0, true, []]);
  });

  it('that fails says so', async () => {
    const { xhr, heard } = create();
    xhr.open('POST', address);
    xhr.send('body');
    await expect.poll(() => world.links.length, { interval: 1 }).toBe(1);
    world.last().handlers.onClosed(false);
    await expect.poll(() => heard.at(-1), { interval: 1 }).toBe('loadend');
    expect(heard).toEqual([1, 'loadstart', 4, 'error', 'loadend']);
    expect(xhr.status).toBe(0);
  });

  it('waits no longer than the page does', async () => {
    const { xhr, heard } = create();
    xhr.open('POST', address);
    xhr.timeout = 5;
    xhr.send('body');
    await expect.poll(() => heard.at(-1), { interval: 1 }).toBe('loadend');
    expect(heard).toEqual([1, 'loadstart', 4, 'timeout', 'loadend']);
  });

  it('can be given up', async () => {
    const { xhr, heard } = create();
    xhr.open('POST', address);
    xhr.send('body');
    await expect.poll(() => world.links.length, { interval: 1 }).toBe(1);
    xhr.abort();
    expect(heard).toEqual([1, 'loadstart', 4, 'abort', 'loadend']);
    expect([xhr.readyState, world.last().closed]).toEqual([0, true]);
  });

  it('is sent once', () => {
    const { xhr } = create();
    xhr.open('POST', address);
    xhr.send('body');
    expect(() => xhr.send('again')).toThrow(expect.objectContaining({ name: 'InvalidStateError' }));
  });
});
