import { describe, expect, it, test } from 'vitest';
import { loginSignatureInput } from '../../src/gm/login-token.ts';
import { parseCertificate } from '../../src/gm/certificate.ts';
import { sm2SignatureHolds } from '../../src/gm/sm2.ts';
import { fromBase64, toBase64 } from '../../src/lib/bytes.ts';
import type { LoginRequest, PlatformHandle, SignerIdentity } from '../../src/platforms/platform.ts';
import type { Scene } from '../../src/protocol/scenes.ts';
import { createAuthority } from '../../src/sandbox/authority/authority.ts';
import { testSubscriber } from '../support/test-subscriber.ts';
import { encryptionRequest, never, openingRequest, requestsFor } from './bids-bench.ts';
import { keyIdOf, startLocalBench, type LocalBench, type LocalBenchWishes } from './local-bench.ts';
import { siteOrigin } from './relay-bench.ts';
import { partsToSign, signingRequest } from './signing-bench.ts';

const authority = createAuthority(Date.now);
const subscriber = testSubscriber(authority);
const other = testSubscriber(authority);
const login: LoginRequest = { scene: 'login', origin: siteOrigin, challenge: 'challenge-of-the-site' };
const message = signingRequest('messageSignature');
const openingId = 'opening-0000000001';

function start(subscribers = [subscriber], wishes: LocalBenchWishes = {}): LocalBench {
  return startLocalBench(subscribers, wishes);
}

/** A session whose key is chosen. */
async function chosen(bench: LocalBench, scene: Scene, index = 0): Promise<PlatformHandle> {
  const handle = await bench.platformFor(scene).open(login, openingId, bench.environment, never);
  return { ...handle, key: keyIdOf(index) };
}

const events = (bench: LocalBench, scene: Scene, handle: PlatformHandle, after = 1) =>
  bench.platformFor(scene).events(handle, after, bench.environment, never);

interface Submitted {
  readonly handle: PlatformHandle;
  readonly identity: SignerIdentity;
}

async function submitted(bench: LocalBench, index = 0): Promise<Submitted> {
  const platform = bench.platformFor('messageSignature');
  const handle = await chosen(bench, 'messageSignature', index);
  const identity = await platform.identity(handle, message, bench.environment, never);
  await platform.submit(handle, message, partsToSign, bench.environment, never);
  return { handle, identity };
}

const signatures = (bench: LocalBench, { handle, identity }: Submitted) =>
  bench.platformFor('messageSignature').signatures(handle, message, identity, bench.environment, never);

async function submittedOpening(bench: LocalBench, request = openingRequest()): Promise<Submitted> {
  const platform = bench.platformFor('decrypt');
  const handle = await chosen(bench, 'decrypt');
  const identity = await platform.identity(handle, request, bench.environment, never);
  const requests = requestsFor(subscriber.pair.encryption);
  await platform.submit(handle, request, requests, bench.environment, never);
  return { handle, identity };
}

const keys = (bench: LocalBench, { handle, identity }: Submitted, request = openingRequest(), count = 2) =>
  bench.platformFor('decrypt').keys(handle, request, identity, count, bench.environment, never);

describe('a key is never taken without the user', () => {
  it('although the service has but one', async () => {
    const bench = start();
    const handle = await bench.platformFor('login').open(login, openingId, bench.environment, never);
    expect(handle).toEqual({ businessId: openingId, secret: '', keys: bench.keys });
    const { result } = bench.platformFor('login');
    await expect(events(bench, 'login', handle)).rejects.toMatchObject({ code: 'BRIDGE_INTERNAL' });
    await expect(result(handle, login, bench.environment, never)).rejects.toMatchObject({
      code: 'BRIDGE_INTERNAL',
    });
    expect(bench.calls).toEqual(['vendor.list']);
  });

  it('nor one that the service did not list', async () => {
    const bench = start();
    const handle = { ...(await chosen(bench, 'login')), key: 'SM2/container-of-nobody' };
    await expect(events(bench, 'login', handle)).rejects.toMatchObject({ code: 'BRIDGE_INTERNAL' });
    expect(bench.calls).not.toContain('vendor.login');
  });

  it('nor another than the user chose', async () => {
    const bench = start([subscriber, other]);
    const handle = await chosen(bench, 'login', 1);
    const token = await bench.platformFor('login').result(handle, login, bench.environment, never);
    expect(token.certificate).toBe(toBase64(other.pair.signing));
  });
});

