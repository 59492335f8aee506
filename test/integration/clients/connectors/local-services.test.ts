/**
 * Vendors' services listen at fixed ports, and so does ours for these tests: what needs the ports is in this one file,
 * one test after the other.
 */
import { beforeAll, describe, expect, it, onTestFinished, test } from 'vitest';
import { toBase64, utf8 } from '../../../../src/lib/bytes.ts';
import { localServiceAddresses, type connectorMethods } from '../../../../src/protocol/connector-methods.ts';
import { countLimits, timeLimits } from '../../../../src/protocol/limits.ts';
import { nativeErrorNumbers, type MethodParams } from '../../../../src/protocol/native-messages.ts';
import { holdXtxPorts } from '../../../support/xtx-ports.ts';
import { startSilence, startWebServer } from '../../../support/xtx-other-programs.ts';
import type { DrivenClient } from '../encryption/driven-client.ts';
import { noTrust } from '../encryption/encryption-world.ts';
import { encrypted } from '../encryption/scenes.ts';
import { cancel, client, holds, keyHolder, running, runningWithWindows } from './connector-world.ts';

type SignParams = MethodParams<typeof connectorMethods, 'vendor.sign'>;

beforeAll(holdXtxPorts);

const connector = 'xtx' as const;
const holder = keyHolder();
const keys = [holder.key];
const key = holder.key.id;
const { certificate } = holder;
const content = toBase64(utf8('what is to be signed'));
const signing = { connector, key, certificate, contents: [content] } satisfies SignParams;

/** An answer with a code, as `ask` gives it. */
const refused = (code: string) => ({ error: { data: { code } } });

describe('each client', () => {
  test.each(['signature', 'encryption'] as const)('(%s) lists, logs in and signs', async (kind) => {
    const { service, nextWindow } = await runningWithWindows({ keys });
    const driven = await client(kind);
    expect(await driven.call('vendor.probe', { connector })).toEqual({ version: '3.6.6.1014' });
    expect(await driven.call('vendor.list', { connector })).toEqual({
      keys: [{ id: key, name: holder.key.name, certificate, encryptionCertificate: holder.own.certificate }],
    });
    const login = driven.call('vendor.login', { connector, key });
    (await nextWindow()).enter();
    await login;
    const { signatures } = await driven.call('vendor.sign', { ...signing, contents: [content, content] });
    expect(signatures.map((signature) => holds(certificate, content, signature))).toEqual([true, true]);
    expect(service.connections()).toBe(1);
  });

  it('opens envelopes only where bids are encrypted', async () => {
    const [signature, encryption] = [await client('signature'), await client('encryption')];
    expect(signature.hello.capabilities).not.toContain('vendor.open');
    expect(encryption.hello.capabilities).toContain('vendor.open');
    const params = { connector, key, requests: [content], oneTimeKey: content };
    expect(await signature.refusal('vendor.open', params)).toBe(nativeErrorNumbers.methodNotFound);
  });

  it('makes DER of a plain signature', async () => {
    await running({ keys, signatureForm: 'raw' });
    const driven = await client('signature');
    await driven.call('vendor.login', { connector, key });
    const { signatures } = await driven.call('vendor.sign', signing);
    expect(holds(certificate, content, signatures[0])).toBe(true);
  });

  it('refuses a signature over something else', async () => {
    await running({ keys, signsWrongly: true });
    const driven = await client('signature');
    await driven.call('vendor.login', { connector, key });
    expect(await driven.refusal('vendor.sign', signing)).toBe('SIGNATURE_MISMATCH');
  });

  it('reaches the service over TLS alone', async () => {
    await running({ keys, ports: { tls: 21_061 } });
    const driven = await client('signature');
    await driven.call('vendor.login', { connector, key });
    expect((await driven.call('vendor.sign', signing)).signatures).toHaveLength(1);
  });
});

