import 'fake-indexeddb/auto';
import { describe, expect, it, test, vi } from 'vitest';
import { createSessionService } from '../../../../src/extension/background/sessions/session-service.ts';
import type { SessionEffect } from '../../../../src/extension/background/sessions/session-effects.ts';
import type { SessionEvent } from '../../../../src/extension/background/sessions/session-events.ts';
import { openBridgeStore, type BridgeStore } from '../../../../src/extension/storage/bridge-database.ts';
import { CodedError } from '../../../../src/protocol/coded-error.ts';
import { countLimits } from '../../../../src/protocol/limits.ts';
import { isEndState, sessionStates } from '../../../../src/protocol/session-states.ts';
import { loginRequest as request, relay, sessionIn, start, token } from '../../../support/session-samples.ts';

const asker = { origin: 'https://ggzy.zhanjiang.gov.cn', tabId: 1, documentId: 'D1', requestId: 'r1' };
let names = 0;

async function serviceOver(store: BridgeStore, options: { randomId?: () => string } = {}) {
  const ran: SessionEffect[] = [];
  const aborted: string[] = [];
  let ids = 0;
  const service = await createSessionService({
    store,
    now: () => start,
    randomId: options.randomId ?? (() => `id-${(ids += 1)}`),
    onChange: () => undefined,
    async run(_session, effect, signal) {
      ran.push(effect);
      signal.addEventListener('abort', () => aborted.push(effect.key));
    },
  });
  service.resume();
  return { service, ran, aborted };
}

const freshStore = () => openBridgeStore(`test-${(names += 1)}`);

describe('a session that cannot begin', () => {
  it('is refused while its document has another one', async () => {
    const { service } = await serviceOver(await freshStore());
    await service.begin(asker, request);
    await expect(service.begin({ ...asker, requestId: 'r2' }, request)).rejects.toMatchObject({
      code: 'SESSION_BUSY',
    });
  });

  it('is refused beyond the number of live sessions', async () => {
    const { service } = await serviceOver(await freshStore());
    for (let tab = 0; tab < countLimits.liveSessions; tab += 1) {
      await service.begin({ ...asker, tabId: tab, documentId: `D${tab}` }, request);
    }
    await expect(service.begin({ ...asker, documentId: 'one more' }, request)).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
  });

  it('is refused when the disk is full, and leaves nothing', async () => {
    const store = await freshStore();
    const full: BridgeStore = { ...store, putSession: () => Promise.reject(new Error('QuotaExceededError')) };
    const { service, ran } = await serviceOver(full);
    await expect(service.begin(asker, request)).rejects.toThrow(CodedError);
    expect(service.all()).toEqual([]);
    expect(ran).toEqual([]);
  });
});

it('the same request of the same document begins once', async () => {
  const { service } = await serviceOver(await freshStore());
  const [first, again] = await Promise.all([service.begin(asker, request), service.begin(asker, request)]);
  expect(again.id).toBe(first.id);
  expect(service.all()).toHaveLength(1);
});

it('a disk that fills up midway does not keep a session from its end', async () => {
  const store = await freshStore();
  let full = false;
  const filling: BridgeStore = {
    ...store,
    putSession: (session) =>
      full ? Promise.reject(new Error('QuotaExceededError')) : store.putSession(session),
  };
  const { service } = await serviceOver(filling);
  const { id } = await service.begin(asker, request);
  full = true;
  await service.dispatch(id, { type: 'cancelled', code: 'USER_CANCELLED' });
  expect(service.find(id)?.state).toBe('cancelled');
});

it('writes a transition before its effects start', async () => {
  const store = await freshStore();
  const stored: string[] = [];
  const service = await createSessionService({
    store,
    now: () => start,
    randomId: () => 'id-1',
    onChange: () => undefined,
    async run(session, effect) {
      const [record] = await store.sessions();
      stored.push(`${effect.type} ${record?.id === session.id ? record.state : 'not stored'}`);
    },
  });
  await service.begin(asker, request);
  await service.dispatch('id-1', {
    type: 'platformChosen',
    platform: 'yue-qi-qian',
    driver: 'relay',
    openingId: 'o',
  });
  await vi.waitFor(() => expect(stored).toContain('openRelay preparing'));
  expect(stored.join()).not.toContain('not stored');
});

