import { afterEach, describe, expect, it, test } from 'vitest';
import { parseCertificate } from '../../src/gm/certificate.ts';
import { decryptSm2 } from '../../src/gm/sm2-encryption.ts';
import { verifySm2 } from '../../src/gm/sm2.ts';
import { fromBase64, toBase64, toHex } from '../../src/lib/bytes.ts';
import type { LoginRequest, Platform, PlatformHandle } from '../../src/platforms/platform.ts';
import type { SitePlatform } from '../../src/platforms/site/site-platform.ts';
import { createAuthority } from '../../src/sandbox/authority/authority.ts';
import { testSubscriber } from '../support/test-subscriber.ts';
import { clientKey, contentKeyOf, encryptionRequest, never, opened, openingRequest } from './bids-bench.ts';
import { siteOrigin } from './relay-bench.ts';
import { startSiteBench, type SiteBench } from './site-bench.ts';
import { identified, partsToSign, signed, signingRequest } from './signing-bench.ts';

const subscriber = testSubscriber(createAuthority(Date.now));
const login: LoginRequest = { scene: 'login', origin: siteOrigin, challenge: 'unused-by-this-driver' };
const openingId = 'opening-0000000001';

let benches: SiteBench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

async function start(options: Parameters<typeof startSiteBench>[0] = {}): Promise<SiteBench> {
  const bench = await startSiteBench(options);
  benches = [...benches, bench];
  return bench;
}

/** Types of the next events after `after`. */
async function next(platform: Platform, handle: PlatformHandle, bench: SiteBench, after: number) {
  const events = await platform.events(handle, after, bench.environment, never);
  return events.map(({ type }) => type);
}

describe('the site’s own back end', () => {
  const paths = ['state', 'identity', 'submit', 'signatures', 'envelopes', 'keys', 'cancel', 'login'];
  test.each(paths)('tells no other browser of a QR: %s', async (path) => {
    const bench = await start();
    const { businessId } = await bench.platformFor('login').open(login, openingId, bench.environment, never);
    const { status } = await bench.post(`/driver/${path}`, { businessId }, 'stranger');
    expect(status).toBe(404);
  });

  test.each(['envelopes', 'keys'])('wants the access token: %s', async (path) => {
    const bench = await start();
    const { handle } = await opened(withToken(bench.platformFor('decrypt'), bench), bench, subscriber);
    const { businessId } = handle;
    for (const accessToken of [undefined, '', 'x'.repeat(32)]) {
      expect(await bench.post(`/driver/${path}`, { businessId, accessToken, envelopes: [] })).toMatchObject({
        status: 403,
      });
    }
  });

  it('gives the access token with the scan, and not before', async () => {
    const bench = await start();
    const request = openingRequest();
    const platform = bench.platformFor('decrypt');
    const handle = await platform.open(request, openingId, bench.environment, never);
    const { businessId } = handle;
    expect(await bench.post('/driver/state', { businessId })).toMatchObject({ body: { state: 'waiting' } });
    const pending = await bench.scanOpening(handle.qr);
    await bench.phone.identifyForBid(pending, subscriber.bidIdentity);
    expect(await bench.post('/driver/state', { businessId })).toMatchObject({
      body: { state: 'identified', accessToken: expect.stringMatching(/^[\w-]{32}$/) },
    });
  });
});

describe('login', () => {
  it('is between phone, front server and site: the bridge sees a QR and its states', async () => {
    const bench = await start();
    const platform = bench.platformFor('login');
    const handle = await platform.open(login, openingId, bench.environment, never);
    const pending = await bench.scanLogin(handle.qr);
    expect(await next(platform, handle, bench, 0)).toEqual(['scanned']);
    await bench.phone.confirm(pending, subscriber.credential);
    expect(await next(platform, handle, bench, 1)).toEqual(['confirmed']);
    expect(await platform.result(handle, login, bench.environment, never)).toBeUndefined();
    await bench.post('/driver/login', { businessId: handle.businessId });
    expect(bench.logins).toMatchObject([
      { challenge: 'challenge-of-the-site-1', token: { businessId: handle.businessId } },
    ]);
  });

  it('that was refused on the phone ends so', async () => {
    const bench = await start();
    const platform = bench.platformFor('login');
    const handle = await platform.open(login, openingId, bench.environment, never);
    await bench.phone.refuse(await bench.scanLogin(handle.qr));
    expect(await next(platform, handle, bench, 0)).toEqual(['scanned', 'refused']);
  });

  it('has one QR for one opening, and another for a renewal', async () => {
    const bench = await start();
    const platform = bench.platformFor('login');
    const first = await platform.open(login, openingId, bench.environment, never);
    const again = await bench.platformFor('login').open(login, openingId, bench.environment, never);
    expect(again).toMatchObject({ businessId: first.businessId, qr: first.qr });
    const renewed = await platform.renew(first, login, 'opening-0000000002', bench.environment, never);
    expect(renewed.businessId).not.toBe(first.businessId);
    await expect(bench.scanLogin(first.qr)).rejects.toMatchObject({ name: 'PhoneError' });
    await expect(bench.scanLogin(renewed.qr)).resolves.toBeDefined();
  });

  it('that nobody waits for is over at the front server', async () => {
    const bench = await start();
    const platform = bench.platformFor('login');
    const handle = await platform.open(login, openingId, bench.environment, never);
    await platform.cancel(handle, bench.environment, never);
    await expect.poll(() => bench.gateway.sessions().map(({ state }) => state)).toEqual(['cancelled']);
  });

  it('whose QR leads elsewhere is not shown', async () => {
    const bench = await start({ fault: 'foreignHost' });
    const opening = bench.platformFor('login').open(login, openingId, bench.environment, never);
    await expect(opening).rejects.toMatchObject({ code: 'QR_HOST_FOREIGN' });
  });

  it('whose page gives no QR has a code after its time', async () => {
    const bench = await start({ fault: 'silent' });
    const bound = AbortSignal.timeout(20);
    const opening = bench.platformFor('login').open(login, openingId, bench.environment, bound);
    await expect(opening).rejects.toMatchObject({ code: 'SITE_FLOW_TIMEOUT' });
  });
});