describe('a bid that was encrypted to the key', () => {
  test.each(['bid', 'enveloped'] as const)('(%s) is opened by the service', async (format) => {
    const { service, nextWindow } = await runningWithWindows({ keys });
    const driven = await client('encryption');
    const plain = Buffer.alloc(300_000, 'a bid of the sandbox; ');
    const bidder = { own: holder.own, certificate: new Uint8Array(), privateKey: new Uint8Array() };
    const cipher = await encrypted(driven, bidder, plain, { format, trust: noTrust });

    const file = await driven.send('bid.cabid', cipher.bytes);
    const { opening, oneTimeKey } = await driven.call('opening.create', {});
    const prepared = { files: [file], own: holder.own, trust: noTrust, opening };
    const { bids } = await driven.call('opening.prepare', prepared);
    const requests = bids.flatMap((bid) => (bid.ok && bid.request !== undefined ? [bid.request] : []));
    const login = driven.call('vendor.login', { connector, key });
    (await nextWindow()).enter();
    await login;
    const opened = await driven.call('vendor.open', { connector, key, requests, oneTimeKey });
    const [wrapped] = opened.keys;
    const result = await driven.call('opening.open', { opening, file, key: wrapped ?? '', write: true });

    expect(await driven.fetch(result.file ?? '')).toEqual(plain);
    expect(service.names().at(-1)).toBe(format === 'bid' ? 'SOF_DecryptData' : 'SOF_PriKeyDecrypt');
  });

  it('for another key is told apart from those that open', async () => {
    const other = keyHolder('other');
    await running({ keys });
    const driven = await client('encryption');
    const prepareFor = async ({ own }: typeof holder) => {
      const bidder = { own, certificate: new Uint8Array(), privateKey: new Uint8Array() };
      const cipher = await encrypted(driven, bidder, utf8('a bid'), { trust: noTrust });
      const file = await driven.send('bid.cabid', cipher.bytes);
      const { bids } = await driven.call('opening.prepare', { files: [file], own, trust: noTrust, opening });
      const [bid] = bids;
      return bid?.ok === true ? (bid.request ?? '') : '';
    };
    const { opening, oneTimeKey } = await driven.call('opening.create', {});
    const requests = [await prepareFor(other), await prepareFor(holder)];
    await driven.call('vendor.login', { connector, key });
    const opened = await driven.call('vendor.open', { connector, key, requests, oneTimeKey });
    expect(opened.keys).toEqual([null, expect.any(String)]);
  });
});

describe('what is told apart', () => {
  test('nobody listens', async () => {
    expect(await (await client('signature')).refusal('vendor.probe', { connector })).toBe(
      'VENDOR_NOT_RUNNING',
    );
  });

  test('another program listens', async () => {
    const other = await startWebServer(21_051);
    onTestFinished(() => other.close());
    expect(await (await client('signature')).refusal('vendor.probe', { connector })).toBe('VENDOR_PROTOCOL');
  });

  test('nobody answers, and the time that this takes is bounded', async () => {
    const [plain, tls] = [await startSilence(21_051), await startSilence(21_061)];
    onTestFinished(async () => {
      await plain.close();
      await tls.close();
    });
    const driven = await client('signature');
    const begun = performance.now();
    expect(await driven.refusal('vendor.probe', { connector })).toBe('VENDOR_SILENT');
    expect(performance.now() - begun).toBeLessThan(timeLimits.vendorProbe + 1_000);
  });

  test('no key is inserted', async () => {
    await running();
    expect(await (await client('signature')).refusal('vendor.list', { connector })).toBe(
      'VENDOR_KEY_MISSING',
    );
  });

  test('the user closes the PIN window', async () => {
    const { nextWindow } = await runningWithWindows({ keys });
    const driven = await client('signature');
    const login = driven.refusal('vendor.login', { connector, key });
    (await nextWindow()).refuse();
    expect(await login).toBe('VENDOR_LOGIN_REFUSED');
  });

  test('the key is pulled while the PIN window is open', async () => {
    const { service, nextWindow } = await runningWithWindows({ keys });
    const driven = await client('signature');
    const login = driven.refusal('vendor.login', { connector, key });
    await nextWindow();
    service.setKeys([]);
    expect(await login).toBe('VENDOR_KEY_MISSING');
  });

  test('the service fails', async () => {
    const service = await running({ keys });
    const driven = await client('signature');
    await driven.call('vendor.login', { connector, key });
    service.behave('fails', 'SOF_SignDataBase64');
    expect(await driven.refusal('vendor.sign', signing)).toBe('VENDOR_FAILED');
    expect(service.names().slice(-2)).toEqual(['SOF_GetLastError', 'SOF_GetUserList']);
  });
});

