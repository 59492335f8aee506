import { describe, expect, it, onTestFinished, test } from 'vitest';
import { createXtxConnector } from '../../../../../src/clients/connectors/xtx/xtx-connector.ts';
import { parseEnvelope, sealEnvelope } from '../../../../../src/gm/enveloped-data.ts';
import { utf8 } from '../../../../../src/lib/bytes.ts';
import { codeOf } from '../../../../../src/protocol/coded-error.ts';
import { sealEnvelopeFor } from '../../../../support/reference-envelope.ts';
import {
  startCutter,
  startEcho,
  startSilence,
  startSocketEcho,
  startWebServer,
  type OtherProgram,
} from '../../../../support/xtx-other-programs.ts';
import type { PinWindow } from '../../../../support/xtx-service-functions.ts';
import { startXtxService, type XtxService, type XtxServiceOptions } from '../../../../support/xtx-service.ts';
import type { XtxManner } from '../../../../support/xtx-service-manners.ts';
import { nobody, vendorKey } from '../vendor-world.ts';

/** Short enough to wait for, and long beside what a loopback takes. */
const limits = { probe: 1_000, call: 400, confirmation: 800 };
const { key, listed } = vendorKey('key-1');

async function service(options: XtxServiceOptions = {}): Promise<XtxService> {
  const started = await startXtxService({ ports: { plain: 0, tls: 0 }, keys: [key], ...options });
  onTestFinished(() => started.kill());
  return started;
}

async function connected(options: XtxServiceOptions = {}) {
  const running = await service(options);
  return { running, connector: createXtxConnector(running.ports, limits) };
}

/** A port at which nobody listens. */
async function freePort(): Promise<number> {
  const { port, close } = await startSilence();
  await close();
  return port;
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    (value) => value,
    (error: unknown) => codeOf(error),
  );

describe('who answers', () => {
  it('is the service by its version', async () => {
    const { running, connector } = await connected();
    expect(await connector.probe(nobody)).toBe('3.6.6.1014');
    expect(running.names()).toEqual(['SOF_GetVersion']);
  });

  it('is reached over TLS where the plain door is shut', async () => {
    const running = await service({ ports: { tls: 0 } });
    const connector = createXtxConnector({ plain: await freePort(), tls: running.ports.tls }, limits);
    expect(await connector.list(nobody)).toEqual([listed]);
  });

  it('is told nothing but the version call before it says who it is', async () => {
    const { running, connector } = await connected({ version: 'another program' });
    expect(await refusal(connector.list(nobody))).toBe('VENDOR_PROTOCOL');
    expect(new Set(running.names())).toEqual(new Set(['SOF_GetVersion']));
  });

  it('is asked for without an origin', async () => {
    const { running, connector } = await connected();
    await connector.probe(nobody);
    expect(running.calls[0]?.headers).not.toHaveProperty('origin');
  });

  it('is nobody', async () => {
    const connector = createXtxConnector({ plain: await freePort(), tls: await freePort() }, limits);
    expect(await refusal(connector.probe(nobody))).toBe('VENDOR_NOT_RUNNING');
  });

  test.each<[string, string, () => Promise<OtherProgram>]>([
    ['a web server', 'VENDOR_PROTOCOL', startWebServer],
    ['an echo', 'VENDOR_PROTOCOL', startEcho],
    ['a WebSocket echo', 'VENDOR_PROTOCOL', startSocketEcho],
    ['one that cuts', 'VENDOR_PROTOCOL', startCutter],
    ['one that is silent', 'VENDOR_SILENT', startSilence],
  ])('is %s at both ports: %s', async (_, code, start) => {
    const [plain, tls] = await Promise.all([start(), start()]);
    onTestFinished(async () => {
      await plain.close();
      await tls.close();
    });
    const connector = createXtxConnector({ plain: plain.port, tls: tls.port }, limits);
    const begun = performance.now();
    expect(await refusal(connector.probe(nobody))).toBe(code);
    expect(performance.now() - begun).toBeLessThan(2 * limits.probe);
  });

  test.each<[string, () => Promise<OtherProgram>]>([
    ['a web server', startWebServer],
    ['an echo', startEcho],
    ['one that is silent', startSilence],
  ])('is found behind %s at the plain port', async (_, start) => {
    const running = await service({ ports: { tls: 0 } });
    const other = await start();
    onTestFinished(() => other.close());
    const connector = createXtxConnector({ plain: other.port, tls: running.ports.tls }, limits);
    expect(await connector.probe(nobody)).toBe('3.6.6.1014');
  });

  it('is another program, not nobody, where the other port is shut', async () => {
    const other = await startWebServer();
    onTestFinished(() => other.close());
    const connector = createXtxConnector({ plain: other.port, tls: await freePort() }, limits);
    expect(await refusal(connector.probe(nobody))).toBe('VENDOR_PROTOCOL');
  });

  test.each<[XtxManner, string]>([
    ['silent', 'VENDOR_SILENT'],
    ['wrongId', 'VENDOR_SILENT'],
    ['garbage', 'VENDOR_PROTOCOL'],
    ['binary', 'VENDOR_PROTOCOL'],
    ['oversized', 'VENDOR_PROTOCOL'],
    ['closes', 'VENDOR_NOT_RUNNING'],
  ])('answers the version call in the manner "%s": %s', async (manner, code) => {
    const { running, connector } = await connected();
    running.behave(manner);
    expect(await refusal(connector.probe(nobody))).toBe(code);
    await running.untilConnections(0);
  });

  test.each(['', '3', 'x'.repeat(61), '3.6\n', 'ＸＴＸ'])(
    'has a version like no other: %j',
    async (version) => {
      const { connector } = await connected({ version });
      expect(await refusal(connector.probe(nobody))).toBe('VENDOR_PROTOCOL');
    },
  );

  it('is looked for again when it was started meanwhile', async () => {
    const plain = await freePort();
    const tls = await freePort();
    const connector = createXtxConnector({ plain, tls }, limits);
    expect(await refusal(connector.probe(nobody))).toBe('VENDOR_NOT_RUNNING');
    await service({ ports: { plain } });
    expect(await connector.probe(nobody)).toBe('3.6.6.1014');
  });

  it('is looked for once when several ask at a time', async () => {
    const { running, connector } = await connected();
    await Promise.all([connector.probe(nobody), connector.probe(nobody), connector.list(nobody)]);
    expect(running.names().filter((name) => name === 'SOF_GetVersion')).toHaveLength(1);
    expect(running.connections()).toBe(1);
  });
});

