import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { openPostConnection } from '../../../../../src/clients/connectors/local-service/post-connection.ts';
import { openSocketConnection } from '../../../../../src/clients/connectors/local-service/socket-connection.ts';
import type { ServiceConnection } from '../../../../../src/clients/connectors/local-service/service-connection.ts';
import { codeOf } from '../../../../../src/protocol/coded-error.ts';
import { sizeLimits } from '../../../../../src/protocol/limits.ts';
import { startEcho, startSilence, startWebServer } from '../../../../support/xtx-other-programs.ts';
import { nobody } from '../vendor-world.ts';

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A WebSocket server whose first page the test talks to. */
async function socketWorld() {
  const server = createServer();
  const webSockets = new WebSocketServer({ server });
  const page = new Promise<WebSocket>((resolve) => webSockets.on('connection', resolve));
  const port = await listening(server);
  const connection = await openSocketConnection(`ws://127.0.0.1:${port}/xtxapp/`, nobody);
  return { connection, page: await page };
}

/** Everything that comes until the end. */
async function all(connection: ServiceConnection): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const { messages, closed } = await connection.receive(nobody);
    texts.push(...messages);
    if (closed) return texts;
  }
}

const ended = (page: WebSocket) => new Promise<void>((resolve) => page.once('close', () => resolve()));
const sendCode = (connection: ServiceConnection) => {
  try {
    connection.send('x');
    return 'sent';
  } catch (error) {
    return codeOf(error);
  }
};

describe('a WebSocket', () => {
  it('carries texts as they are, both ways and in order', async () => {
    const { connection, page } = await socketWorld();
    const heard: string[] = [];
    const three = new Promise<void>((resolve) => {
      page.on('message', (data) => {
        heard.push(String(data));
        if (heard.length === 3) resolve();
      });
    });
    const texts = ['{"no":"json', '', '证书\u0000😀'];
    for (const text of texts) connection.send(text);
    await three;
    expect(heard).toEqual(texts);
    for (const text of texts) page.send(text);
    page.close();
    expect(await all(connection)).toEqual(texts);
  });

  it('ends with the service', async () => {
    const { connection, page } = await socketWorld();
    page.terminate();
    expect(await all(connection)).toEqual([]);
    expect(sendCode(connection)).toBe('VENDOR_NOT_RUNNING');
  });

  it('ends for the service when it is closed', async () => {
    const { connection, page } = await socketWorld();
    connection.close();
    await ended(page);
    expect(sendCode(connection)).toBe('VENDOR_NOT_RUNNING');
  });

  it('ends when what came in is not fetched', async () => {
    const { connection, page } = await socketWorld();
    for (let count = 0; count < 200; count += 1) page.send(`${count}`);
    await ended(page);
    expect((await all(connection)).length).toBeLessThanOrEqual(100);
  });

  test.each<[string, string | Uint8Array]>([
    ['a binary message', Uint8Array.of(1)],
    ['a text that is too long', 'x'.repeat(sizeLimits.localServiceMessage + 1)],
    ['a text that is far too long', 'x'.repeat(4 * sizeLimits.localServiceMessage)],
  ])('ends at %s', async (_, message) => {
    const { connection, page } = await socketWorld();
    page.on('error', () => undefined);
    page.send(message);
    expect(await all(connection)).toEqual([]);
    await ended(page);
  });

  test.each([
    ['a web server', startWebServer, 'VENDOR_PROTOCOL'],
    ['an echo', startEcho, 'VENDOR_PROTOCOL'],
  ])('is none at %s', async (_, start, code) => {
    const { port, close } = await start();
    onTestFinished(close);
    await expect(openSocketConnection(`ws://127.0.0.1:${port}/xtxapp/`, nobody).catch(codeOf)).resolves.toBe(
      code,
    );
  });

  it('is none where nobody listens', async () => {
    const { port, close } = await startSilence();
    await close();
    const opening = openSocketConnection(`ws://127.0.0.1:${port}/xtxapp/`, nobody);
    await expect(opening.catch(codeOf)).resolves.toBe('VENDOR_NOT_RUNNING');
  });

  it('is not waited for when nobody wants it any more', async () => {
    const { port, close } = await startSilence();
    onTestFinished(close);
    const controller = new AbortController();
    const opening = openSocketConnection(`ws://127.0.0.1:${port}/xtxapp/`, controller.signal);
    controller.abort();
    await expect(opening.catch(codeOf)).resolves.toBe('REQUEST_ABORTED');
  });
});

/** What came to the other door, and how the test answers it. */
async function postWorld(answer: (body: string, count: number) => { status?: number; body: string }) {
  const requests: { headers: NodeJS.Dict<string | string[]>; method: string; url: string; body: string }[] =
    [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const { headers, method = '', url = '' } = request;
      requests.push({ headers, method, url, body });
      const { status = 200, body: reply } = answer(body, requests.length);
      response.writeHead(status).end(reply);
    });
  });
  const port = await listening(server);
  return { requests, connection: openPostConnection(`http://127.0.0.1:${port}/synctl`) };
}

describe('the other door', () => {
  it('takes each text as the body of one POST, and gives its answer', async () => {
    const { requests, connection } = await postWorld((body) => ({ body: `answer to ${body}` }));
    connection.send('{"func":"证书"}');
    expect(await connection.receive(nobody)).toEqual({
      messages: ['answer to {"func":"证书"}'],
      closed: false,
    });
    const [request] = requests;
    expect(request).toMatchObject({ method: 'POST', url: '/synctl', body: '{"func":"证书"}' });
    expect(Object.keys(request?.headers ?? {}).toSorted()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'host',
    ]);
    connection.close();
  });

  it('gives answers in the order of what was sent', async () => {
    const { connection } = await postWorld((body) => ({ body }));
    const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
    for (const text of texts) connection.send(text);
    const got: string[] = [];
    while (got.length < texts.length) got.push(...(await connection.receive(nobody)).messages);
    expect(got).toEqual(texts);
    connection.close();
  });

  test.each([
    ['another status', { status: 500, body: 'no' }],
    ['a redirect', { status: 302, body: '' }],
    ['an answer that is too long', { body: 'x'.repeat(sizeLimits.localServiceMessage + 1) }],
    ['an answer that is far too long', { body: 'x'.repeat(4 * sizeLimits.localServiceMessage) }],
  ])('ends at %s', async (_, answer) => {
    const { connection, requests } = await postWorld(() => answer);
    connection.send('first');
    connection.send('second');
    expect(await all(connection)).toEqual([]);
    expect(requests).toHaveLength(1);
    expect(sendCode(connection)).toBe('VENDOR_NOT_RUNNING');
  });

  it('ends where nobody listens', async () => {
    const { port, close } = await startSilence();
    await close();
    const connection = openPostConnection(`http://127.0.0.1:${port}/synctl`);
    connection.send('x');
    expect(await all(connection)).toEqual([]);
  });

  it('ends with what it waits for when it is closed', async () => {
    const { port, close } = await startSilence();
    onTestFinished(close);
    const connection = openPostConnection(`http://127.0.0.1:${port}/synctl`);
    connection.send('x');
    const receiving = all(connection);
    connection.close();
    expect(await receiving).toEqual([]);
  });

  it('takes no more than its bound while nothing is answered', async () => {
    const { port, close } = await startSilence();
    onTestFinished(close);
    const connection = openPostConnection(`http://127.0.0.1:${port}/synctl`);
    const codes = Array.from({ length: 101 }, () => sendCode(connection));
    expect([codes[99], codes[100]]).toEqual(['sent', 'VENDOR_NOT_RUNNING']);
  });
});
