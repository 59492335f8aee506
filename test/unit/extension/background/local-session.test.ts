import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DocumentDesk } from '../../../../src/extension/background/documents/document-desk.ts';
import {
  createEffectRunner,
  type EffectTools,
} from '../../../../src/extension/background/runners/effect-runner.ts';
import { reachPlatform } from '../../../../src/extension/background/runners/reach-platform.ts';
import { takePlatform } from '../../../../src/extension/background/runners/take-platform.ts';
import {
  createSessionService,
  type SessionService,
} from '../../../../src/extension/background/sessions/session-service.ts';
import { openBridgeStore, type BridgeStore } from '../../../../src/extension/storage/bridge-database.ts';
import type { SessionRecord, SessionRequest } from '../../../../src/extension/storage/session-record.ts';
import { toBase64, utf8 } from '../../../../src/lib/bytes.ts';
import type { SessionState } from '../../../../src/protocol/session-states.ts';
import { createAuthority } from '../../../../src/sandbox/authority/authority.ts';
import { createChallengeBook, readTrustAnchors, verifyLogin } from '../../../../src/verifier/verifier.ts';
import { keyIdOf, startLocalBench, type LocalBench } from '../../../contract/local-bench.ts';
import { testSubscriber } from '../../../support/test-subscriber.ts';

vi.mock('webextension-polyfill', async () => ({ default: (await import('./fake-browser.ts')).fakeBrowser }));

const origin = 'https://ggzy.zhanjiang.gov.cn';
const asker = { origin, tabId: 1, documentId: 'D1', requestId: 'r1' };
const authority = createAuthority(Date.now);
const subscriber = testSubscriber(authority);
const documents = [{ name: 'a.txt', size: 3, sm3: 'a'.repeat(64) }];
const deployment = { builtIn: {}, policy: {} };
const login: SessionRequest = {
  scene: 'login',
  params: { challenge: 'challenge-of-the-site', platform: 'yun-you-cai' },
};
const message: SessionRequest = {
  scene: 'messageSignature',
  params: { form: 'detached', isText: true, platform: 'yun-you-cai' },
  names: ['a.txt'],
};

let names = 0;
let bench: LocalBench;
let store: BridgeStore;
let kinds: string[];
beforeEach(async () => {
  bench = startLocalBench([subscriber]);
  store = await openBridgeStore(`local-session-${(names += 1)}`);
  kinds = [];
});

/** The client's process: the vendor's service, and of its own work as much as a message needs. */
function fakeDesk(): DocumentDesk {
  const client = {
    call: (method: string, params: never, { signal }: { signal: AbortSignal }) => {
      if (method === 'message.prepare') return { toBeSigned: toBase64(utf8('to be signed')) };
      if (method === 'message.complete') return new Promise(() => undefined);
      return bench.channel.call(method as 'vendor.list', params, signal);
    },
  };
  return {
    withClient: async (job: { kind: string }, work: (desk: object) => unknown) => {
      kinds.push(job.kind);
      return work({ client, files: documents.map((document) => ({ file: 'file', ...document })) });
    },
    kept: () => new Map(),
  } as unknown as DocumentDesk;
}

/** A worker over the store; its effects run for real. */
async function startWorker(): Promise<SessionService> {
  const started: { service?: SessionService } = {};
  const desk = fakeDesk();
  const siteQuestions = { channel: () => Promise.reject(new Error('no page')) as never };
  const tools: EffectTools = {
    reach: async (session, by) => reachPlatform(session, by, { deployment, siteQuestions, desk }),
    platformToTake: async (session) => takePlatform(session, deployment),
    noteCertificates: () => undefined,
    dispatch: async (id, event) => (await started.service?.dispatch(id, event)) ?? false,
    find: (id) => started.service?.find(id),
    showWindow: async () => 5,
    deliver: async () => undefined,
    desk,
    trustFor: async () => ({ anchors: [], online: false }),
    furtherRecipients: async () => [],
    randomId: () => crypto.randomUUID(),
  };
  const run = createEffectRunner(tools);
  const service = await createSessionService({
    store,
    run: (session, effect, signal) =>
      effect.type === 'readDocuments'
        ? tools.dispatch(session.id, { type: 'documentsRead', documents }).then(() => undefined)
        : run(session, effect, signal),
    now: Date.now,
    randomId: () => crypto.randomUUID(),
    onChange: () => undefined,
  });
  started.service = service;
  service.resume();
  return service;
}

async function untilState(service: SessionService, state: SessionState): Promise<SessionRecord> {
  await vi.waitFor(() => expect(service.all()[0]?.state).toBe(state));
  const [session] = service.all();
  if (session === undefined) throw new Error('no session');
  return session;
}

/** The same session with a new worker, whose client is a new process. */
async function restart(): Promise<SessionService> {
  bench.restartClient();
  return startWorker();
}

const choose = (service: SessionService, { id }: SessionRecord) =>
  service.dispatch(id, { type: 'keyChosen', key: keyIdOf(0) });