describe('the list of certificates', () => {
  it('has signing and encryption certificate of each key', async () => {
    const other = vendorKey('key-2', { organisation: '另一家公司' });
    const { connector } = await connected({ keys: [key, other.key] });
    expect(await connector.list(nobody)).toEqual([listed, other.listed]);
  });

  it('goes without an encryption certificate where there is none', async () => {
    const { encryption: _, ...withoutEncryption } = key;
    const { connector } = await connected({ keys: [withoutEncryption] });
    const { encryptionCertificate: __, ...without } = listed;
    expect(await connector.list(nobody)).toEqual([without]);
  });

  it('leaves out what is no SM2 certificate', async () => {
    const broken = { ...key, id: 'key-2', signing: { ...key.signing, certificate: utf8('no certificate') } };
    const { connector } = await connected({ keys: [broken, key] });
    expect(await connector.list(nobody)).toEqual([listed]);
  });

  test.each([[[]], [[{ ...key, signing: { ...key.signing, certificate: utf8('no certificate') } }]]])(
    'is missing where the service has no such key',
    async (keys) => {
      const { connector } = await connected({ keys });
      expect(await refusal(connector.list(nobody))).toBe('VENDOR_KEY_MISSING');
    },
  );

  test.each<XtxManner>(['texts', 'chatty', 'twice'])(
    'comes in the manner "%s" all the same',
    async (manner) => {
      const { running, connector } = await connected();
      running.behave(manner);
      expect(await connector.list(nobody)).toEqual([listed]);
    },
  );

  it('comes to two who asked, whoever is answered first', async () => {
    const { running, connector } = await connected();
    await connector.probe(nobody);
    running.behave('reversed');
    expect(await Promise.all([connector.list(nobody), connector.list(nobody)])).toEqual([[listed], [listed]]);
  });

  it('is not waited for when nobody wants it any more', async () => {
    const { running, connector } = await connected();
    await connector.probe(nobody);
    running.behave('silent');
    const controller = new AbortController();
    const listing = refusal(connector.list(controller.signal));
    controller.abort();
    expect(await listing).toBe('REQUEST_ABORTED');
    running.behave('sound');
    expect(await connector.list(nobody)).toEqual([listed]);
  });
});

/** A service whose PIN windows the test answers. */
async function withWindows(options: XtxServiceOptions = {}) {
  const windows: PinWindow[] = [];
  let told: () => void = () => undefined;
  const running = await service({
    ...options,
    onPinWindow(window) {
      windows.push(window);
      told();
    },
  });
  const nextWindow = async (): Promise<PinWindow> => {
    for (;;) {
      const window = windows.shift();
      if (window !== undefined) return window;
      await new Promise<void>((resolve) => (told = resolve));
    }
  };
  return { running, connector: createXtxConnector(running.ports, limits), nextWindow };
}