describe('while the PIN window blocks', () => {
  async function blocked(kind: 'signature' | 'encryption') {
    const world = await runningWithWindows({ keys });
    const driven = await client(kind);
    const asked = driven.ask('vendor.login', { connector, key });
    const window = await world.nextWindow();
    return { ...world, driven, asked, window };
  }

  it('can be given up, and asked for again', async () => {
    const { service, driven, asked, window, nextWindow } = await blocked('signature');
    await cancel(driven, asked);
    expect(await asked.answer).toMatchObject(refused('REQUEST_ABORTED'));
    await service.untilConnections(0);
    window.enter();
    const again = driven.call('vendor.login', { connector, key });
    (await nextWindow()).enter();
    await again;
    expect((await driven.call('vendor.sign', signing)).signatures).toHaveLength(1);
  });

  it('the service may be killed, and started again', async () => {
    const { service, driven, asked } = await blocked('encryption');
    await service.kill();
    expect(await asked.answer).toMatchObject(refused('VENDOR_NOT_RUNNING'));
    expect(await driven.refusal('vendor.probe', { connector })).toBe('VENDOR_NOT_RUNNING');
    await running({ keys });
    await driven.call('vendor.login', { connector, key });
    expect((await driven.call('vendor.sign', signing)).signatures).toHaveLength(1);
  });

  test.each(['signature', 'encryption'] as const)(
    'the browser may let go, and nothing of the %s client is left',
    async (kind) => {
      const { service, driven } = await blocked(kind);
      driven.process.end();
      const { code, signal, stderr, afterInput } = await driven.process.ended;
      expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
      expect(afterInput).toBeLessThan(1_500);
      await service.untilConnections(0);
    },
  );

  it('the client may be killed', async () => {
    const { service, driven } = await blocked('signature');
    driven.process.kill('SIGKILL');
    await service.untilConnections(0);
    expect((await driven.process.ended).signal).toBe('SIGKILL');
  });
});

/** Everything that comes on a page's connection until `count` texts have. */
async function heard(driven: DrivenClient, connection: string, count: number): Promise<unknown[]> {
  const texts: string[] = [];
  while (texts.length < count) {
    const { messages, closed } = await driven.call('service.receive', { connection });
    texts.push(...messages);
    if (closed) throw new Error(`closed after ${texts.length}`);
  }
  return texts.map((text) => JSON.parse(text) as unknown);
}

