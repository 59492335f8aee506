import { describe, expect, it, test, vi } from 'vitest';
import { countLimits } from '../../../../../src/protocol/limits.ts';
import type { LocalServiceNews } from '../../../../../src/protocol/local-service-messages.ts';
import { fakeClient } from './fake-client.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { createLocalServices } =
  await import('../../../../../src/extension/background/local-services/create-local-services.ts');

const site = 'https://ggzy.zhanjiang.gov.cn';
const second = 'https://second.example';
const address = 'wss://127.0.0.1:21061/xtxapp/';
const sender = { extensionId: 'ours', origin: site, documentId: 'd', tabId: 7 };

function world({
  sites = [site],
  permitted = [site, second],
  policyRead = (): Promise<unknown> => Promise.resolve(),
} = {}) {
  const now = { sites, permitted };
  const registered: (readonly string[])[] = [];
  let changes = 0;
  const clients: ReturnType<typeof fakeClient>[] = [];
  const services = createLocalServices(
    { sites: () => now.sites, policyRead, onChange: () => (changes += 1) },
    {
      extensionId: () => 'ours',
      permittedSites: async () => now.permitted,
      registerPageScripts: async (wanted) => void registered.push(wanted),
      async openClient() {
        const client = fakeClient();
        clients.push(client);
        return client;
      },
    },
  );
  const attach = (who: object = {}) => {
    const news: LocalServiceNews[] = [];
    let disconnects = 0;
    const line = services.attach(
      { ...sender, ...who },
      { post: (one) => void news.push(one), disconnect: () => void (disconnects += 1) },
    );
    return { line, news, disconnects: () => disconnects };
  };
  return { services, now, registered, clients, attach, changes: () => changes };
}

/** With one page that has a connection. */
async function connected() {
  const made = world();
  const page = made.attach();
  page.line.receive({ type: 'connect', id: 1, address });
  await vi.waitFor(() => expect(made.clients).toHaveLength(1));
  return { ...made, page };
}

describe('the page scripts', () => {
  it('are on the sites where the bridge is on and the extension may run', async () => {
    const { services, registered } = world({ sites: [site, 'https://not-permitted.example'] });
    await services.refresh();
    expect(registered).toEqual([[site]]);
  });

  it('are on none where it is off everywhere', async () => {
    const { services, registered } = world({ sites: [] });
    await services.refresh();
    expect(registered).toEqual([[]]);
  });

  it('follow settings and permissions, and stay where nothing changed', async () => {
    const { services, registered, now } = world();
    await services.refresh();
    await services.refresh();
    now.sites = [site, second];
    await services.refresh();
    now.permitted = [second];
    await services.refresh();
    now.sites = [];
    await services.refresh();
    expect(registered).toEqual([[site], [site, second], [second], []]);
  });
});

describe('a page', () => {
  it('is carried', async () => {
    const { services, clients, page, changes } = await connected();
    expect(services.uses()).toEqual([{ origin: site, tabId: 7, addresses: [address] }]);
    expect(changes()).toBe(1);
    (await clients[0]?.next('service.connect'))?.answer({ connection: 'c1' });
    await vi.waitFor(() => expect(page.news).toEqual([{ type: 'open', id: 1 }]));
  });

  test.each([
    ['of another site', { origin: 'https://other.example' }],
    ['of a site on which it is off', { origin: second }],
    ['in a sandbox', { origin: 'null' }],
    ['of another extension', { extensionId: 'theirs' }],
  ])('%s is disconnected, and no client starts for it', async (_, who) => {
    const { services, clients, attach } = world();
    const page = attach(who);
    page.line.receive({ type: 'connect', id: 1, address });
    await vi.waitFor(() => expect(page.disconnects()).toBe(1));
    expect(services.uses()).toEqual([]);
    expect(clients).toEqual([]);
  });

  test.each([
    ['another address', { type: 'connect', id: 2, address: 'ws://127.0.0.1:9000/' }],
    ['an address with more to it', { type: 'connect', id: 2, address: `${address}?x` }],
    ['a header', { type: 'connect', id: 2, address, headers: {} }],
    ['an id that is none', { type: 'connect', id: 0.5, address }],
    ['another order', { type: 'run', id: 2 }],
    ['a text that is too long', { type: 'send', id: 1, text: 'x'.repeat(720_001) }],
    ['no text', { type: 'send', id: 1, text: 7 }],
    ['nothing', undefined],
    ['a list', []],
  ])('that sends %s is disconnected, with all that it had', async (_, message) => {
    const { services, clients, page } = await connected();
    page.line.receive(message);
    expect(page.disconnects()).toBe(1);
    expect(services.uses()).toEqual([]);
    expect(clients[0]?.closed()).toBe(true);
    page.line.receive({ type: 'connect', id: 3, address });
    await Promise.resolve();
    expect(services.uses()).toEqual([]);
  });

  it('that has gone is forgotten, and its client let go of', async () => {
    const { services, clients, page, changes } = await connected();
    page.line.end();
    page.line.end();
    expect(services.uses()).toEqual([]);
    expect(clients[0]?.closed()).toBe(true);
    expect(changes()).toBe(2);
  });

  it('is judged when managed policy is read, not before', async () => {
    let tell: () => void = () => undefined;
    const read = new Promise<void>((resolve) => (tell = resolve));
    const { services, now, attach } = world({ sites: [], policyRead: () => read });
    const page = attach();
    page.line.receive({ type: 'connect', id: 1, address });
    now.sites = [site];
    tell();
    await vi.waitFor(() => expect(services.uses()).toHaveLength(1));
    expect(page.disconnects()).toBe(0);
  });

  it('that goes before it is judged is never carried', async () => {
    const { services, clients, attach } = world();
    const page = attach();
    page.line.receive({ type: 'connect', id: 1, address });
    page.line.end();
    await new Promise((resolve) => setTimeout(resolve));
    expect(clients).toEqual([]);
    expect(services.uses()).toEqual([]);
  });

  it('of a site on which it was turned off is disconnected', async () => {
    const { services, now, clients, page } = await connected();
    now.sites = [second];
    await services.refresh();
    expect(page.disconnects()).toBe(1);
    expect(services.uses()).toEqual([]);
    expect(clients[0]?.closed()).toBe(true);
  });

  it('of a site that the user no longer permits is disconnected', async () => {
    const { services, now, page } = await connected();
    now.permitted = [];
    await services.refresh();
    expect(page.disconnects()).toBe(1);
  });

  it('is one of so many of a tab; another tab has its own', async () => {
    const { attach, clients } = world();
    const most = countLimits.localServiceDocuments;
    const pages = Array.from({ length: most + 1 }, (_, index) => attach({ documentId: `d${index}` }));
    const elsewhere = attach({ documentId: 'e', tabId: 8 });
    for (const { line } of [...pages, elsewhere]) line.receive({ type: 'connect', id: 1, address });
    await vi.waitFor(() => expect(clients).toHaveLength(most + 1));
    expect(pages.map(({ disconnects }) => disconnects())).toEqual([...Array<number>(most).fill(0), 1]);
    expect(elsewhere.disconnects()).toBe(0);
  });

  it('makes room when it goes', async () => {
    const { attach } = world();
    const pages = Array.from({ length: countLimits.localServiceDocuments }, () => attach());
    await new Promise((resolve) => setTimeout(resolve));
    pages[0]?.line.end();
    const next = attach();
    await new Promise((resolve) => setTimeout(resolve));
    expect(next.disconnects()).toBe(0);
  });
});