describe('the login', () => {
  it('has the service ask for the PIN, and sends none', async () => {
    const { running, connector, nextWindow } = await withWindows();
    const login = connector.login('key-1', nobody);
    (await nextWindow()).enter();
    await login;
    expect(running.calls.at(-1)?.message['param']).toEqual(['key-1', '']);
  });

  it('is asked for once', async () => {
    const { running, connector } = await connected();
    await connector.login('key-1', nobody);
    await connector.login('key-1', nobody);
    expect(running.names().filter((name) => name === 'SOF_Login')).toHaveLength(1);
  });

  it('is asked for again after a change of keys', async () => {
    const { running, connector } = await connected();
    await connector.login('key-1', nobody);
    running.setKeys([key]);
    // The event goes before the answer to a later call.
    await connector.list(nobody);
    await connector.login('key-1', nobody);
    expect(running.names().filter((name) => name === 'SOF_Login')).toHaveLength(2);
  });

  it('is refused by the user or for a wrong PIN', async () => {
    const { connector, nextWindow } = await withWindows();
    const login = refusal(connector.login('key-1', nobody));
    (await nextWindow()).refuse();
    expect(await login).toBe('VENDOR_LOGIN_REFUSED');
  });

  it('is possible with no key that is not there', async () => {
    const { connector } = await connected();
    expect(await refusal(connector.login('key-2', nobody))).toBe('VENDOR_KEY_MISSING');
  });

  it('may take longer than any other call', async () => {
    const { running, connector, nextWindow } = await withWindows();
    const login = connector.login('key-1', nobody);
    const window = await nextWindow();
    running.behave('silent', 'SOF_GetUserList');
    expect(await refusal(connector.list(nobody))).toBe('VENDOR_SILENT');
    window.enter();
    await login;
  });

  it('is given up when nobody answers the window', async () => {
    const { running, connector } = await withWindows();
    expect(await refusal(connector.login('key-1', nobody))).toBe('VENDOR_SILENT');
    await running.untilConnections(0);
  });

  it('that was given up is nobody’s, whatever its window brings', async () => {
    const { running, connector, nextWindow } = await withWindows();
    const controller = new AbortController();
    const login = refusal(connector.login('key-1', controller.signal));
    const window = await nextWindow();
    controller.abort();
    expect(await login).toBe('REQUEST_ABORTED');
    await running.untilConnections(0);
    window.enter();
    expect(await refusal(connector.sign('key-1', utf8('x'), nobody))).toBe('VENDOR_LOGIN_REFUSED');
  });

  it('ends when its key is pulled', async () => {
    const { running, connector, nextWindow } = await withWindows();
    const login = refusal(connector.login('key-1', nobody));
    await nextWindow();
    running.setKeys([]);
    expect(await login).toBe('VENDOR_KEY_MISSING');
  });

  it('goes on when another key is pulled', async () => {
    const other = vendorKey('key-2');
    const { running, connector, nextWindow } = await withWindows({ keys: [key, other.key] });
    const login = connector.login('key-1', nobody);
    const window = await nextWindow();
    running.setKeys([key]);
    expect(await connector.list(nobody)).toEqual([listed]);
    window.enter();
    await login;
  });

  it('ends with the service', async () => {
    const { running, connector, nextWindow } = await withWindows();
    const login = refusal(connector.login('key-1', nobody));
    await nextWindow();
    await running.kill();
    expect(await login).toBe('VENDOR_NOT_RUNNING');
  });
});

describe('the token of a login', () => {
  it('goes with later calls, and with none before', async () => {
    const { running, connector } = await connected();
    await connector.list(nobody);
    expect(running.calls.every(({ message }) => !('token' in message))).toBe(true);
    await connector.login('key-1', nobody);
    await connector.sign('key-1', utf8('x'), nobody);
    expect(running.calls.at(-1)?.message['token']).toMatch(/^[0-9a-f]{24}$/);
  });

  it('is forgotten when a login fails', async () => {
    const { running, connector, nextWindow } = await withWindows({ keys: [key, vendorKey('key-2').key] });
    const first = connector.login('key-1', nobody);
    (await nextWindow()).enter();
    await first;
    const second = refusal(connector.login('key-2', nobody));
    (await nextWindow()).refuse();
    await second;
    await connector.list(nobody);
    expect(running.calls.at(-1)?.message).not.toHaveProperty('token');
  });

  it('is forgotten when the service says that nobody is logged in, and the PIN is asked for anew', async () => {
    const { running, connector } = await connected();
    await connector.login('key-1', nobody);
    running.behave('loginError', 'SOF_SignDataBase64');
    expect(await refusal(connector.sign('key-1', utf8('x'), nobody))).toBe('VENDOR_LOGIN_REFUSED');
    running.behave('sound', 'SOF_SignDataBase64');
    await connector.login('key-1', nobody);
    expect(await connector.sign('key-1', utf8('x'), nobody)).toBeInstanceOf(Uint8Array);
  });
});

