import { afterEach, describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/gm/certificate.ts';
import { sm2SignatureHolds } from '../../src/gm/sm2.ts';
import { fromBase64, toBase64, toHex } from '../../src/lib/bytes.ts';
import { signingScenes, type LoginRequest, type RelayRequest } from '../../src/platforms/platform.ts';
import { createAuthority } from '../../src/sandbox/authority/authority.ts';
import { createChallengeBook, readTrustAnchors, verifyLogin } from '../../src/verifier/verifier.ts';
import { testSubscriber } from '../support/test-subscriber.ts';
import {
  clientKey,
  contentKeyOf,
  encryptionRequest,
  never,
  openingRequest,
  requestsFor,
  unwrap,
} from './bids-bench.ts';
import {
  drivenPlatforms,
  scenesOf,
  startDriverBench,
  type DriverBench,
  type DriverSession,
} from './driver-bench.ts';
import { siteOrigin } from './relay-bench.ts';
import { partsToSign, signingRequest } from './signing-bench.ts';

const authority = createAuthority(Date.now);
const subscriber = testSubscriber(authority);
const openingId = 'opening-0000000001';
const login: LoginRequest = { scene: 'login', origin: siteOrigin, challenge: 'challenge-of-the-site' };

let benches: DriverBench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

/** What every platform does by every driver, each step by a worker that was started for it. */
describe.each(drivenPlatforms)('%s by driver %s', (id, driver) => {
  const offered = scenesOf(id, driver);
  const signing = signingScenes.filter((scene) => offered.includes(scene));

  async function start(): Promise<DriverBench> {
    const bench = await startDriverBench(id, driver, subscriber);
    benches = [...benches, bench];
    return bench;
  }

  const opening = (bench: DriverBench, request: RelayRequest, requestId = openingId) =>
    bench.platformFor(request.scene).open(request, requestId, bench.environment, never);

  /** Up to the scan. */
  async function scanned(bench: DriverBench, request: RelayRequest): Promise<DriverSession> {
    return bench.scan(await opening(bench, request), request);
  }

  /** What has happened since; the session goes on after it. */
  async function news(bench: DriverBench, request: RelayRequest, { handle, after }: DriverSession) {
    const platform = bench.platformFor(request.scene);
    const events = await platform.events(handle, after, bench.environment, never);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_event, index) => after + 1 + index));
    return { types: events.map(({ type }) => type), session: { handle, after: after + events.length } };
  }

  it('offers what the registry says of it', async () => {
    const bench = await start();
    const offers = bench.platformFor('login').offers.filter((offer) => offer.driver === driver);
    expect(offers).toEqual(offered.map((scene) => ({ scene, driver })));
    expect(bench.platformFor('login').id).toBe(id);
  });

  it('has one session for one opening, and another for a renewal', async () => {
    const bench = await start();
    const first = await opening(bench, login);
    expect((await opening(bench, login)).businessId).toBe(first.businessId);
    const platform = bench.platformFor('login');
    const renewed = await platform.renew(first, login, 'opening-0000000002', bench.environment, never);
    expect(renewed.businessId).not.toBe(first.businessId);
  });

  it('lets go at once of what nobody waits for any more', async () => {
    const bench = await start();
    const { handle, after } = await scanned(bench, login);
    const stopped = AbortSignal.abort();
    await expect(
      bench.platformFor('login').events(handle, after, bench.environment, stopped),
    ).rejects.toMatchObject({ code: 'REQUEST_ABORTED' });
  });

  it('can be cancelled, also twice', async () => {
    const bench = await start();
    const handle = await opening(bench, login);
    for (let times = 0; times < 2; times += 1) {
      await expect(
        bench.platformFor('login').cancel(handle, bench.environment, never),
      ).resolves.toBeUndefined();
    }
  });

  it('logs in', async () => {
    const bench = await start();
    const challenges = createChallengeBook();
    const request = { ...login, challenge: challenges.issue('session') };
    const session = await scanned(bench, request);
    await bench.confirm(request);
    const { types } = await news(bench, request, session);
    expect(types).toEqual(['scanned', 'confirmed'].slice(session.after));
    const result = () => bench.platformFor('login').result(session.handle, request, bench.environment, never);
    const token = await result();
    expect((await result())?.businessId).toBe(token?.businessId);
    expect(token === undefined).toBe(driver === 'site');
    const anchors = readTrustAnchors(authority.root, authority.issuer);
    const { challenge } = request;
    expect(
      await verifyLogin({ token, challenge, sessionKey: 'session', origin: siteOrigin, anchors, challenges }),
    ).toMatchObject(
      // By that driver the token goes from front server to site, and never comes here.
      driver === 'site'
        ? { ok: false, code: 'TOKEN_MALFORMED' }
        : { ok: true, subject: { name: subscriber.organisation } },
    );
  });

  it.each(signing)('signs by the certificate that it named: %s', async (scene) => {
    const bench = await start();
    const request = signingRequest(scene);
    const first = await news(bench, request, await scanned(bench, request));
    expect(first.types.at(-1)).toBe('identified');
    const { handle } = first.session;
    const identity = await bench.platformFor(scene).identity(handle, request, bench.environment, never);
    expect(identity).toMatchObject({
      certificate: toBase64(subscriber.pair.signing),
      signer: { name: subscriber.organisation, serialNumber: subscriber.pair.serial },
    });
    expect(identity).not.toHaveProperty('encryptionCertificate');
    await bench.platformFor(scene).submit(handle, request, partsToSign, bench.environment, never);
    await bench.confirm(request);
    expect((await news(bench, request, first.session)).types).toEqual(['confirmed']);
    const signatures = await bench
      .platformFor(scene)
      .signatures(handle, request, identity, bench.environment, never);
    const { publicKey } = parseCertificate(subscriber.pair.signing);
    const holding = signatures.map((signature, index) =>
      sm2SignatureHolds(publicKey, fromBase64(partsToSign[index] ?? ''), fromBase64(signature)),
    );
    expect(holding).toEqual([true, true]);
  });

  it.each([encryptionRequest, openingRequest('check')])(
    'says whose certificate files are encrypted to: $scene',
    async (request) => {
      const bench = await start();
      const { types, session } = await news(bench, request, await scanned(bench, request));
      expect(types.at(-1)).toBe('identified');
      expect(
        await bench.platformFor(request.scene).identity(session.handle, request, bench.environment, never),
      ).toMatchObject({
        certificate: toBase64(subscriber.pair.signing),
        encryptionCertificate: toBase64(subscriber.pair.encryption),
        seals: [],
      });
    },
  );

  it.each(['rehearse', 'open'] as const)(
    'opens keys to the client’s one-time key alone: %s',
    async (purpose) => {
      const bench = await start();
      const request = openingRequest(purpose);
      const first = await news(bench, request, await scanned(bench, request));
      const { handle } = first.session;
      const platform = () => bench.platformFor('decrypt');
      const identity = await platform().identity(handle, request, bench.environment, never);
      const requests = requestsFor(subscriber.pair.encryption);
      await platform().submit(handle, request, requests, bench.environment, never);
      await bench.confirm(request);
      expect((await news(bench, request, first.session)).types).toEqual(['confirmed']);
      const keys = await platform().keys(handle, request, identity, 2, bench.environment, never);
      const expected = request.documents.map((document) => toHex(contentKeyOf(document)));
      expect(keys.map((key) => unwrap(clientKey, key))).toEqual(expected);
    },
  );
});