test.each(sessionStates)(
  'a worker killed in %s is rebuilt from the store and does the same work',
  async (state) => {
    const store = await freshStore();
    const session = { ...sessionIn(state), windowId: 5 };
    await store.putSession(session);
    const { service, ran } = await serviceOver(store);
    expect(service.find(session.id)).toEqual(session);
    const work: Record<string, string[]> = {
      requested: ['resolvePlatform'],
      awaitingConsent: [],
      preparing: ['openRelay'],
      awaitingScan: ['followEvents'],
      scanned: ['followEvents'],
      arranging: ['followEvents'],
      signing: ['followEvents', 'prepareSignatures'],
      confirmed: ['readResult'],
      completing: ['deliverOutcome'],
      expired: [],
      succeeded: [],
      cancelled: ['deliverOutcome'],
      failed: ['deliverOutcome'],
    };
    expect(ran.map((effect) => effect.type)).toEqual(work[state]);
  },
);

const wholeLogin: SessionEvent[] = [
  { type: 'windowChanged', windowId: 5 },
  { type: 'choiceNeeded' },
  { type: 'platformChosen', platform: 'zhongzhao-hulian', driver: 'relay', openingId: 'opening-1' },
  { type: 'opened', openingId: 'opening-1', platform: 'zhongzhao-hulian', driver: 'relay', relay },
  { type: 'relayEvent', businessId: relay.businessId, sequence: 1, kind: 'scanned' },
  { type: 'relayEvent', businessId: relay.businessId, sequence: 2, kind: 'confirmed' },
  { type: 'resultRead', businessId: relay.businessId, result: token },
  { type: 'settled' },
];

test.each(wholeLogin.map((_event, index) => index))(
  'a worker killed before step %i of a login goes on to the same end',
  async (killedBefore) => {
    const store = await freshStore();
    let { service } = await serviceOver(store);
    const { id } = await service.begin(asker, request);
    for (const [index, event] of wholeLogin.entries()) {
      if (index === killedBefore) ({ service } = await serviceOver(store));
      await service.dispatch(id, event);
    }
    expect(service.find(id)).toMatchObject({ state: 'succeeded', settled: true });
  },
);

it('aborts what a new state no longer needs and keeps what it still needs', async () => {
  const { service, ran, aborted } = await serviceOver(await freshStore());
  const { id } = await service.begin(asker, request);
  for (const event of wholeLogin.slice(0, 5)) await service.dispatch(id, event);
  const follows = ran.filter((effect) => effect.type === 'followEvents');
  expect(follows).toHaveLength(1);
  await service.dispatch(id, { type: 'cancelled', code: 'PAGE_GONE' });
  expect(aborted).toContain(follows[0]?.key);
});

it('forgets a session once it has ended, its page has the outcome, its relay is released and its window gone', async () => {
  const store = await freshStore();
  const { service } = await serviceOver(store);
  const { id } = await service.begin(asker, request);
  for (const event of wholeLogin.slice(0, 4)) await service.dispatch(id, event);
  const steps: SessionEvent[] = [
    { type: 'cancelled', code: 'USER_CANCELLED' },
    { type: 'settled' },
    { type: 'released', businessId: relay.businessId },
  ];
  for (const event of steps) {
    await service.dispatch(id, event);
    expect(service.find(id)).toBeDefined();
  }
  await service.dispatch(id, { type: 'windowChanged', windowId: undefined });
  expect(service.find(id)).toBeUndefined();
  expect(await store.sessions()).toEqual([]);
  expect(await service.dispatch(id, { type: 'settled' })).toBe(false);
});

it('ends a session by its own deadline', async () => {
  const store = await freshStore();
  await store.putSession({ ...sessionIn('awaitingScan'), deadline: start });
  const { service } = await serviceOver(store);
  await vi.waitFor(() => expect(service.all()[0]?.state).toBe('expired'));
});

it('ends a session by its deadline also when the clock was set back meanwhile', async () => {
  const store = await freshStore();
  await store.putSession({ ...sessionIn('awaitingScan'), deadline: start });
  const clock = [start, start - 5];
  const service = await createSessionService({
    store,
    now: () => clock.shift() ?? start,
    randomId: () => 'id',
    onChange: () => undefined,
    run: async () => undefined,
  });
  service.resume();
  await vi.waitFor(() => expect(service.all()[0]?.state).toBe('expired'));
});

it('remembers how the last session ended, without its result', async () => {
  const store = await freshStore();
  const { service } = await serviceOver(store);
  const { id } = await service.begin(asker, request);
  for (const event of wholeLogin) await service.dispatch(id, event);
  expect(service.lastOutcome()).toEqual({
    scene: 'login',
    origin: asker.origin,
    state: 'succeeded',
    at: start,
  });
  expect((await serviceOver(store)).service.lastOutcome()).toEqual(service.lastOutcome());
  expect(isEndState(service.find(id)?.state ?? 'requested')).toBe(true);
});
