import { request, type OutgoingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { createLane, type LaneOptions } from '../../../../../src/clients/runtime/lane/lane.ts';
import type { LogEvent } from '../../../../../src/clients/runtime/log.ts';
import { memorySource, type ByteSource } from '../../../../../src/lib/byte-source.ts';
import { concatBytes } from '../../../../../src/lib/bytes.ts';
import { extensionIds } from '../../../../../src/protocol/extension-ids.ts';

const origin = `chrome-extension://${extensionIds[0]}`;
const content = Buffer.from('0123456789');

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

function createWorld(options: Partial<LaneOptions> = {}) {
  const logged: LogEvent[] = [];
  const log = { write: (event: LogEvent) => void logged.push(event) };
  const lane = createLane({ origin, log, onActivity: () => undefined, ...options });
  onTestFinished(() => lane.close());

  /** An upload of `size` bytes, and what was received of it. */
  const upload = async (size = content.length) => {
    const dropped = new AbortController();
    let outcome: (received: string) => void = () => undefined;
    const received = new Promise<string>((resolve) => (outcome = resolve));
    const ticket = await lane.announce({
      direction: 'upload',
      size,
      signal: dropped.signal,
      async receive(body) {
        const parts: Uint8Array[] = [];
        try {
          for await (const part of body) parts.push(part);
          outcome(Buffer.from(concatBytes(...parts)).toString());
        } catch (error) {
          outcome('broken off');
          throw error;
        }
      },
    });
    if (ticket === undefined) throw new Error('no lane');
    return { ...ticket, ...ticket.address, received, drop: () => dropped.abort() };
  };
  const download = async (source: ByteSource = memorySource(content)) => {
    const dropped = new AbortController();
    const ticket = await lane.announce({ direction: 'download', source, signal: dropped.signal });
    if (ticket === undefined) throw new Error('no lane');
    return { ...ticket, ...ticket.address, drop: () => dropped.abort() };
  };
  return { lane, upload, download, logged };
}

/** The headers that our extension's `fetch` would send; a header of `undefined` is left out. */
function headersFor(token: string, changes: OutgoingHttpHeaders = {}): OutgoingHttpHeaders {
  const headers = { Origin: origin, Authorization: `Bearer ${token}`, ...changes };
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}

function ask(
  port: number,
  method: string,
  headers: OutgoingHttpHeaders,
  { body = '', path = '/file' }: { body?: string | Uint8Array; path?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('latin1');
      response.on('data', (part: string) => (text += part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: text }),
      );
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

const put = (port: number, token: string, changes: OutgoingHttpHeaders = {}, body: Uint8Array = content) =>
  ask(port, 'PUT', headersFor(token, { 'Content-Length': body.length, ...changes }), { body });

/** A bare connection, and everything that came back until it was closed. */
function dial(port: number): { socket: Socket; answer: Promise<string> } {
  const socket = connect({ host: '127.0.0.1', port });
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (part: string) => (text += part));
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return { socket, answer: new Promise((resolve) => socket.on('close', () => resolve(text))) };
}

function head(port: number, token: string, lines: readonly string[]): string {
  return [
    'PUT /file HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Origin: ${origin}`,
    `Authorization: Bearer ${token}`,
    ...lines,
    '\r\n',
  ].join('\r\n');
}

describe('the lane', () => {
  it('takes the bytes announced from the holder of the token', async () => {
    const { port, token, received } = await createWorld().upload();
    const answer = await put(port, token);
    expect(answer).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': origin } });
    expect(await received).toBe('0123456789');
  });

  it('takes an empty file', async () => {
    const { port, token, received } = await createWorld().upload(0);
    expect(await put(port, token, {}, Buffer.alloc(0))).toMatchObject({ status: 204 });
    expect(await received).toBe('');
  });

  test.each([0, 10, 3_000_000])('gives a file of %i bytes, its length first', async (size) => {
    const bytes = Buffer.alloc(size, 'CA Bridge ');
    const { port, token } = await createWorld().download(memorySource(bytes));
    const answer = await ask(port, 'GET', headersFor(token));
    expect(answer).toMatchObject({ status: 200, headers: { 'content-length': String(size) } });
    expect(answer.body === bytes.toString('latin1')).toBe(true);
  });

  test.each(['PUT', 'GET', 'POST'])('answers the preflight of our extension for %s', async (method) => {
    const { port } = await createWorld().upload();
    const answer = await ask(port, 'OPTIONS', {
      Origin: origin,
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': 'authorization',
      'Access-Control-Request-Private-Network': 'true',
    });
    expect(answer).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'PUT, GET, POST',
        'access-control-allow-headers': 'Authorization, Content-Type',
        'access-control-allow-private-network': 'true',
      },
    });
  });

  it('gives a file to a POST as well', async () => {
    const { port, token } = await createWorld().download();
    expect(await ask(port, 'POST', headersFor(token))).toMatchObject({ status: 200, body: '0123456789' });
  });

  it('listens on the loopback address alone', async () => {
    const { port } = await createWorld().upload();
    const refused = await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.2', port });
      socket.on('error', (error) => resolve(error));
      socket.on('connect', () => resolve('connected'));
    });
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('carries several transfers at a time, each by its own token', async () => {
    const world = createWorld();
    const [first, second] = await Promise.all([world.upload(), world.upload(3)]);
    expect(first.port).toBe(second.port);
    await put(second.port, second.token, {}, Buffer.from('abc'));
    await put(first.port, first.token);
    expect(await Promise.all([first.received, second.received])).toEqual(['0123456789', 'abc']);
  });
});

