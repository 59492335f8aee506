import { afterEach, describe, expect, it } from 'vitest';
import { toBase64, toHex } from '../../src/lib/bytes.ts';
import type { RelayPlatform } from '../../src/platforms/platform.ts';
import { platforms } from '../../src/platforms/registry.ts';
import { openingPurposes } from '../../src/protocol/bids.ts';
import { platformIds } from '../../src/protocol/platform-ids.ts';
import { createAuthority } from '../../src/sandbox/authority/authority.ts';
import type { Fault } from '../../src/sandbox/gateway/faults.ts';
import { testSubscriber } from '../support/test-subscriber.ts';
import {
  askedToOpen,
  clientKey,
  contentKeyOf,
  encryptionRequest,
  never,
  opened,
  openingRequest,
  requestsFor,
  unwrap,
} from './bids-bench.ts';
import { startRelayBench, type RelayBench } from './relay-bench.ts';

let benches: RelayBench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

async function start(faults: readonly Fault[] = []): Promise<RelayBench> {
  const bench = await startRelayBench(faults);
  benches = [...benches, bench];
  return bench;
}

const authority = createAuthority(Date.now);
const subscriber = testSubscriber(authority);
const request = openingRequest();
const keysOf = request.documents.map((document) => toHex(contentKeyOf(document)));