describe('a page’s own connection', () => {
  const [plain, tls, plainPost, tlsPost] = localServiceAddresses;
  const callOf = (id: string, name: string, param: readonly string[] = []) =>
    JSON.stringify({ call_cmd_id: id, xtx_func_name: name, func: name, URL: 'https://page.example/', param });
  const connect = async (driven: DrivenClient, address: (typeof localServiceAddresses)[number]) =>
    (await driven.call('service.connect', { address })).connection;

  test.each([plain, tls])('to %s carries calls, answers and events', async (address) => {
    const service = await running({ keys });
    const driven = await client('signature');
    const connection = await connect(driven, address);
    await driven.call('service.send', { connection, text: callOf('p_1', 'SOF_GetUserList') });
    await driven.call('service.send', { connection, text: callOf('p_2', 'SOF_Login', [key, '123456']) });
    const [list, login] = await heard(driven, connection, 2);
    expect(list).toEqual({ call_cmd_id: 'p_1', retVal: `${holder.key.name}||${key}&&&` });
    expect(login).toMatchObject({ call_cmd_id: 'p_2', retVal: true, token: expect.any(String) });
    service.setKeys([]);
    expect(await heard(driven, connection, 1)).toEqual([{ call_cmd_id: 'onUsbkeyChange', retVal: '' }]);
    expect(service.calls.at(-1)?.headers).not.toHaveProperty('origin');
    await driven.call('service.close', { connection });
    await service.untilConnections(0);
  });

  test.each([plainPost, tlsPost])('to %s carries one POST a text', async (address) => {
    const service = await running({ keys });
    const driven = await client('encryption');
    const connection = await connect(driven, address);
    const text = JSON.stringify({ url: '', clsid: '', func: 'SOF_GetUserList', param: [] });
    await driven.call('service.send', { connection, text });
    expect(await heard(driven, connection, 1)).toEqual([{ retVal: `${holder.key.name}||${key}&&&` }]);
    const call = service.calls.at(-1);
    expect(call?.door).toBe('synctl');
    expect(call?.headers).not.toHaveProperty('origin');
    await driven.call('service.close', { connection });
  });

  test.each([
    'ws://127.0.0.1:21051/',
    'ws://127.0.0.1:21051/xtxapp',
    'ws://127.0.0.1:21052/xtxapp/',
    'ws://localhost:21051/xtxapp/',
    'http://127.0.0.1:21061/synctl',
    'https://example.com/',
  ])('to %s is no request that a client takes', async (address) => {
    const driven = await client('signature');
    const wrong = { address } as unknown as { address: typeof plain };
    expect(await driven.refusal('service.connect', wrong)).toBe(nativeErrorNumbers.invalidParams);
  });

  it('is carried over TLS only to a program that says that it is the service', async () => {
    const service = await running({ keys, ports: { tls: 21_061 }, version: 'none of yours' });
    const driven = await client('signature');
    expect(await driven.refusal('service.connect', { address: tls })).toBe('VENDOR_PROTOCOL');
    expect(await driven.refusal('service.connect', { address: tlsPost })).toBe('VENDOR_PROTOCOL');
    expect(new Set(service.names())).toEqual(new Set(['SOF_GetVersion']));
  });

  test.each([plain, tls])('is refused where nobody listens (%s)', async (address) => {
    expect(await (await client('signature')).refusal('service.connect', { address })).toBe(
      'VENDOR_NOT_RUNNING',
    );
  });

  it('ends with the service, and says so once to who waits', async () => {
    const service = await running({ keys });
    const driven = await client('signature');
    const connection = await connect(driven, plain);
    const waiting = driven.call('service.receive', { connection });
    await service.kill();
    expect(await waiting).toEqual({ messages: [], closed: true });
    expect(await driven.refusal('service.send', { connection, text: 'x' })).toBe('VENDOR_NOT_RUNNING');
    expect(await driven.call('service.close', { connection })).toEqual({});
  });

  it('ends when what came in is not fetched, and what was in time is still given', async () => {
    const service = await running({ keys });
    const driven = await client('signature');
    const connection = await connect(driven, plain);
    for (let count = 0; count <= countLimits.localServiceMessages; count += 1) service.say(`${count}`);
    await service.untilConnections(0);
    const { messages, closed } = await driven.call('service.receive', { connection });
    expect([messages.length, messages[0], closed]).toEqual([countLimits.localServiceMessages, '0', true]);
  });

  it('is one of a few, and none of the jobs that may run at a time', async () => {
    const service = await running({ keys });
    const driven = await client('signature');
    const connections = [];
    for (let count = 0; count < countLimits.localServiceConnections; count += 1) {
      connections.push(await connect(driven, plain));
    }
    expect(await driven.refusal('service.connect', { address: plain })).toBe('TOO_MANY_REQUESTS');
    const waiting = connections.map((connection) => driven.ask('service.receive', { connection }));
    expect(await driven.call('vendor.probe', { connector })).toEqual({ version: '3.6.6.1014' });
    service.say('to everyone');
    for (const { answer } of waiting) {
      expect(await answer).toMatchObject({ result: { messages: ['to everyone'], closed: false } });
    }
  });

  it('does not keep a client that the browser let go of', async () => {
    const service = await running({ keys });
    const driven = await client('signature');
    const connection = await connect(driven, plain);
    driven.ask('service.receive', { connection });
    driven.process.end();
    expect((await driven.process.ended).code).toBe(0);
    await service.untilConnections(0);
  });

  it('gives up a wait and loses no text', async () => {
    const service = await running({ keys });
    const driven = await client('signature');
    const connection = await connect(driven, plain);
    const waiting = driven.ask('service.receive', { connection });
    await cancel(driven, waiting);
    expect(await waiting.answer).toMatchObject(refused('REQUEST_ABORTED'));
    service.say('kept');
    expect(await driven.call('service.receive', { connection })).toEqual({
      messages: ['kept'],
      closed: false,
    });
  });
});
