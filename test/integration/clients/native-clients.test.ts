import { readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { exitCodes } from '../../../src/clients/runtime/exit-codes.ts';
import { sizeLimits } from '../../../src/protocol/limits.ts';
import {
  clientKinds,
  nativeErrorNumbers,
  runtimeMethods,
  type ClientKind,
} from '../../../src/protocol/native-messages.ts';
import type { TemporaryFolder } from '../../support/temporary-folder.ts';
import { buildClients } from './built-clients.ts';
import { nativeFrame, startClient, type ClientProcess } from './client-process.ts';

const hello = { jsonrpc: '2.0', id: 1, method: 'hello', params: { protocol: 1, extension: '0.1.0' } };
const nothing = Buffer.alloc(0);

let clients: TemporaryFolder;
beforeAll(async () => {
  clients = await buildClients();
});
afterAll(() => clients.remove());

const fileOf = (kind: ClientKind) => join(clients.path, `${kind}-client.cjs`);
const start = (args?: readonly string[]): ClientProcess => startClient(fileOf('signature'), args);

test('each client is built to one file that needs nothing but Node', () => {
  expect(readdirSync(clients.path).toSorted()).toEqual(['encryption-client.cjs', 'signature-client.cjs']);
  for (const kind of clientKinds) {
    const required = readFileSync(fileOf(kind), 'utf8').matchAll(/require\("([^"]+)"\)/g);
    expect([...required].map(([, name = '']) => name).filter((name) => !isBuiltin(name))).toEqual([]);
  }
});

/** What the signature client leaves when it is killed is of no use to a later process. */
const workspaces = { signature: {}, encryption: { workspace: expect.stringMatching(/^[\w-]{22}$/) } };

describe.each(clientKinds)('the %s client', (kind) => {
  it('answers hello, then ends within a second of its input', async () => {
    const client = startClient(fileOf(kind));
    client.send(hello);
    expect(await client.next()).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: {
        protocol: 1,
        kind,
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        capabilities: expect.arrayContaining(Object.keys(runtimeMethods).filter((name) => name !== 'hello')),
        ...workspaces[kind],
      },
    });
    client.end();
    const end = await client.ended;
    expect(end).toMatchObject({ code: exitCodes.done, unread: nothing, stderr: '' });
    expect(end.afterInput).toBeLessThan(1_000);
  });
});

describe('what is refused', () => {
  test.each([
    ['nobody', []],
    ['another extension', [`chrome-extension://${'a'.repeat(32)}/`]],
    ['a page', ['https://ggzy.zhanjiang.gov.cn/']],
  ])('%s as caller, without a byte of output', async (_, args) => {
    const client = start(args);
    client.send(hello);
    expect(await client.ended).toMatchObject({ code: exitCodes.callerRefused, unread: nothing });
  });

  test('a method before hello', async () => {
    const client = start();
    client.send({ ...hello, id: 5, method: 'sign' });
    expect(await client.next()).toMatchObject({ id: 5, error: { code: nativeErrorNumbers.helloFirst } });
    client.end();
    expect(await client.ended).toMatchObject({ code: exitCodes.done, unread: nothing });
  });

  test('another protocol version', async () => {
    const client = start();
    client.send({ ...hello, params: { ...hello.params, protocol: 99 } });
    expect(await client.next()).toMatchObject({ id: 1, error: { code: nativeErrorNumbers.protocolVersion } });
    client.end();
    await client.ended;
  });

  test.each([
    ['no bytes', announce(0)],
    ['a byte more than the limit', announce(sizeLimits.nativeMessageToClientBytes + 1)],
    ['four gigabytes', announce(0xffff_ffff)],
    ['text instead of frames', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ])('a message of %s ends the client, without a byte of output', async (_, bytes) => {
    const client = start();
    client.write(bytes);
    expect(await client.ended).toMatchObject({ code: exitCodes.framingLost, unread: nothing });
  });

  test.each([1, 3, 4, 40])('an input that ends after %i bytes of a message', async (length) => {
    const client = start();
    client.write(nativeFrame(Buffer.from(JSON.stringify(hello))).subarray(0, length));
    client.end();
    expect(await client.ended).toMatchObject({ code: exitCodes.framingLost, unread: nothing });
  });
});

describe('what is survived', () => {
  test.each([
    ['no JSON', Buffer.from('{')],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['deep nesting', Buffer.from('['.repeat(100_000) + ']'.repeat(100_000))],
    ['a message of the limit less one byte', Buffer.alloc(sizeLimits.nativeMessageToClientBytes - 1, '1')],
  ])('%s is answered with one error, and hello after it is served', async (_, body) => {
    const client = start();
    client.write(nativeFrame(body));
    client.send(hello);
    expect(await client.next()).toMatchObject({ id: null, error: { code: expect.any(Number) } });
    expect(await client.next()).toMatchObject({ id: 1, result: { kind: 'signature' } });
    client.end();
    expect(await client.ended).toMatchObject({ code: exitCodes.done, unread: nothing });
  });
});

it('understands a request just below the size limit', async () => {
  const client = start();
  const text = JSON.stringify(hello);
  const padding = ' '.repeat(sizeLimits.nativeMessageToClientBytes - 1 - text.length);
  client.write(nativeFrame(Buffer.from(text + padding)));
  expect(await client.next()).toMatchObject({ result: { kind: 'signature' } });
  client.end();
  await client.ended;
});

it('understands a request that comes byte by byte', async () => {
  const client = start();
  for (const byte of nativeFrame(Buffer.from(JSON.stringify(hello)))) client.write(Uint8Array.of(byte));
  expect(await client.next()).toMatchObject({ result: { kind: 'signature' } });
  client.end();
  await client.ended;
});

it('answers a thousand requests in order and writes nothing else', async () => {
  const client = start();
  for (let id = 0; id < 1_000; id += 1) client.send({ ...hello, id });
  client.end();
  for (let id = 0; id < 1_000; id += 1) expect(await client.next()).toMatchObject({ id });
  expect(await client.ended).toMatchObject({ code: exitCodes.done, unread: nothing, stderr: '' });
});

it('ends when nobody reads its answers', async () => {
  const client = start();
  client.send(hello);
  await client.next();
  client.closeOutput();
  client.send(hello);
  expect(await client.ended).toMatchObject({ code: exitCodes.done, stderr: '' });
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s ends it cleanly', async (signal) => {
  const client = start();
  client.send(hello);
  await client.next();
  client.kill(signal);
  expect(await client.ended).toMatchObject({
    code: exitCodes.done,
    signal: null,
    unread: nothing,
    stderr: '',
  });
});

function announce(length: number): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32LE(length);
  return header;
}
