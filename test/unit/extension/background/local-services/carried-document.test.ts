import { describe, expect, it, test, vi } from 'vitest';
import { createCarriedDocument } from '../../../../../src/extension/background/local-services/carried-document.ts';
import { CodedError } from '../../../../../src/protocol/coded-error.ts';
import { countLimits } from '../../../../../src/protocol/limits.ts';
import type { LocalServiceNews } from '../../../../../src/protocol/local-service-messages.ts';
import { fakeClient } from './fake-client.ts';

const address = 'wss://127.0.0.1:21061/xtxapp/';
const other = 'http://127.0.0.1:21051/synctl';

function world(openClient?: () => Promise<never>) {
  const news: LocalServiceNews[] = [];
  const client = fakeClient();
  let changes = 0;
  let starts = 0;
  const document = createCarriedDocument({
    async openClient() {
      starts += 1;
      return openClient === undefined ? client : openClient();
    },
    post: (one) => void news.push(one),
    onChange: () => (changes += 1),
  });
  const until = (type: string) =>
    vi.waitFor(() => {
      if (news.at(-1)?.type !== type) throw new Error(`not ${type}: ${JSON.stringify(news)}`);
    });
  return { document, client, news, until, changes: () => changes, starts: () => starts };
}

/** The same with connection 1 open. */
async function opened() {
  const made = world();
  made.document.take({ type: 'connect', id: 1, address });
  (await made.client.next('service.connect')).answer({ connection: 'c1' });
  await made.until('open');
  return made;
}

describe('a connection', () => {
  it('is opened by a client of the document’s own, once', async () => {
    const { document, client, news, starts } = await opened();
    document.take({ type: 'connect', id: 2, address: other });
    expect((await client.next('service.connect')).params).toEqual({ address: other });
    expect(client.asked[0]?.params).toEqual({ address });
    expect(news).toEqual([{ type: 'open', id: 1 }]);
    expect(starts()).toBe(1);
  });

  it('sends one text after the other, also those that came before it was open', async () => {
    const { document, client } = world();
    document.take({ type: 'connect', id: 1, address });
    document.take({ type: 'send', id: 1, text: 'a' });
    document.take({ type: 'send', id: 1, text: 'b' });
    (await client.next('service.connect')).answer({ connection: 'c1' });
    const first = await client.next('service.send');
    expect(first.params).toEqual({ connection: 'c1', text: 'a' });
    expect(client.methods().filter((method) => method === 'service.send')).toHaveLength(1);
    first.answer({});
    expect((await client.next('service.send')).params).toEqual({ connection: 'c1', text: 'b' });
  });

  it('asks for more only when the page has taken what came', async () => {
    const { document, client, news, until } = await opened();
    (await client.next('service.receive')).answer({ messages: ['a', 'b'], closed: false });
    await until('texts');
    expect(news.at(-1)).toEqual({ type: 'texts', id: 1, texts: ['a', 'b'] });
    expect(client.methods().filter((method) => method === 'service.receive')).toHaveLength(1);
    document.take({ type: 'taken', id: 1 });
    expect((await client.next('service.receive')).params).toEqual({ connection: 'c1' });
  });

  it('asks again when nothing came', async () => {
    const { client } = await opened();
    (await client.next('service.receive')).answer({ messages: [], closed: false });
    expect((await client.next('service.receive')).params).toEqual({ connection: 'c1' });
  });

  it('gives the last texts before it says that the service closed', async () => {
    const { client, news, until } = await opened();
    (await client.next('service.receive')).answer({ messages: ['last'], closed: true });
    await until('closed');
    expect(news.slice(1)).toEqual([
      { type: 'texts', id: 1, texts: ['last'] },
      { type: 'closed', id: 1 },
    ]);
  });

  it('is closed at the client when the page closes it, and says nothing more', async () => {
    const { document, client, news } = await opened();
    document.take({ type: 'close', id: 1 });
    expect((await client.next('service.close')).params).toEqual({ connection: 'c1' });
    document.take({ type: 'send', id: 1, text: 'late' });
    document.take({ type: 'taken', id: 1 });
    document.take({ type: 'close', id: 1 });
    expect(news).toEqual([{ type: 'open', id: 1 }]);
    expect(document.addresses()).toEqual([]);
  });

  it('that the page closed before it was open is closed once it is', async () => {
    const { document, client, news } = world();
    document.take({ type: 'connect', id: 1, address });
    const connect = await client.next('service.connect');
    document.take({ type: 'close', id: 1 });
    connect.answer({ connection: 'c1' });
    expect((await client.next('service.close')).params).toEqual({ connection: 'c1' });
    expect(news).toEqual([]);
  });

  test.each(['VENDOR_NOT_RUNNING', 'VENDOR_PROTOCOL', 'CLIENT_EXITED'] as const)(
    'that fails with %s says so',
    async (code) => {
      const { document, client, news, until } = world();
      document.take({ type: 'connect', id: 1, address });
      (await client.next('service.connect')).refuse(code);
      await until('closed');
      expect(news).toEqual([{ type: 'closed', id: 1, code }]);
    },
  );

  it('that cannot be sent on ends', async () => {
    const { document, client, news, until } = await opened();
    document.take({ type: 'send', id: 1, text: 'x' });
    (await client.next('service.send')).refuse('VENDOR_NOT_RUNNING');
    await until('closed');
    expect(news.at(-1)).toEqual({ type: 'closed', id: 1, code: 'VENDOR_NOT_RUNNING' });
  });

  it('ends when more is sent than is taken', async () => {
    const { document, news, until } = await opened();
    for (let count = 0; count <= countLimits.localServiceMessages; count += 1) {
      document.take({ type: 'send', id: 1, text: 'x' });
    }
    await until('closed');
    expect(news.at(-1)).toEqual({ type: 'closed', id: 1, code: 'TOO_MANY_REQUESTS' });
  });

  it('cannot be had without a client', async () => {
    const { document, news, until } = world(() => Promise.reject(new CodedError('CLIENT_NOT_FOUND')));
    document.take({ type: 'connect', id: 1, address });
    await until('closed');
    expect(news).toEqual([{ type: 'closed', id: 1, code: 'CLIENT_NOT_FOUND' }]);
  });
});