describe('sealing in seven steps', () => {
  const request = signingRequest();

  it('gives signatures over the very bytes, by the phone that scanned', async () => {
    const bench = await start();
    const platform = bench.platformFor('signature');
    const { handle, identity } = await signed(platform, bench, subscriber);
    const signatures = await platform.signatures(handle, request, identity, bench.environment, never);
    const { publicKey } = parseCertificate(fromBase64(identity.certificate));
    const judged = signatures.map((signature, index) =>
      verifySm2(publicKey, fromBase64(partsToSign[index] ?? ''), fromBase64(signature)),
    );
    expect(judged).toEqual([true, true]);
    expect(identity.signer.name).toBe(subscriber.organisation);
  });

  it('tells each state in order, to whatever worker asks', async () => {
    const bench = await start();
    const { handle, pending } = await identified(bench.platformFor('signature'), bench, subscriber);
    expect(await next(bench.platformFor('signature'), handle, bench, 0)).toEqual(['scanned', 'identified']);
    expect(await next(bench.platformFor('signature'), handle, bench, 1)).toEqual(['identified']);
    const later = bench.platformFor('signature');
    await later.submit(handle, request, partsToSign, bench.environment, never);
    const { toBeSigned } = await bench.phone.untilToBeSigned(pending);
    await bench.phone.sign(pending, subscriber.credential, toBeSigned);
    expect(await next(bench.platformFor('signature'), handle, bench, 2)).toEqual(['confirmed']);
  });

  it('walks the published steps', async () => {
    const bench = await start();
    const platform = bench.platformFor('signature');
    const { handle, pending } = await identified(platform, bench, subscriber);
    await platform.events(handle, 0, bench.environment, never);
    const identity = await platform.identity(handle, request, bench.environment, never);
    await platform.submit(handle, request, partsToSign, bench.environment, never);
    const { toBeSigned } = await bench.phone.untilToBeSigned(pending);
    await bench.phone.sign(pending, subscriber.credential, toBeSigned);
    await platform.events(handle, 2, bench.environment, never);
    await platform.signatures(handle, request, identity, bench.environment, never);
    expect(bench.steps).toEqual([
      '已取得二维码',
      '已取得扫码人身份',
      '已取得印章列表（2 枚）',
      '已上传待签数据，由平台计算摘要',
      '手机已确认',
      '已取得签名值，由客户端合成文件',
    ]);
  });
});

it('encrypting needs nothing of the phone but who it is', async () => {
  const bench = await start();
  const platform = bench.platformFor('encrypt');
  const handle = await platform.open(encryptionRequest, openingId, bench.environment, never);
  await bench.phone.identifyForBid(await bench.scanEncryption(handle.qr), subscriber.bidIdentity);
  expect(await next(platform, handle, bench, 0)).toEqual(['scanned', 'identified']);
  const identity = await platform.identity(handle, encryptionRequest, bench.environment, never);
  expect(identity.encryptionCertificate).toBe(toBase64(subscriber.pair.encryption));
});

describe.each(['bare', 'wrapped'] as const)('authorised decryption, keys %s', (keys) => {
  const request = openingRequest();

  it('gives each content key to the client’s one-time key, and to nobody else', async () => {
    const bench = await start({ keys });
    const platform = bench.platformFor('decrypt');
    const { handle, identity } = await opened(withToken(platform, bench), bench, subscriber);
    const given = await platform.keys(handle, request, identity, 2, bench.environment, never);
    const plain = given.map((key) => toHex(decryptSm2(clientKey.privateKey, fromBase64(key ?? ''))));
    expect(plain).toEqual(request.documents.map((document) => toHex(contentKeyOf(document))));
    const said = JSON.stringify(given);
    for (const document of request.documents) expect(said).not.toContain(toBase64(contentKeyOf(document)));
  });
});

/** The page learns its access token by the states that the bridge asks for. */
function withToken(platform: SitePlatform, bench: SiteBench): SitePlatform {
  return {
    ...platform,
    async identity(handle, ...rest) {
      await platform.events(handle, 0, bench.environment, never);
      return platform.identity(handle, ...rest);
    },
  };
}