describe('a service that fails', () => {
  test.each(['VENDOR_NOT_RUNNING', 'VENDOR_KEY_MISSING', 'VENDOR_PROTOCOL', 'CLIENT_NOT_FOUND'] as const)(
    'when it is asked for its keys ends the opening so: %s',
    async (code) => {
      const bench = start();
      bench.fail('vendor.list', code);
      await expect(chosen(bench, 'login')).rejects.toMatchObject({ code });
    },
  );

  test.each(['VENDOR_LOGIN_REFUSED', 'VENDOR_KEY_MISSING', 'VENDOR_SILENT'] as const)(
    'when the PIN is asked ends the session so: %s',
    async (code) => {
      const bench = start();
      const handle = await chosen(bench, 'login');
      bench.fail('vendor.login', code);
      await expect(events(bench, 'login', handle)).rejects.toMatchObject({ code });
    },
  );

  it('is let go while its window waits, when nobody wants the key any more', async () => {
    const bench = start();
    const handle = await chosen(bench, 'login');
    bench.hang('vendor.login');
    const stop = new AbortController();
    const waiting = bench.platformFor('login').events(handle, 1, bench.environment, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'REQUEST_ABORTED' });
  });

  it.each([[[]], [['AAAA']], [['AAAA', 'AAAA', 'AAAA']]])(
    'by giving another number of signatures gives none: %j',
    async (given) => {
      const bench = start([subscriber], { answers: { 'vendor.sign': () => ({ signatures: [...given] }) } });
      await expect(signatures(bench, await submitted(bench))).rejects.toMatchObject({
        code: 'VENDOR_PROTOCOL',
      });
    },
  );

  it.each([[[]], [['AAAA']], [['AAAA', null, null]]])(
    'by giving another number of keys gives none: %j',
    async (given) => {
      const bench = start([subscriber], { answers: { 'vendor.open': () => ({ keys: [...given] }) } });
      await expect(keys(bench, await submittedOpening(bench))).rejects.toMatchObject({
        code: 'VENDOR_PROTOCOL',
      });
    },
  );

  it('by opening one envelope of two says so of that one', async () => {
    const bench = start([subscriber], { answers: { 'vendor.open': () => ({ keys: [null, 'AAAA'] }) } });
    expect(await keys(bench, await submittedOpening(bench))).toEqual([null, 'AAAA']);
  });
});

describe('what was confirmed for one certificate', () => {
  it('is not signed by another key', async () => {
    const bench = start([subscriber, other]);
    const { handle, identity } = await submitted(bench);
    const swapped = { handle: { ...handle, key: keyIdOf(1) }, identity };
    await expect(signatures(bench, swapped)).rejects.toMatchObject({ code: 'RESULT_MISMATCH' });
    expect(bench.calls).not.toContain('vendor.sign');
  });

  it('is not opened by another key', async () => {
    const bench = start([subscriber, other]);
    const { handle, identity } = await submittedOpening(bench);
    const swapped = { handle: { ...handle, key: keyIdOf(1) }, identity };
    await expect(keys(bench, swapped)).rejects.toMatchObject({ code: 'RESULT_MISMATCH' });
    expect(bench.calls).not.toContain('vendor.open');
  });

  it('is not signed before there is anything to sign', async () => {
    const bench = start();
    const handle = await chosen(bench, 'messageSignature');
    const platform = bench.platformFor('messageSignature');
    const identity = await platform.identity(handle, message, bench.environment, never);
    await expect(signatures(bench, { handle, identity })).rejects.toMatchObject({ code: 'BRIDGE_INTERNAL' });
  });

  it('opens no more than was submitted, and nothing where it is only asked', async () => {
    const bench = start();
    const session = await submittedOpening(bench);
    await expect(keys(bench, session, openingRequest(), 3)).rejects.toMatchObject({
      code: 'BRIDGE_INTERNAL',
    });
    await expect(keys(bench, session, openingRequest('check'))).rejects.toMatchObject({
      code: 'BRIDGE_INTERNAL',
    });
  });
});

describe('a key’s certificates', () => {
  it('that are none of SM2 identify nobody', async () => {
    const bench = start();
    const handle = await chosen(bench, 'messageSignature');
    const unreadable = bench.keys.map((key) => ({ ...key, certificate: 'MAA=' }));
    await expect(
      bench
        .platformFor('messageSignature')
        .identity({ ...handle, keys: unreadable }, message, bench.environment, never),
    ).rejects.toMatchObject({ code: 'SIGNER_UNREADABLE' });
  });

  it('have no seals, and no encryption certificate where the key has none', async () => {
    const bench = start([subscriber.withoutEncryption()]);
    const handle = await chosen(bench, 'encrypt');
    const identity = await bench
      .platformFor('encrypt')
      .identity(handle, encryptionRequest, bench.environment, never);
    expect(identity.seals).toEqual([]);
    expect(identity).not.toHaveProperty('encryptionCertificate');
  });
});

describe('a client that was started again', () => {
  it('has the PIN asked before it signs', async () => {
    const bench = start();
    const session = await submitted(bench);
    await events(bench, 'messageSignature', session.handle);
    bench.restartClient();
    expect(await signatures(bench, session)).toHaveLength(2);
    expect(bench.calls.slice(-2)).toEqual(['vendor.login', 'vendor.sign']);
  });

  it('has the PIN asked before it opens', async () => {
    const bench = start();
    const session = await submittedOpening(bench);
    bench.restartClient();
    expect(await keys(bench, session)).toHaveLength(2);
    expect(bench.calls.slice(-2)).toEqual(['vendor.login', 'vendor.open']);
  });
});

it('a login signs what a login token covers', async () => {
  const bench = start();
  const handle = await chosen(bench, 'login');
  const token = await bench.platformFor('login').result(handle, login, bench.environment, never);
  const { challenge } = login;
  const input = loginSignatureInput({ origin: siteOrigin, challenge, scene: 'login', businessId: openingId });
  const { publicKey } = parseCertificate(subscriber.pair.signing);
  expect(token).toMatchObject({ businessId: openingId, origin: siteOrigin, chain: [] });
  expect(sm2SignatureHolds(publicKey, input, fromBase64(token.signature))).toBe(true);
});

it('nothing is told of a session that nobody asks about', async () => {
  const bench = start();
  const handle = await chosen(bench, 'login');
  for (const after of [0, 2, 3]) {
    await expect(events(bench, 'login', handle, after)).rejects.toMatchObject({ code: 'BRIDGE_INTERNAL' });
  }
});
