import { request, type ClientRequest } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { BodyTooLarge, type Answer, type Exchange } from '../../../src/sandbox/http/exchange.ts';
import { listen, type LoopbackServer } from '../../../src/sandbox/http/loopback-server.ts';

const limit = 100_000;
let server: LoopbackServer;
afterEach(() => server.close());

/** A server whose `/stream` takes bodies as they come. */
async function serve(handler: (exchange: Exchange) => Promise<Answer>): Promise<string> {
  server = await listen(handler, {
    port: 0,
    bodyLimit: () => limit,
    isStreamed: (path) => path === '/stream',
  });
  return `http://127.0.0.1:${server.port}/stream`;
}

/** A sender that the test drives; its answer is the status, or the code with which the connection broke. */
function sender(address: string): { asking: ClientRequest; answer: Promise<number | string> } {
  const asking = request(address, { method: 'POST', agent: false });
  const answer = new Promise<number | string>((resolve) => {
    asking.once('response', (response) => resolve(response.resume().statusCode ?? 0));
    asking.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
  return { asking, answer };
}

/** A promise, and what fulfils it. */
function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((fulfil) => (resolve = fulfil));
  return { promise, resolve };
}

async function bytesOf({ stream }: Exchange): Promise<number> {
  let length = 0;
  for await (const part of stream ?? []) length += part.length;
  return length;
}

it('a body past the limit ends with an error that the handler can answer', async () => {
  const address = await serve(async (exchange) => {
    const error = await bytesOf(exchange).catch((cause: unknown) => cause);
    return { status: error instanceof BodyTooLarge ? 413 : 200 };
  });
  const answers = [limit, limit + 1, limit * 20].map(async (length) => {
    const { status } = await fetch(address, { method: 'POST', body: Buffer.alloc(length) });
    return status;
  });
  expect(await Promise.all(answers)).toEqual([200, 413, 413]);
});

it('a sender without end is cut off', async () => {
  const address = await serve(async (exchange) => {
    await bytesOf(exchange).catch(() => 0);
    return { status: 413 };
  });
  const { asking, answer } = sender(address);
  const piece = Buffer.alloc(65_536);
  const goOn = (): void => void asking.write(piece, (error) => (error instanceof Error ? undefined : goOn()));
  goOn();
  expect(await answer).toMatch(/^(?:ECONNRESET|EPIPE)$/);
});

it('a sender that breaks off ends the stream with an error, and the server serves on', async () => {
  const begun = deferred<void>();
  const outcome = deferred<unknown>();
  const address = await serve(async ({ stream }) => {
    try {
      for await (const _ of stream ?? []) begun.resolve();
    } catch (error) {
      outcome.resolve(error);
      throw error;
    }
    return { status: 204 };
  });
  const { asking } = sender(address);
  asking.write('half');
  await begun.promise;
  asking.destroy();
  expect(await outcome.promise).toMatchObject({ code: 'ECONNRESET' });
  expect((await fetch(address)).status).toBe(204);
});

it('the handler has the first bytes before the last are sent', async () => {
  const first = deferred<number>();
  const address = await serve(async ({ stream }) => {
    let length = 0;
    for await (const part of stream ?? []) first.resolve((length += part.length));
    return { status: length };
  });
  const { asking, answer } = sender(address);
  asking.write(Buffer.alloc(200));
  expect(await first.promise).toBe(200);
  asking.end(Buffer.alloc(4));
  expect(await answer).toBe(204);
});

it('an answer that does not want the body reaches its sender all the same', async () => {
  const address = await serve(async () => ({ status: 403 }));
  const { status } = await fetch(address, { method: 'POST', body: Buffer.alloc(limit) });
  expect(status).toBe(403);
});

it('other paths get their bodies whole', async () => {
  const address = await serve(async ({ body, stream }) => ({
    status: 200,
    body: `${body.length} ${stream === undefined ? 'whole' : 'streamed'}`,
  }));
  const response = await fetch(address.replace('/stream', '/'), { method: 'POST', body: 'whole' });
  expect(await response.text()).toBe('5 whole');
});

it('an answer that breaks off is no complete answer for its reader', async () => {
  async function* half(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('half');
    throw new Error('disk gone');
  }
  const address = await serve(async () => ({
    status: 200,
    headers: { 'content-length': '8' },
    body: half(),
  }));
  await expect(fetch(address).then((response) => response.text())).rejects.toThrow(TypeError);
});

it('what is streamed is let go when its reader leaves', async () => {
  const letGo = deferred<void>();
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield Buffer.alloc(65_536);
    } finally {
      letGo.resolve();
    }
  }
  const address = await serve(async () => ({ status: 200, body: endless() }));
  const leaving = new AbortController();
  const response = await fetch(address, { signal: leaving.signal });
  expect(response.status).toBe(200);
  leaving.abort();
  await letGo.promise;
});