describe.each(platformIds)('%s, sessions of bids', (id) => {
  const platform: RelayPlatform = platforms[id];

  async function handedOver(bench: RelayBench, by = subscriber) {
    const handle = await platform.open(encryptionRequest, 'opening-0000000001', bench.environment, never);
    await bench.phone.identifyForBid(await bench.scanEncryption(handle.qr), by.bidIdentity);
    return handle;
  }

  const keys = (bench: RelayBench, { handle, identity }: Awaited<ReturnType<typeof opened>>, count = 2) =>
    platform.keys(handle, request, identity, count, bench.environment, never);

  describe('a front server that the client has to find out', () => {
    it('may say that the phone opened nothing', async () => {
      const bench = await start();
      const session = await opened(platform, bench, subscriber);
      bench.gateway.setFaults([{ kind: 'withheldKeys' }]);
      expect(await keys(bench, session)).toEqual([null, null]);
    });

    it('may swap keys between files', async () => {
      const bench = await start();
      const session = await opened(platform, bench, subscriber);
      bench.gateway.setFaults([{ kind: 'swappedKeys' }]);
      const given = await keys(bench, session);
      expect(given.map((key) => unwrap(clientKey, key))).toEqual(keysOf.toReversed());
    });

    it('may wrap keys of its own', async () => {
      const bench = await start();
      const session = await opened(platform, bench, subscriber);
      bench.gateway.setFaults([{ kind: 'foreignKeys' }]);
      const given = (await keys(bench, session)).map((key) => unwrap(clientKey, key));
      expect(given.map((key) => key.length)).toEqual([96, 96]);
      for (const key of keysOf) expect(given).not.toContain(key);
    });
  });

  describe('a caller that is too early or asks the wrong thing', () => {
    it('gets no identity before the phone has identified itself', async () => {
      const bench = await start();
      const handle = await platform.open(encryptionRequest, 'opening-0000000001', bench.environment, never);
      await expect(
        platform.identity(handle, encryptionRequest, bench.environment, never),
      ).rejects.toMatchObject({ code: 'FRONT_SERVER_PROTOCOL' });
    });

    it.each([
      ['no one-time key', new Uint8Array()],
      ['a one-time key off the curve', clientKey.publicKey.with(64, (clientKey.publicKey[64] ?? 0) ^ 1)],
      ['a one-time key cut short', clientKey.publicKey.subarray(0, 64)],
      ['a compressed one-time key', Uint8Array.of(2, ...clientKey.publicKey.subarray(1, 33))],
    ])('gets no session with %s', async (_, publicKey) => {
      const bench = await start();
      const asked = openingRequest('open', { publicKey });
      await expect(
        platform.open(asked, 'opening-0000000001', bench.environment, never),
      ).rejects.toMatchObject({ code: 'FRONT_SERVER_PROTOCOL' });
      expect(bench.gateway.sessions()).toEqual([]);
    });

    it('cannot have a check open anything', async () => {
      const bench = await start();
      const check = openingRequest('check');
      const handle = await platform.open(check, 'opening-0000000001', bench.environment, never);
      await bench.phone.identifyForBid(await bench.scanCheck(handle.qr), subscriber.bidIdentity);
      const requests = requestsFor(subscriber.pair.encryption);
      await expect(platform.submit(handle, check, requests, bench.environment, never)).rejects.toMatchObject({
        code: 'FRONT_SERVER_PROTOCOL',
      });
    });

    it('may submit the same again, but nothing else', async () => {
      const bench = await start();
      const { handle, requests, number } = await askedToOpen(platform, bench, subscriber);
      expect(await platform.submit(handle, request, requests, bench.environment, never)).toBe(number);
      await expect(
        platform.submit(handle, request, requests.toReversed(), bench.environment, never),
      ).rejects.toMatchObject({ code: 'FRONT_SERVER_PROTOCOL' });
    });
  });

  describe('the way of a session', () => {
    it('hands over the phone’s pair for an encryption, and ends by being cancelled', async () => {
      const bench = await start();
      const handle = await handedOver(bench);
      const identity = await platform.identity(handle, encryptionRequest, bench.environment, never);
      expect(identity).toMatchObject({
        certificate: toBase64(subscriber.pair.signing),
        encryptionCertificate: toBase64(subscriber.pair.encryption),
        seals: [],
      });
      await platform.cancel(handle, bench.environment, never);
      const events = await platform.events(handle, 0, bench.environment, never);
      expect(events.map(({ type }) => type)).toEqual(['scanned', 'identified', 'cancelled']);
    });

    it('says plainly that the phone has no encryption certificate', async () => {
      const bench = await start();
      const handle = await handedOver(bench, subscriber.withoutEncryption());
      const identity = await platform.identity(handle, encryptionRequest, bench.environment, never);
      expect(identity).not.toHaveProperty('encryptionCertificate');
      expect(identity.signer.serialNumber).toBe(subscriber.pair.serial);
    });

    it.each(openingPurposes)('tells the phone its purpose: %s', async (purpose) => {
      const bench = await start();
      const asked = openingRequest(purpose);
      const handle = await platform.open(asked, 'opening-0000000001', bench.environment, never);
      const pending = await bench.phone.scan(bench.readQr(handle.qr));
      const { matchingNumber } = handle;
      expect(pending).toMatchObject({
        scene: 'decrypt',
        purpose,
        documents: asked.documents,
        matchingNumber,
      });
      expect(bench.gateway.sessions()).toMatchObject([{ scene: 'decrypt', purpose }]);
    });

    it.each(['rehearse', 'open'] as const)(
      'opens every envelope to the one-time key: %s',
      async (purpose) => {
        const bench = await start();
        const asked = openingRequest(purpose);
        const { handle, identity } = await opened(platform, bench, subscriber, asked);
        const events = await platform.events(handle, 0, bench.environment, never);
        expect(events.map(({ type }) => type)).toEqual(['scanned', 'identified', 'confirmed']);
        const given = await platform.keys(handle, asked, identity, 2, bench.environment, never);
        expect(given.map((key) => unwrap(clientKey, key))).toEqual(keysOf);
        expect(await platform.keys(handle, asked, identity, 2, bench.environment, never)).toEqual(given);
      },
    );

    it('shows both numbers that the phone computes for itself', async () => {
      const bench = await start();
      const { handle, pending, number } = await askedToOpen(platform, bench, subscriber);
      expect(pending.matchingNumber).toBe(handle.matchingNumber);
      expect((await bench.phone.untilToOpen(pending)).signingNumber).toBe(number);
    });

    it.each(['rehearse', 'open'] as const)('tells the phone the one-time key: %s', async (purpose) => {
      const bench = await start();
      const asked = openingRequest(purpose);
      const { qr } = await platform.open(asked, 'opening-0000000001', bench.environment, never);
      expect(toHex((await bench.scanOpening(qr)).oneTimeKey)).toBe(toHex(clientKey.publicKey));
    });

    it('renews under a new id with the same purpose and one-time key', async () => {
      const bench = await start();
      const first = await platform.open(request, 'opening-0000000001', bench.environment, never);
      const second = await platform.renew(first, request, 'renewal-0000000001', bench.environment, never);
      expect(second.businessId).not.toBe(first.businessId);
      const { purpose, documents, oneTimeKey } = await bench.scanOpening(second.qr);
      expect({ purpose, documents }).toEqual({ purpose: 'open', documents: request.documents });
      expect(toHex(oneTimeKey)).toBe(toHex(clientKey.publicKey));
    });

    it('cancels while the phone waits for what it is to open', async () => {
      const bench = await start();
      const handle = await platform.open(request, 'opening-0000000001', bench.environment, never);
      const pending = await bench.scanOpening(handle.qr);
      await bench.phone.identifyForBid(pending, subscriber.bidIdentity);
      const waiting = bench.phone.untilToOpen(pending);
      await platform.cancel(handle, bench.environment, never);
      await expect(waiting).rejects.toMatchObject({ code: 'ended' });
    });
  });
});