describe('a document', () => {
  it('has a few connections at a time', async () => {
    const { document, news } = world();
    for (let id = 1; id <= countLimits.localServiceConnections + 1; id += 1) {
      document.take({ type: 'connect', id, address });
    }
    expect(news).toEqual([
      { type: 'closed', id: countLimits.localServiceConnections + 1, code: 'TOO_MANY_REQUESTS' },
    ]);
  });

  it('has one connection under an id', async () => {
    const { document, client } = await opened();
    document.take({ type: 'connect', id: 1, address: other });
    expect(document.addresses()).toEqual([address]);
    expect(client.methods().filter((method) => method === 'service.connect')).toHaveLength(1);
  });

  it('says where it is connected, each address once, and when that changes', async () => {
    const { document, changes } = world();
    document.take({ type: 'connect', id: 1, address });
    document.take({ type: 'connect', id: 2, address });
    document.take({ type: 'connect', id: 3, address: other });
    expect(document.addresses()).toEqual([address, other]);
    expect(changes()).toBe(3);
    document.take({ type: 'close', id: 3 });
    expect(document.addresses()).toEqual([address]);
    expect(changes()).toBe(4);
  });

  it('lets go of its client, and says nothing more', async () => {
    const { document, client, news } = await opened();
    document.end();
    expect(client.closed()).toBe(true);
    expect(document.addresses()).toEqual([]);
    document.take({ type: 'close', id: 1 });
    expect(news).toEqual([{ type: 'open', id: 1 }]);
  });

  it('starts another client when its own has ended', async () => {
    const { document, client, until, starts } = await opened();
    (await client.next('service.receive')).refuse('CLIENT_EXITED');
    await until('closed');
    client.close();
    document.take({ type: 'connect', id: 2, address });
    expect(starts()).toBe(2);
  });
});
