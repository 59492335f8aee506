import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { createRpcServer, type ClientIdentity } from '../../../../src/clients/runtime/rpc-server.ts';
import {
  helloResultSchema,
  nativeErrorNumbers,
  nativeResponseSchema,
} from '../../../../src/protocol/native-messages.ts';

const identity: ClientIdentity = { kind: 'signature', version: '1.2.3', capabilities: ['sign'] };
const hello = { jsonrpc: '2.0', id: 1, method: 'hello', params: { protocol: 1, extension: '0.1.0' } };

function ask(message: unknown, server = createRpcServer(identity)) {
  const body = message instanceof Uint8Array ? message : Buffer.from(JSON.stringify(message));
  return v.parse(nativeResponseSchema, server.answer(body));
}

function errorOf(message: unknown, server = createRpcServer(identity)) {
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
      result: { protocol: 1, kind: 'signature', version: '1.2.3', capabilities: ['sign'] },
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
    const server = createRpcServer(identity);
    ask({ ...hello, params: { ...hello.params, protocol: 2 } }, server);
    expect(errorOf({ ...hello, method: 'sign' }, server)).toEqual([1, nativeErrorNumbers.helloFirst]);
    expect(server.isGreeted()).toBe(false);
  });

  it('may be said again', () => {
    const server = createRpcServer(identity);
    ask(hello, server);
    expect(ask({ ...hello, id: 2 }, server)).toMatchObject({ id: 2, result: { kind: 'signature' } });
  });
});

test.each(['sign', 'Hello', '', 'constructor', '__proto__'])(
  'after hello, method "%s" is unknown',
  (method) => {
    const server = createRpcServer(identity);
    ask(hello, server);
    expect(errorOf({ ...hello, id: 3, method }, server)).toEqual([3, nativeErrorNumbers.methodNotFound]);
  },
);
