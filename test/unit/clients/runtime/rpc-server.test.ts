import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { createJobs, type ClientMessage } from '../../../../src/clients/runtime/jobs.ts';
import type { MethodHandlers } from '../../../../src/clients/runtime/method-handlers.ts';
import { createRpcServer, type ClientIdentity } from '../../../../src/clients/runtime/rpc-server.ts';
import {
  helloResultSchema,
  nativeErrorNumbers,
  nativeResponseSchema,
} from '../../../../src/protocol/native-messages.ts';
import { countLimits } from '../../../../src/protocol/limits.ts';
import { servedClient } from './served-client.ts';

const identity: ClientIdentity = { kind: 'signature', version: '1.2.3' };
const hello = { jsonrpc: '2.0', id: 1, method: 'hello', params: { protocol: 1, extension: '0.1.0' } };

const textSchema = v.strictObject({ text: v.pipe(v.string(), v.maxLength(5)) });
const runtime: MethodHandlers = { 'file.echo': { params: textSchema, run: async (given: object) => given } };
const client: MethodHandlers = {
  sign: { params: textSchema, run: () => new Promise(() => undefined) },
};

/** A server with one method of its own kind and one of the runtime's, and what it sent. */
function createServer() {
  const sent: ClientMessage[] = [];
  const send = (message: ClientMessage) => void sent.push(message);
  const { files, log } = servedClient('signature', {});
  const jobs = createJobs({ files, log, send, onEnd: () => undefined });
  return { ...createRpcServer({ identity, runtime, client, jobs, send }), sent, jobs };
}

function ask(message: unknown, server = createServer()) {
  const body = message instanceof Uint8Array ? message : Buffer.from(JSON.stringify(message));
  const before = server.sent.length;
  server.receive(body);
  expect(server.sent.length).toBe(before + 1);
  return v.parse(nativeResponseSchema, server.sent.at(-1));
}

function errorOf(message: unknown, server = createServer()) {
  const response = ask(message, server);
  return 'error' in response ? [response.id, response.error.code] : response;
}