describe('a function that uses the key', () => {
  it('wants a login', async () => {
    const { connector } = await connected();
    expect(await refusal(connector.sign('key-1', utf8('x'), nobody))).toBe('VENDOR_LOGIN_REFUSED');
  });

  test.each<[XtxManner, string]>([
    ['silent', 'VENDOR_SILENT'],
    ['garbage', 'VENDOR_PROTOCOL'],
    ['oversized', 'VENDOR_PROTOCOL'],
    ['closes', 'VENDOR_NOT_RUNNING'],
    ['nonsense', 'VENDOR_PROTOCOL'],
  ])('that is answered in the manner "%s": %s', async (manner, code) => {
    const { running, connector } = await connected();
    await connector.login('key-1', nobody);
    running.behave(manner, 'SOF_SignDataBase64');
    expect(await refusal(connector.sign('key-1', utf8('x'), nobody))).toBe(code);
  });

  it('ends when the key is pulled', async () => {
    const { running, connector } = await connected();
    await connector.login('key-1', nobody);
    running.behave('silent', 'SOF_SignDataBase64');
    const signing = refusal(connector.sign('key-1', utf8('x'), nobody));
    await expect.poll(() => running.names().includes('SOF_SignDataBase64'), { interval: 5 }).toBe(true);
    running.setKeys([]);
    expect(await signing).toBe('VENDOR_KEY_MISSING');
  });

  it('that fails for a key that is gone says so', async () => {
    const { running, connector } = await connected();
    await connector.login('key-1', nobody);
    running.setKeys([]);
    expect(await refusal(connector.sign('key-1', utf8('x'), nobody))).toBe('VENDOR_KEY_MISSING');
  });
});

describe('an envelope', () => {
  const contentKey = utf8('0123456789abcdef0123456789abcdef0123456789abcdef');
  const certificate = key.encryption?.certificate ?? new Uint8Array();
  const envelope = parseEnvelope(sealEnvelope({ content: contentKey, recipients: [certificate] }));

  async function loggedIn(options: XtxServiceOptions = {}) {
    const world = await connected(options);
    await world.connector.login('key-1', nobody);
    return world;
  }

  it('is opened by the service', async () => {
    const { running, connector } = await loggedIn();
    expect(await connector.open('key-1', envelope, nobody)).toEqual(contentKey);
    expect(running.names().at(-1)).toBe('SOF_DecryptData');
  });

  it('that another implementation made is opened likewise', async () => {
    const { connector } = await loggedIn();
    const foreign = parseEnvelope(sealEnvelopeFor(contentKey, certificate));
    expect(await connector.open('key-1', foreign, nobody)).toEqual(contentKey);
  });

  it('for somebody else is not opened', async () => {
    const { connector } = await loggedIn();
    const other = vendorKey('other').key.encryption?.certificate ?? new Uint8Array();
    const foreign = parseEnvelope(sealEnvelope({ content: contentKey, recipients: [other] }));
    expect(await connector.open('key-1', foreign, nobody)).toBeUndefined();
  });

  it('is not opened where the service gives no base64', async () => {
    const { running, connector } = await loggedIn();
    running.behave('nonsense', 'SOF_DecryptData');
    expect(await connector.open('key-1', envelope, nobody)).toBeUndefined();
  });

  it('gives its own key where it has no content', async () => {
    const { running, connector } = await loggedIn();
    const other = vendorKey('other').key.encryption?.certificate ?? new Uint8Array();
    const sealed = parseEnvelope(sealEnvelope({ content: contentKey, recipients: [other, certificate] }));
    const { encryptedContent: _, ...keysAlone } = sealed;
    expect(await connector.open('key-1', keysAlone, nobody)).toHaveLength(16);
    expect(running.names().filter((name) => name === 'SOF_PriKeyDecrypt')).toHaveLength(1);
  });

  it('gives it also to a certificate that was renewed with the same key', async () => {
    const { bidder } = vendorKey('key-1');
    const renewed = bidder.renewed({ sameKey: true });
    const world = await loggedIn({
      keys: [{ ...key, encryption: renewed.encryptionCredential }],
    });
    const own = bidder.encryptionCredential.certificate;
    const sealed = parseEnvelope(sealEnvelope({ content: contentKey, recipients: [certificate, own] }));
    const { encryptedContent: _, ...keysAlone } = sealed;
    expect(await world.connector.open('key-1', keysAlone, nobody)).toHaveLength(16);
  });

  it('waits for a login that was lost', async () => {
    const { connector } = await connected();
    expect(await refusal(connector.open('key-1', envelope, nobody))).toBe('VENDOR_LOGIN_REFUSED');
  });
});
