import { afterEach, describe, expect, it, test } from 'vitest';
import { createAuthority } from '../../src/sandbox/authority/authority.ts';
import { testSubscriber } from '../support/test-subscriber.ts';
import type { LoginRequest, RelayPlatform } from '../../src/platforms/platform.ts';
import { platforms } from '../../src/platforms/registry.ts';
import { platformIds } from '../../src/protocol/platform-ids.ts';
import { scenes } from '../../src/protocol/scenes.ts';
import type { Fault } from '../../src/sandbox/gateway/faults.ts';
import { siteOrigin, startRelayBench, type RelayBench } from './relay-bench.ts';

const request: LoginRequest = { scene: 'login', origin: siteOrigin, challenge: 'challenge-of-the-site' };
const never = new AbortController().signal;
const openingId = 'opening-0000000001';

let benches: RelayBench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

async function start(faults: readonly Fault[] = []): Promise<RelayBench> {
  const bench = await startRelayBench(faults);
  benches = [...benches, bench];
  return bench;
}

const { credential } = testSubscriber(createAuthority(Date.now));

describe.each(platformIds)('%s', (id) => {
  const platform: RelayPlatform = platforms[id];

  async function scanned(bench: RelayBench) {
    const handle = await platform.open(request, openingId, bench.environment, never);
    return { handle, pending: await bench.scanLogin(handle.qr) };
  }

  describe('a front server that lies', () => {
    const onOpen: [Fault, string][] = [
      [{ kind: 'foreignBusinessId', call: 'open' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'foreignDigest' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'foreignBase' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'garbage', call: 'open' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'huge', call: 'open' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'absurdExpiry', expiresIn: -1 }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'absurdExpiry', expiresIn: 1e9 }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'absurdExpiry', expiresIn: 'soon' }, 'FRONT_SERVER_PROTOCOL'],
    ];
    test.each(onOpen)('is found out when it opens: %o', async (fault, code) => {
      const bench = await start([fault]);
      await expect(platform.open(request, openingId, bench.environment, never)).rejects.toMatchObject({
        code,
      });
    });

    const onEvents: Fault[] = [
      { kind: 'foreignBusinessId', call: 'events' },
      { kind: 'sequenceGap' },
      { kind: 'unknownEvent' },
      { kind: 'garbage', call: 'events' },
      { kind: 'huge', call: 'events' },
    ];
    test.each(onEvents)('is found out when it tells events: %o', async (fault) => {
      const bench = await start();
      const { handle } = await scanned(bench);
      bench.gateway.setFaults([fault]);
      await expect(platform.events(handle, 0, bench.environment, never)).rejects.toMatchObject({
        code: 'FRONT_SERVER_PROTOCOL',
      });
    });

    it('cannot make an old event count again', async () => {
      const bench = await start();
      const { handle, pending } = await scanned(bench);
      await bench.phone.confirm(pending, credential);
      bench.gateway.setFaults([{ kind: 'replayedEvents' }]);
      expect(await platform.events(handle, 1, bench.environment, never)).toEqual([
        { sequence: 2, type: 'confirmed' },
      ]);
    });

    const onResult: [Fault, string][] = [
      [{ kind: 'foreignBusinessId', call: 'result' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'resultOfAnotherOrigin' }, 'RESULT_MISMATCH'],
      [{ kind: 'resultOfAnotherSession' }, 'RESULT_MISMATCH'],
      [{ kind: 'malformedResult' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'garbage', call: 'result' }, 'FRONT_SERVER_PROTOCOL'],
    ];
    test.each(onResult)('is found out when it gives the result: %o', async (fault, code) => {
      const bench = await start();
      const { handle, pending } = await scanned(bench);
      await bench.phone.confirm(pending, credential);
      bench.gateway.setFaults([fault]);
      await expect(platform.result(handle, request, bench.environment, never)).rejects.toMatchObject({
        code,
      });
    });

    it('cannot renew under the old id', async () => {
      const bench = await start();
      const handle = await platform.open(request, openingId, bench.environment, never);
      bench.gateway.setFaults([{ kind: 'foreignBusinessId', call: 'renew' }]);
      await expect(
        platform.renew(handle, request, 'renewal-0000000001', bench.environment, never),
      ).rejects.toMatchObject({ code: 'FRONT_SERVER_PROTOCOL' });
    });
  });

  describe('a front server in trouble', () => {
    it('is asked again after an error of its own', async () => {
      const bench = await start([{ kind: 'serverError', call: 'open', times: 2 }]);
      await expect(platform.open(request, openingId, bench.environment, never)).resolves.toMatchObject({
        businessId: expect.any(String),
      });
      expect(bench.gateway.counts().open).toBe(3);
    });

    it('is given up in time when it stays down', async () => {
      const bench = await start([{ kind: 'down' }]);
      await expect(
        platform.open(request, openingId, { ...bench.environment, ...quickClock() }, never),
      ).rejects.toMatchObject({ code: 'FRONT_SERVER_UNREACHABLE' });
    });

    it('is let go at once when nobody waits any more', async () => {
      const bench = await start([{ kind: 'hang', call: 'events' }]);
      const handle = await platform.open(request, openingId, bench.environment, never);
      const stop = new AbortController();
      const events = platform.events(handle, 0, bench.environment, stop.signal);
      stop.abort();
      await expect(events).rejects.toMatchObject({ code: 'REQUEST_ABORTED' });
    });

    it('that limits the rate is not asked again', async () => {
      const bench = await start();
      const codes = await Promise.all(
        Array.from({ length: 70 }, (_value, index) =>
          platform
            .open(request, `opening-00000000${index}x`, bench.environment, never)
            .then(() => 'opened')
            .catch((error: { code: string }) => error.code),
        ),
      );
      expect(codes.filter((code) => code === 'FRONT_SERVER_BUSY')).toHaveLength(10);
      expect(bench.gateway.counts().open).toBe(70);
    });

    it('that does not know the site refuses it', async () => {
      const bench = await start();
      const elsewhere = { ...request, origin: 'https://elsewhere.example' };
      await expect(platform.open(elsewhere, openingId, bench.environment, never)).rejects.toMatchObject({
        code: 'FRONT_SERVER_REFUSED',
      });
    });
  });

  describe('the way of a session', () => {
    it('opens the same session twice for one request id', async () => {
      const bench = await start();
      const first = await platform.open(request, openingId, bench.environment, never);
      const again = await platform.open(request, openingId, bench.environment, never);
      expect(again.businessId).toBe(first.businessId);
    });

    it('shows the number that the phone computes for itself', async () => {
      const { handle, pending } = await scanned(await start());
      expect(pending.matchingNumber).toBe(handle.matchingNumber);
    });

    it('gives the confirmed token, more than once', async () => {
      const bench = await start();
      const { handle, pending } = await scanned(bench);
      await bench.phone.confirm(pending, credential);
      const events = await platform.events(handle, 0, bench.environment, never);
      expect(events.map((event) => event.type)).toEqual(['scanned', 'confirmed']);
      const token = await platform.result(handle, request, bench.environment, never);
      expect(await platform.result(handle, request, bench.environment, never)).toEqual(token);
      expect(token).toMatchObject({ businessId: handle.businessId, origin: siteOrigin });
    });

    it('renews under a new id and kills the old one', async () => {
      const bench = await start();
      const first = await platform.open(request, openingId, bench.environment, never);
      const second = await platform.renew(first, request, 'renewal-0000000001', bench.environment, never);
      expect(second.businessId).not.toBe(first.businessId);
      await expect(bench.phone.scan(bench.readQr(first.qr))).rejects.toMatchObject({ code: 'ended' });
    });

    it('cancels, also twice', async () => {
      const bench = await start();
      const handle = await platform.open(request, openingId, bench.environment, never);
      await platform.cancel(handle, bench.environment, never);
      await platform.cancel(handle, bench.environment, never);
      expect(bench.gateway.sessions()).toMatchObject([{ state: 'cancelled' }]);
    });

    it('counts a session that the front server forgot as expired', async () => {
      const bench = await start();
      const handle = await platform.open(request, openingId, bench.environment, never);
      const unknown = { ...handle, businessId: 'a-business-id-of-nobody' };
      await expect(platform.events(unknown, 0, bench.environment, never)).rejects.toMatchObject({
        code: 'QR_EXPIRED',
      });
    });
  });

  it('names itself in both languages', () => {
    expect(platforms[id].id).toBe(id);
    expect(platforms[id].name['zh-CN']).toMatch(/\p{Script=Han}/u);
    expect(platforms[id].name.en).toMatch(/^[\x20-\x7e]+$/);
  });

  it('offers all six scenes by front server, by page and by the page’s own QR', () => {
    for (const driver of ['relay', 'site', 'mirror'] as const) {
      const offered = platforms[id].offers.filter((offer) => offer.driver === driver);
      expect(offered).toEqual(scenes.map((scene) => ({ scene, driver })));
    }
  });

  it('offers a local service where its wire is known, and no seal by it', () => {
    const offered = platforms[id].offers.filter(({ driver }) => driver === 'local');
    const isKnown = platforms[id].connector !== undefined;
    expect(offered.map(({ scene }) => scene)).toEqual(
      isKnown ? scenes.filter((scene) => scene !== 'signature') : [],
    );
    expect(isKnown).toBe(id === 'yun-you-cai');
  });

  it('says in both languages what it is built on and what it waits for, and names no address', () => {
    const { published, awaits } = platforms[id].facts;
    for (const facts of [published, awaits]) {
      expect(facts.length).toBeGreaterThan(0);
      for (const { 'zh-CN': chinese, en } of facts) {
        expect(chinese).toMatch(/\p{Script=Han}/u);
        expect(en).not.toBe('');
        expect(`${chinese} ${en}`).not.toMatch(/:\/\/|\d+\.\d+\.\d+|\.(?:com|cn|net)\b/);
      }
    }
  });
});

/** A clock that moves on by each pause instead of waiting for it. */
function quickClock() {
  let now = 0;
  return {
    now: () => now,
    async pause(ms: number) {
      now += ms;
    },
  };
}