describe('a body that is no JSON', () => {
  test.each([
    ['white space', Buffer.from(' ')],
    ['text', Buffer.from('hello')],
    ['cut off', Buffer.from('{"jsonrpc":"2.0","id":1')],
    ['followed by more', Buffer.from('{}{}')],
    ['invalid UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22])],
    ['an overlong encoding', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ['an encoded surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['with a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{}')])],
    ['UTF-16', Buffer.from('{}', 'utf16le')],
  ])('(%s) is a parse error', (_, body) => {
    expect(errorOf(body)).toEqual([null, nativeErrorNumbers.parse]);
  });
});

describe('JSON that is no request', () => {
  test.each([
    ['null', null],
    ['a string', 'hello'],
    ['a batch', [hello]],
    ['an empty batch', []],
    ['nothing in it', {}],
    ['another version', { ...hello, id: undefined, jsonrpc: '1.0' }],
    ['a notification', { ...hello, id: undefined }],
    ['an id of text', { ...hello, id: '1' }],
    ['an id of null', { ...hello, id: null }],
    ['a negative id', { ...hello, id: -1 }],
    ['a fractional id', { ...hello, id: 1.5 }],
  ])('(%s) is an invalid request', (_, message) => {
    expect(errorOf(message)).toEqual([null, nativeErrorNumbers.invalidRequest]);
  });

  test.each([
    ['a method of number', { ...hello, method: 7 }],
    ['a method of 61 characters', { ...hello, method: 'm'.repeat(61) }],
    ['a further member', { ...hello, origin: 'https://ggzy.zhanjiang.gov.cn' }],
    ['no version', { ...hello, jsonrpc: undefined }],
  ])('(%s) is an invalid request, told under its id', (_, message) => {
    expect(errorOf(message)).toEqual([1, nativeErrorNumbers.invalidRequest]);
  });

  test.each([
    ['arrays', '['.repeat(500_000) + ']'.repeat(500_000)],
    ['objects', '{"a":'.repeat(150_000) + '1' + '}'.repeat(150_000)],
  ])('nested %s of a megabyte are an error and no crash', (_, text) => {
    expect(errorOf(Buffer.from(text))).toEqual([null, nativeErrorNumbers.invalidRequest]);
  });

  it('nested deep inside parameters is an error and no crash', () => {
    const bomb = `{"jsonrpc":"2.0","id":1,"method":"hello","params":${'['.repeat(400_000)}${']'.repeat(400_000)}}`;
    expect(errorOf(Buffer.from(bomb))).toEqual([1, nativeErrorNumbers.invalidParams]);
  });

  it('does not come back in the error', () => {
    const response = ask({ ...hello, method: 'secret-method', params: 'secret' });
    expect(JSON.stringify(response)).not.toContain('secret');
  });

  it('cannot reach the prototype of objects', () => {
    ask(Buffer.from('{"__proto__":{"greeted":true},"jsonrpc":"2.0","id":1,"method":"hello"}'));
    expect(Object.hasOwn(Object.prototype, 'greeted')).toBe(false);
  });
});

describe('hello', () => {
  it('is answered with who the client is', () => {
    expect(ask(hello)).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: {
        protocol: 1,
        kind: 'signature',
        version: '1.2.3',
        capabilities: ['cancel', 'file.echo', 'sign'],
      },
    });
  });

  it('has a result that the extension can decode', () => {
    const response = ask(hello);
    expect(v.is(helloResultSchema, 'result' in response && response.result)).toBe(true);
  });

  test.each([0, 2, -1, 1_000])('of protocol %i is refused', (protocol) => {
    const message = { ...hello, params: { ...hello.params, protocol } };
    expect(errorOf(message)).toEqual([1, nativeErrorNumbers.protocolVersion]);
  });

  test.each([
    ['no parameters', undefined],
    ['a list', [1, '0.1.0']],
    ['a protocol of text', { protocol: '1', extension: '0.1.0' }],
    ['no extension version', { protocol: 1 }],
    ['an endless extension version', { protocol: 1, extension: '0'.repeat(41) }],
    ['one parameter too many', { protocol: 1, extension: '0.1.0', origin: 'x' }],
  ])('with %s has invalid parameters', (_, params) => {
    expect(errorOf({ ...hello, params })).toEqual([1, nativeErrorNumbers.invalidParams]);
  });

  it('must come before any other method', () => {
    expect(errorOf({ ...hello, id: 9, method: 'sign' })).toEqual([9, nativeErrorNumbers.helloFirst]);
  });

  it('does not count when its protocol was refused', () => {
    const server = createServer();
    ask({ ...hello, params: { ...hello.params, protocol: 2 } }, server);
    expect(errorOf({ ...hello, method: 'sign' }, server)).toEqual([1, nativeErrorNumbers.helloFirst]);
    expect(server.isGreeted()).toBe(false);
  });

  it('may be said again', () => {
    const server = createServer();
    ask(hello, server);
    expect(ask({ ...hello, id: 2 }, server)).toMatchObject({ id: 2, result: { kind: 'signature' } });
  });
});

test.each(['seal', 'Hello', 'file.', 'toString', '', 'constructor', '__proto__'])(
  'after hello, method "%s" is unknown',
  (method) => {
    const server = createServer();
    ask(hello, server);
    expect(errorOf({ ...hello, id: 3, method }, server)).toEqual([3, nativeErrorNumbers.methodNotFound]);
  },
);

describe('after hello, a method', () => {
  function greeted() {
    const server = createServer();
    ask(hello, server);
    return server;
  }
  const sign = { jsonrpc: '2.0', id: 5, method: 'sign', params: { text: 'a' } };

  test.each([
    ['no parameters', undefined],
    ['a list', ['a']],
    ['a parameter too long', { text: 'abcdef' }],
    ['a parameter too many', { text: 'a', more: 1 }],
  ])('with %s has invalid parameters and does not run', (_, given) => {
    const server = greeted();
    expect(errorOf({ ...sign, params: given }, server)).toEqual([5, nativeErrorNumbers.invalidParams]);
    expect(server.jobs.isBusy()).toBe(false);
  });

  it('under the id of a running request is refused without an id', () => {
    const server = greeted();
    server.receive(Buffer.from(JSON.stringify(sign)));
    expect(errorOf({ ...sign, method: 'file.echo' }, server)).toEqual([
      null,
      nativeErrorNumbers.invalidRequest,
    ]);
  });

  it('is refused while too many requests are unanswered', () => {
    const server = greeted();
    for (let id = 100; id < 100 + countLimits.clientRequests; id += 1) {
      server.receive(Buffer.from(JSON.stringify({ ...sign, id, method: 'file.echo' })));
    }
    expect(ask({ ...sign, method: 'file.echo' }, server)).toMatchObject({
      error: { code: nativeErrorNumbers.coded, data: { code: 'CLIENT_BUSY' } },
    });
  });

  it('is cancelled by its id, and the cancellation answered even when nothing runs', () => {
    const server = greeted();
    const cancel = { jsonrpc: '2.0', id: 6, method: 'cancel', params: { id: 5 } };
    expect(ask(cancel, server)).toEqual({ jsonrpc: '2.0', id: 6, result: {} });
  });

  test.each([{}, { id: '5' }, { id: -1 }, { id: 5, more: true }])(
    'cannot be cancelled by the parameters %j',
    (given) => {
      const cancel = { jsonrpc: '2.0', id: 6, method: 'cancel', params: given };
      expect(errorOf(cancel, greeted())).toEqual([6, nativeErrorNumbers.invalidParams]);
    },
  );
});