describe('a key that cannot be used', () => {
  it.each(['VENDOR_NOT_RUNNING', 'VENDOR_KEY_MISSING'] as const)(
    'ends the request at once: %s',
    async (code) => {
      bench.fail('vendor.list', code);
      const service = await startWorker();
      await service.begin(asker, login);
      expect((await untilState(service, 'failed')).outcome).toEqual({ error: code });
    },
  );

  it('because its PIN was refused ends the request so', async () => {
    const service = await startWorker();
    await service.begin(asker, login);
    const session = await untilState(service, 'awaitingScan');
    bench.fail('vendor.login', 'VENDOR_LOGIN_REFUSED');
    await choose(service, session);
    expect((await untilState(service, 'failed')).outcome).toEqual({ error: 'VENDOR_LOGIN_REFUSED' });
  });

  it('is not listed any longer for a request that the user cancelled', async () => {
    bench.hang('vendor.list');
    const service = await startWorker();
    const { id } = await service.begin(asker, login);
    await vi.waitFor(() => expect(bench.calls).toEqual(['vendor.list']));
    await service.dispatch(id, { type: 'cancelled', code: 'USER_CANCELLED' });
    await vi.waitFor(() => expect(bench.hanging()).toBe(0));
    expect(service.find(id)?.outcome).toEqual({ error: 'USER_CANCELLED' });
  });

  it('is let go when the user cancels while its window waits', async () => {
    bench.hang('vendor.login');
    const service = await startWorker();
    await service.begin(asker, login);
    const session = await untilState(service, 'awaitingScan');
    await choose(service, session);
    await untilState(service, 'scanned');
    await vi.waitFor(() => expect(bench.hanging()).toBe(1));
    await service.dispatch(session.id, { type: 'cancelled', code: 'USER_CANCELLED' });
    await vi.waitFor(() => expect(bench.hanging()).toBe(0));
    expect(service.find(session.id)?.outcome).toEqual({ error: 'USER_CANCELLED' });
  });
});

describe('a login', () => {
  it('waits for the user although there is one key, and ends in a token that verifies', async () => {
    const challenges = createChallengeBook();
    const challenge = challenges.issue('session');
    const service = await startWorker();
    await service.begin(asker, { scene: 'login', params: { challenge, platform: 'yun-you-cai' } });
    const session = await untilState(service, 'awaitingScan');
    expect(session).toMatchObject({ driver: 'local', platform: 'yun-you-cai', relay: { keys: bench.keys } });
    expect(bench.calls).toEqual(['vendor.list']);
    await choose(service, session);
    const { outcome } = await untilState(service, 'completing');
    const token = outcome !== undefined && 'result' in outcome ? outcome.result : undefined;
    const anchors = readTrustAnchors(authority.issuer);
    expect(
      await verifyLogin({ token, challenge, sessionKey: 'session', origin, anchors, challenges }),
    ).toMatchObject({ ok: true, subject: { name: subscriber.organisation } });
    expect(new Set(kinds)).toEqual(new Set(['signature']));
  });

  it.each(['preparing', 'awaitingScan', 'scanned', 'confirmed'] as const)(
    'whose worker was stopped in %s goes on, and asks for the PIN again',
    async (state) => {
      const hangsIn = {
        preparing: 'vendor.list',
        scanned: 'vendor.login',
        confirmed: 'vendor.sign',
      } as const;
      if (state !== 'awaitingScan') bench.hang(hangsIn[state]);
      const first = await startWorker();
      await first.begin(asker, login);
      if (state === 'scanned' || state === 'confirmed') {
        await choose(first, await untilState(first, 'awaitingScan'));
      }
      await untilState(first, state);

      bench = startLocalBench([subscriber]);
      const second = await restart();
      if (state === 'preparing' || state === 'awaitingScan') {
        await choose(second, await untilState(second, 'awaitingScan'));
      }
      expect((await untilState(second, 'completing')).outcome).toHaveProperty('result');
      expect(bench.calls).toContain('vendor.login');
    },
  );
});

it('a message is signed by the chosen key once its bytes are there', async () => {
  const service = await startWorker();
  await service.begin(asker, message);
  await choose(service, await untilState(service, 'awaitingScan'));
  await vi.waitFor(() => expect(service.all()[0]?.signing.signatures).toHaveLength(1));
  expect(service.all()[0]).toMatchObject({
    state: 'confirmed',
    signing: { identity: { signer: { name: subscriber.organisation } } },
  });
  expect(bench.calls).toEqual(['vendor.list', 'vendor.login', 'vendor.login', 'vendor.login', 'vendor.sign']);
});

it('bids are for the encryption client’s process', async () => {
  bench.fail('vendor.list', 'VENDOR_NOT_RUNNING');
  const service = await startWorker();
  await service.begin(asker, {
    scene: 'encrypt',
    params: { platform: 'yun-you-cai' },
    names: ['a.txt'],
  });
  await untilState(service, 'failed');
  expect(kinds).toEqual(['encryption']);
});

it('a seal by a key on this machine is refused before anything is asked', async () => {
  const service = await startWorker();
  await service.begin(asker, {
    scene: 'signature',
    params: { platform: 'yun-you-cai' },
    names: ['a.pdf'],
    places: [[]],
  });
  const { outcome } = await untilState(service, 'failed');
  expect(outcome).toEqual({ error: 'PLATFORM_NOT_CONFIGURED' });
  expect(bench.calls).toEqual([]);
});