describe('a stranger', () => {
  test.each<[string, OutgoingHttpHeaders]>([
    ['a wrong token', { Authorization: `Bearer ${'A'.repeat(43)}` }],
    ['no token', { Authorization: undefined }],
    ['an empty token', { Authorization: 'Bearer ' }],
    ['a token of 10 kB', { Authorization: `Bearer ${'A'.repeat(7_000)}` }],
    ['another scheme', { Authorization: 'Basic QUFB' }],
    ['a rebound name as host', { Host: 'evil.example:80' }],
    ['localhost as host', { Host: 'localhost' }],
    ['the host without its port', { Host: '127.0.0.1' }],
    ['a page as origin', { Origin: 'https://evil.example' }],
    ['another extension as origin', { Origin: `chrome-extension://${'a'.repeat(32)}` }],
    ['our origin with a slash', { Origin: `${origin}/` }],
    ['our origin in capitals', { Origin: origin.toUpperCase() }],
    ['null as origin', { Origin: 'null' }],
    ['no origin', { Origin: undefined }],
    ['two origins', { Origin: `${origin}, https://evil.example` }],
  ])('with %s is refused, and the holder of the token is not harmed', async (_, changes) => {
    const { port, token, received } = await createWorld().upload();
    expect(await put(port, token, changes)).toMatchObject({ status: 403, body: '' });
    expect(await put(port, token)).toMatchObject({ status: 204 });
    expect(await received).toBe('0123456789');
  });

  it('is told nothing by CORS', async () => {
    const { port, token } = await createWorld().upload();
    const preflight = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'PUT' };
    expect((await ask(port, 'OPTIONS', preflight)).headers).not.toHaveProperty('access-control-allow-origin');
    const answer = await put(port, token, { Origin: 'https://evil.example' });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  test.each(['Origin', 'Host', 'Authorization'])('who repeats %s is refused', async (name) => {
    const { port, token, received } = await createWorld().upload();
    const { socket, answer } = dial(port);
    const repeated = { Origin: origin, Host: `127.0.0.1:${port}`, Authorization: `Bearer ${token}` }[name];
    socket.write(head(port, token, ['Content-Length: 0', `${name}: ${repeated}`]));
    expect(await answer).toMatch(/^HTTP\/1\.1 40[03] /);
    await put(port, token);
    expect(await received).toBe('0123456789');
  });

  test.each(['GET', 'POST', 'HEAD', 'DELETE', 'PATCH', 'TRACE'])('cannot %s an upload', async (method) => {
    const { port } = await createWorld().upload();
    const { status } = await ask(port, method, headersFor('A'.repeat(43)));
    expect([403, 405]).toContain(status);
  });

  test.each(['/', '/file/', '/file?x', '/FILE', '//file', '/../file', 'http://evil.example/file'])(
    'finds nothing at %s',
    async (path) => {
      const { port, token } = await createWorld().upload();
      const answer = await ask(port, 'PUT', headersFor(token, { 'Content-Length': 10 }), {
        body: content,
        path,
      });
      expect(answer.status).toBe(404);
    },
  );

  it('cannot preflight another method', async () => {
    const { port } = await createWorld().upload();
    const headers = { Origin: origin, 'Access-Control-Request-Method': 'DELETE' };
    expect(await ask(port, 'OPTIONS', headers)).toMatchObject({ status: 405 });
  });

  it('is not invited to send a body', async () => {
    const { port, token } = await createWorld().upload();
    const { socket, answer } = dial(port);
    socket.write(head(port, token, ['Content-Length: 10', 'Expect: 100-continue']));
    expect(await answer).toMatch(/^HTTP\/1\.1 417 /);
  });

  it('is refused headers of any size', async () => {
    const { port, token, received } = await createWorld().upload();
    const { socket, answer } = dial(port);
    socket.write(head(port, token, [`X-Padding: ${'x'.repeat(100_000)}`]));
    expect(await answer).toMatch(/^HTTP\/1\.1 431 /);
    await put(port, token);
    expect(await received).toBe('0123456789');
  });

  it.each(['garbage\r\n\r\n', '\x16\x03\x01\x02\x00\x01\x00', 'PUT /file HTTP/1.1\r\nHost : x\r\n\r\n'])(
    'that speaks no HTTP (%j) is cut off',
    async (bytes) => {
      const { port } = await createWorld().upload();
      const { socket, answer } = dial(port);
      socket.write(bytes);
      expect(await answer).toMatch(/^HTTP\/1\.1 400 /);
    },
  );

  it('that does not come to the end of its headers is cut off', async () => {
    const { port, token, received } = await createWorld({ headTime: 1 }).upload();
    const silent = dial(port);
    const talking = dial(port);
    talking.socket.write('PUT /file HTTP/1.1\r\nX-Padding: ');
    expect(await talking.answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(await silent.answer).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
    await put(port, token);
    expect(await received).toBe('0123456789');
  });

  it('with many connections keeps nobody else out', async () => {
    const { port, token, received } = await createWorld({ maximumSockets: 4 }).upload();
    const strangers = Array.from({ length: 20 }, () => dial(port));
    await Promise.all(strangers.slice(0, 16).map(({ answer }) => answer));
    expect(await put(port, token)).toMatchObject({ status: 204 });
    expect(await received).toBe('0123456789');
  });

  it('with many connections does not cut a transfer that runs', async () => {
    const { port, token, received } = await createWorld({ maximumSockets: 4 }).upload();
    const { socket, answer } = dial(port);
    socket.write(`${head(port, token, ['Content-Length: 10'])}01234`);
    await expect.poll(() => put(port, token).then(({ status }) => status)).toBe(403);
    const strangers = Array.from({ length: 20 }, () => dial(port));
    await Promise.all(strangers.slice(0, 16).map((stranger) => stranger.answer));
    socket.write('56789');
    expect(await answer).toMatch(/^HTTP\/1\.1 204 /);
    expect(await received).toBe('0123456789');
  });
});

describe('a token', () => {
  it('is good for one request', async () => {
    const world = createWorld();
    const { port, token } = await world.upload();
    await world.upload();
    await put(port, token);
    expect(await put(port, token)).toMatchObject({ status: 403 });
  });

  it('is used up while its request runs, which is not harmed', async () => {
    const { port, token, received } = await createWorld().upload();
    const { socket, answer } = dial(port);
    socket.write(`${head(port, token, ['Content-Length: 10'])}01234`);
    await expect.poll(() => put(port, token).then(({ status }) => status)).toBe(403);
    socket.write('56789');
    expect(await answer).toMatch(/^HTTP\/1\.1 204 /);
    expect(await received).toBe('0123456789');
  });

  it('dies when nobody uses it, and the server with it', async () => {
    const { port, token } = await createWorld({ tokenTime: 1 }).upload();
    await expect
      .poll(() => put(port, token).catch((error: unknown) => error))
      .toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('dies when its file is dropped', async () => {
    const world = createWorld();
    const { port, token, drop } = await world.upload();
    await world.upload();
    drop();
    expect(await put(port, token)).toMatchObject({ status: 403 });
  });

  it('dies when it is revoked', async () => {
    const world = createWorld();
    const { port, token, revoke } = await world.upload();
    await world.upload();
    revoke();
    expect(await put(port, token)).toMatchObject({ status: 403 });
  });

  it('for an upload fetches nothing, and is used up by the attempt', async () => {
    const world = createWorld();
    const { port, token } = await world.upload();
    await world.upload();
    expect(await ask(port, 'GET', headersFor(token))).toMatchObject({ status: 405 });
    expect(await put(port, token)).toMatchObject({ status: 403 });
  });

  it('for a download takes nothing', async () => {
    const { port, token } = await createWorld().download();
    expect(await put(port, token)).toMatchObject({ status: 405 });
  });

  it('has 256 bits and never comes twice', async () => {
    const world = createWorld();
    const tokens = await Promise.all(Array.from({ length: 50 }, async () => (await world.upload()).token));
    expect(new Set(tokens).size).toBe(50);
    expect(tokens.every((token) => Buffer.from(token, 'base64url').length === 32)).toBe(true);
  });
});

describe('a body', () => {
  test.each<[string, OutgoingHttpHeaders, number]>([
    ['longer than announced', { 'Content-Length': 11 }, 413],
    ['shorter than announced', { 'Content-Length': 9 }, 400],
    ['of another writing of its length', { 'Content-Length': '010' }, 400],
    ['in chunks', { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' }, 411],
  ])('%s is refused before it is read', async (_, changes, status) => {
    const world = createWorld();
    const { port, token } = await world.upload();
    const headers = headersFor(token, { 'Content-Length': 10, ...changes });
    const length = Number(headers['Content-Length'] ?? 10);
    const answer = await ask(port, 'PUT', headers, { body: Buffer.alloc(length) });
    expect(answer).toMatchObject({ status });
    expect(world.lane.isActive()).toBe(false);
  });

  it('without a length is refused', async () => {
    const { port, token } = await createWorld().upload();
    const { socket, answer } = dial(port);
    socket.write(head(port, token, []));
    expect(await answer).toMatch(/^HTTP\/1\.1 411 /);
  });

  it('with both length and chunks is refused', async () => {
    const { port, token } = await createWorld().upload();
    const { socket, answer } = dial(port);
    socket.write(head(port, token, ['Content-Length: 10', 'Transfer-Encoding: chunked']));
    expect(await answer).toMatch(/^HTTP\/1\.1 4(?:00|11) /);
  });

  it('that ends early is no file', async () => {
    const { port, token, received } = await createWorld().upload();
    const { socket } = dial(port);
    socket.end(`${head(port, token, ['Content-Length: 10'])}0123`);
    expect(await received).toBe('broken off');
  });

  it('ends where it was announced to end: what follows is another request, without a right', async () => {
    const { port, token, received } = await createWorld().upload();
    const { socket, answer } = dial(port);
    const one = `${head(port, token, ['Content-Length: 10'])}0123456789`;
    socket.write(`${one}${one}`);
    const answers = await answer;
    expect(answers).toMatch(/^HTTP\/1\.1 204 /);
    expect(answers.match(/HTTP\/1\.1 2/g)).toHaveLength(1);
    expect(await received).toBe('0123456789');
  });

  it('that stops coming is cut off', async () => {
    const { port, token, received } = await createWorld({ pace: { silence: 30, floor: 0 } }).upload();
    const { socket, answer } = dial(port);
    socket.write(`${head(port, token, ['Content-Length: 10'])}0123`);
    expect(await answer).toBe('');
    expect(await received).toBe('broken off');
  });

  it('that trickles is cut off', async () => {
    const { port, token, received } = await createWorld({ pace: { silence: 100, floor: 65_536 } }).upload(
      1_000,
    );
    const { socket, answer } = dial(port);
    socket.write(head(port, token, ['Content-Length: 1000']));
    const trickle = setInterval(() => socket.write('x'), 10);
    onTestFinished(() => clearInterval(trickle));
    expect(await answer).toBe('');
    expect(await received).toBe('broken off');
  });

  it('is cut off when its file is dropped', async () => {
    const { port, token, received, drop } = await createWorld().upload();
    const { socket, answer } = dial(port);
    socket.write(`${head(port, token, ['Content-Length: 10'])}0123`);
    await expect.poll(() => put(port, token).then(({ status }) => status)).toBe(403);
    drop();
    expect(await answer).toBe('');
    expect(await received).toBe('broken off');
  });
});

describe('a download', () => {
  const endless: ByteSource = { size: 1e9, read: (_, length) => Promise.resolve(new Uint8Array(length)) };

  it('that nobody takes is cut off', async () => {
    const world = createWorld({ pace: { silence: 50, floor: 0 } });
    const { port, token } = await world.download(endless);
    const { socket } = dial(port);
    socket.pause();
    socket.write(head(port, token, []).replace('PUT', 'GET'));
    await expect
      .poll(() => world.logged)
      .toContainEqual(expect.objectContaining({ event: 'transferEnded', outcome: 'FILE_INCOMPLETE' }));
    expect(world.lane.isActive()).toBe(false);
  });

  it('of a file that changed ends short of its length', async () => {
    const broken: ByteSource = {
      size: 3_000_000,
      read: (offset, length) =>
        offset === 0 ? Promise.resolve(new Uint8Array(length)) : Promise.reject(new Error('changed')),
    };
    const { port, token } = await createWorld().download(broken);
    await expect(ask(port, 'GET', headersFor(token))).rejects.toThrow('aborted');
  });
});

describe('the server', () => {
  it('is closed with the last transfer, and opened for the next', async () => {
    const world = createWorld();
    const { port, token } = await world.upload();
    await put(port, token);
    await expect
      .poll(() => put(port, token).catch((error: unknown) => error))
      .toMatchObject({ code: 'ECONNREFUSED' });
    const next = await world.upload();
    expect(await put(next.port, next.token)).toMatchObject({ status: 204 });
  });

  it('goes at once when the lane closes, with every transfer', async () => {
    const world = createWorld();
    const { port, token, received } = await world.upload();
    const { socket, answer } = dial(port);
    socket.write(`${head(port, token, ['Content-Length: 10'])}0123`);
    await expect.poll(() => world.lane.isActive()).toBe(true);
    world.lane.close();
    expect(await answer).toBe('');
    expect(await received).toBe('broken off');
    await expect(put(port, token)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is not started any more once the lane is closed', async () => {
    const world = createWorld();
    world.lane.close();
    await expect(world.upload()).rejects.toThrow('no lane');
  });

  it('logs how many were refused, and nothing of them', async () => {
    const world = createWorld();
    const { port, token, received } = await world.upload();
    await put(port, 'A'.repeat(43), { 'User-Agent': 'zhang-san' });
    await put(port, token);
    await received;
    await expect.poll(() => world.logged).toContainEqual({ event: 'laneClosed', transfers: 1, refused: 1 });
    expect(JSON.stringify(world.logged)).not.toMatch(/zhang-san|0123456789/);
  });
});
