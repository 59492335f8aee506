import { beforeEach, describe, expect, it, test, vi } from 'vitest';
import { decryptSm2 } from '../../../src/gm/sm2-encryption.ts';
import { generateSm2KeyPair } from '../../../src/gm/sm2.ts';
import { fromBase64, toBase64, toHex, utf8 } from '../../../src/lib/bytes.ts';
import type {
  NumberedRelayEvent,
  OpeningRequest,
  PlatformEnvironment,
  RelayHandle,
  RelayRequest,
  SigningRequest,
} from '../../../src/platforms/platform.ts';
import type { SiteChannel } from '../../../src/platforms/site/site-channel.ts';
import { sitePlatform, type SitePlatform } from '../../../src/platforms/site/site-platform.ts';
import { CodedError } from '../../../src/protocol/coded-error.ts';
import { timeLimits } from '../../../src/protocol/limits.ts';
import type { Scene } from '../../../src/protocol/scenes.ts';
import type { SiteState } from '../../../src/protocol/site-flow.ts';
import { encodeOpeningRequest } from '../../../src/clients/encryption/opening-request.ts';
import { createAuthority } from '../../../src/sandbox/authority/authority.ts';
import { testSubscriber } from '../../support/test-subscriber.ts';

const origin = 'https://ggzy.zhanjiang.gov.cn';
const documents = [
  { name: '商务标.pdf', size: 3, sm3: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0' },
  { name: '报价.pdf', size: 64, sm3: 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732' },
];
const oneTime = generateSm2KeyPair();
const login: RelayRequest = { scene: 'login', origin, challenge: 'unused-by-this-driver' };
const sealing: SigningRequest = { scene: 'signature', origin, documents };
const opening: OpeningRequest = {
  scene: 'decrypt',
  purpose: 'open',
  oneTimeKey: toBase64(oneTime.publicKey),
  origin,
  documents,
};
const shown = { businessId: 'qr-1', qr: 'https://app.ebinterlink.com/s?id=1' };
const handle: RelayHandle = { businessId: 'qr-1', secret: '', qr: shown.qr };
const never = new AbortController().signal;

let asked: { question: string; params: unknown }[];
let answers: Map<string, (count: number) => unknown>;
let now: number;
let environment: PlatformEnvironment;

beforeEach(() => {
  asked = [];
  answers = new Map();
  now = 1_000_000;
  environment = {
    frontServer: '',
    http: () => Promise.reject(new Error('no network in this driver')),
    now: () => now,
    pause: (ms) => ((now += ms), Promise.resolve()),
  };
});

/** Answers as they come from the page, decoded: what does not decode never comes so far. */
const channel: SiteChannel = {
  async ask(question, params) {
    asked.push({ question, params });
    const count = asked.filter((other) => other.question === question).length;
    return (await answers.get(question)?.(count)) as never;
  },
};
const platformFor = (scene: Scene): SitePlatform =>
  sitePlatform({
    id: 'zhongzhao-hulian',
    name: { 'zh-CN': '中招互连', en: 'Zhongzhao Hulian' },
    channel,
    scene,
    qrHosts: ['ebinterlink.com'],
    siteOrigins: [origin],
  });
const answer = (question: string, value: unknown) => void answers.set(question, () => value);
const fail = (code: 'SITE_FLOW_FAILED' | 'SITE_FLOW_TIMEOUT') => () => Promise.reject(new CodedError(code));

describe('where the QR leads', () => {
  const open = () => platformFor('login').open(login, 'opening-1', environment, never);

  test.each(['https://evil.cn/s', 'https://ebinterlink.com@evil.cn/', 'weixin://wxpay/x'])(
    'elsewhere: %s is shown to nobody',
    async (qr) => {
      answer('open', { ...shown, qr });
      await expect(open()).rejects.toMatchObject({ code: 'QR_HOST_FOREIGN' });
    },
  );

  it('elsewhere at a renewal is refused as well', async () => {
    answer('open', { businessId: 'qr-2', qr: 'https://evil.cn/s' });
    const renewing = platformFor('login').renew(handle, login, 'opening-2', environment, never);
    await expect(renewing).rejects.toMatchObject({ code: 'QR_HOST_FOREIGN' });
  });

  test.each([shown.qr, `${origin}/qr/1`, '{"action":"1","authIdent":"2026"}'])('%s is shown', async (qr) => {
    answer('open', { ...shown, qr });
    await expect(open()).resolves.toMatchObject({ qr });
  });
});

describe('a QR', () => {
  it('ends when the front server says, counted from the question', async () => {
    answers.set('open', () => ((now += 5_000), { ...shown, expiresIn: 60 }));
    const opened = await platformFor('login').open(login, 'opening-1', environment, never);
    expect(opened.expiresAt).toBe(1_060_000);
  });

  it('has no end of its own where the front server gives none', async () => {
    answer('open', shown);
    const opened = await platformFor('login').open(login, 'opening-1', environment, never);
    expect(opened).not.toHaveProperty('expiresAt');
  });

  it('is asked for with nothing but the request', async () => {
    answer('open', shown);
    await platformFor('decrypt').open(opening, 'opening-1', environment, never);
    const { scene, purpose, oneTimeKey } = opening as Extract<OpeningRequest, { purpose: 'open' }>;
    expect(asked).toEqual([
      {
        question: 'open',
        params: { openingId: 'opening-1', request: { scene, documents, purpose, oneTimeKey } },
      },
    ]);
  });

  it('names the one that it replaces', async () => {
    answer('open', { ...shown, businessId: 'qr-2' });
    await platformFor('login').renew(handle, login, 'opening-2', environment, never);
    expect(asked[0]?.params).toMatchObject({ after: 'qr-1', openingId: 'opening-2' });
  });

  it('renewed under its old id is refused', async () => {
    answer('open', shown);
    const renewing = platformFor('login').renew(handle, login, 'opening-2', environment, never);
    await expect(renewing).rejects.toMatchObject({ code: 'SITE_FLOW_PROTOCOL' });
  });
});

describe('what the page says of the state', () => {
  const events = (scene: Scene, after: number, state: SiteState) => {
    answer('state', { state });
    return platformFor(scene).events(handle, after, environment, never);
  };

  test.each<[scene: Scene, after: number, state: SiteState, types: NumberedRelayEvent['type'][]]>([
    ['login', 0, 'scanned', ['scanned']],
    ['login', 1, 'confirmed', ['confirmed']],
    ['signature', 0, 'scanned', ['scanned']],
    ['signature', 1, 'identified', ['identified']],
    ['signature', 2, 'confirmed', ['confirmed']],
    ['signature', 2, 'refused', ['refused']],
    ['decrypt', 2, 'expired', ['expired']],
    ['login', 0, 'expired', ['expired']],
    ['login', 1, 'refused', ['refused']],
    // What happened between two questions has happened all the same.
    ['login', 0, 'confirmed', ['scanned', 'confirmed']],
    ['login', 0, 'refused', ['scanned', 'refused']],
    ['signature', 0, 'identified', ['scanned', 'identified']],
    ['encrypt', 0, 'refused', ['scanned', 'refused']],
  ])('%s, after event %i: %s', async (scene, after, state, types) => {
    const expected = types.map((type, index) => ({ sequence: after + 1 + index, type }));
    await expect(events(scene, after, state)).resolves.toEqual(expected);
  });

  test.each<[scene: Scene, after: number, state: SiteState]>([
    ['signature', 0, 'confirmed'],
    ['signature', 1, 'confirmed'],
    ['decrypt', 0, 'confirmed'],
    ['login', 0, 'identified'],
    ['login', 1, 'identified'],
  ])('%s, after event %i: %s cannot be', async (scene, after, state) => {
    await expect(events(scene, after, state)).rejects.toMatchObject({ code: 'SITE_FLOW_PROTOCOL' });
  });

  test.each<[scene: Scene, after: number, state: SiteState]>([
    ['login', 0, 'waiting'],
    ['login', 1, 'scanned'],
    ['signature', 2, 'scanned'],
    ['signature', 2, 'waiting'],
  ])('%s, after event %i: %s is nothing new, and not asked again at once', async (scene, after, state) => {
    await expect(events(scene, after, state)).resolves.toEqual([]);
    expect(now).toBeGreaterThanOrEqual(1_000_500);
  });

  it('is asked for by the last event alone, as a restarted worker does', async () => {
    answer('state', { state: 'identified' });
    await platformFor('signature').events(handle, 1, environment, never);
    expect(asked).toEqual([{ question: 'state', params: { businessId: 'qr-1', after: 'scanned' } }]);
  });

  it('is not asked for after the last event', async () => {
    await expect(platformFor('login').events(handle, 2, environment, never)).resolves.toEqual([]);
    expect(asked).toEqual([]);
  });

  it('is asked again where the page fails for a moment', async () => {
    answers.set('state', (count) => (count < 4 ? fail('SITE_FLOW_FAILED')() : { state: 'scanned' }));
    await expect(platformFor('login').events(handle, 0, environment, never)).resolves.toHaveLength(1);
  });

  it('fails where the page fails for longer', async () => {
    answers.set('state', fail('SITE_FLOW_FAILED'));
    const following = platformFor('login').events(handle, 0, environment, never);
    await expect(following).rejects.toMatchObject({ code: 'SITE_FLOW_FAILED' });
    expect(now).toBeLessThanOrEqual(1_000_000 + timeLimits.preparation);
  });
});

describe('who scanned', () => {
  const authority = createAuthority(() => Date.now());
  const subscriber = testSubscriber(authority);
  const seals = subscriber.seals.map(({ seal }) => toBase64(seal));
  const given = {
    certificate: toBase64(subscriber.credential.certificate),
    chain: subscriber.credential.chain.map(toBase64),
    seals,
  };
  const identify = (request: SigningRequest | OpeningRequest = sealing) =>
    platformFor(request.scene).identity(handle, request, environment, never);

  beforeEach(() => (now = Date.now()));

  it('is read from the certificate, and seals from what their maker signed', async () => {
    answer('identity', given);
    const identity = await identify();
    expect(identity.signer.name).toBe('湛江测试建设有限公司');
    expect(identity.seals.map(({ id, usable, der }) => ({ id, usable, der }))).toEqual(
      seals.map((der, index) => ({ id: `seal-${index + 1}`, usable: true, der })),
    );
    expect(identity.seals[0]?.name).not.toBe('-');
  });

  it('with a certificate that is none is refused', async () => {
    answer('identity', { ...given, certificate: toBase64(utf8('no certificate')) });
    await expect(identify()).rejects.toMatchObject({ code: 'SIGNER_UNREADABLE' });
  });

  it('with a seal that is none is refused', async () => {
    answer('identity', { ...given, seals: [toBase64(utf8('no seal'))] });
    await expect(identify()).rejects.toMatchObject({ code: 'SITE_FLOW_PROTOCOL' });
  });

  it('with seals where nothing is sealed is refused', async () => {
    answer('identity', given);
    await expect(identify(opening)).rejects.toMatchObject({ code: 'SITE_FLOW_PROTOCOL' });
  });

  it('has its encryption certificate where a bid is opened, and nowhere else', async () => {
    const encryptionCertificate = toBase64(subscriber.encryptionCredential.certificate);
    answer('identity', { ...given, encryptionCertificate, seals: [] });
    expect(await identify(opening)).toHaveProperty('encryptionCertificate', encryptionCertificate);
    expect(await identify()).not.toHaveProperty('encryptionCertificate');
  });
});

describe('signing', () => {
  it('hands over what is to be signed, and has no number to compare', async () => {
    answer('submit', {});
    const number = await platformFor('signature').submit(
      handle,
      sealing,
      ['AQ==', 'Ag=='],
      environment,
      never,
    );
    expect(number).toBeUndefined();
    expect(asked).toEqual([
      { question: 'submit', params: { businessId: 'qr-1', toBeSigned: ['AQ==', 'Ag=='] } },
    ]);
  });

  test.each([[[]], [['MAA=']], [['MAA=', 'MAA=', 'MAA=']]])(
    '%j for two documents is refused',
    async (signatures) => {
      answer('signatures', { signatures });
      const identity = { certificate: '', chain: [], signer: { name: '', serialNumber: '00' }, seals: [] };
      const reading = platformFor('signature').signatures(handle, sealing, identity, environment, never);
      await expect(reading).rejects.toMatchObject({ code: 'SITE_FLOW_PROTOCOL' });
    },
  );
});

describe('opening', () => {
  const identity = { certificate: '', chain: [], signer: { name: '', serialNumber: '00' }, seals: [] };
  const read = (keys: unknown, count = 1, request = opening) => {
    answer('keys', { keys });
    return platformFor('decrypt').keys(handle, request, identity, count, environment, never);
  };

  it('hands up the envelopes themselves, each with the file that it is of', async () => {
    answer('envelopes', {});
    const envelope = utf8('stands for an envelope');
    const request = encodeOpeningRequest({ document: documents[1]?.sm3 ?? '', envelope });
    await platformFor('decrypt').submit(handle, opening, [request], environment, never);
    expect(asked[0]?.params).toEqual({
      businessId: 'qr-1',
      envelopes: [{ sm3: documents[1]?.sm3, envelope: toBase64(envelope) }],
    });
  });

  it('hands up nothing that is no request of the client', async () => {
    const submitting = platformFor('decrypt').submit(handle, opening, ['AQ=='], environment, never);
    await expect(submitting).rejects.toMatchObject({ code: 'CLIENT_PROTOCOL' });
    expect(asked).toEqual([]);
  });

  it('wraps a bare key to the one-time key at once', async () => {
    const bare = crypto.getRandomValues(new Uint8Array(48));
    const [key] = await read([{ form: 'bare', key: toBase64(bare) }]);
    expect(toHex(decryptSm2(oneTime.privateKey, fromBase64(key ?? '')))).toBe(toHex(bare));
  });

  it('wraps the same bare key differently each time', async () => {
    const bare = { form: 'bare', key: toBase64(utf8('0123456789abcdef')) };
    const [one, other] = await read([bare, bare], 2);
    expect(one).not.toBe(other);
  });

  it('passes on what is wrapped already, and what could not be opened', async () => {
    const keys = await read([{ form: 'wrapped', key: 'MAA=' }, null], 2);
    expect(keys).toEqual(['MAA=', null]);
  });

  test.each([0, 1, 3])('%i keys for two envelopes are refused', async (count) => {
    const reading = read(
      Array.from({ length: count }, () => null),
      2,
    );
    await expect(reading).rejects.toMatchObject({ code: 'SITE_FLOW_PROTOCOL' });
  });

  test.each(['AQ', 'AR==', 'A==='])(
    'a bare key %s, which is no canonical base64, is refused',
    async (key) => {
      await expect(read([{ form: 'bare', key }])).rejects.toMatchObject({ code: 'SITE_FLOW_PROTOCOL' });
    },
  );
});

it('has no login of its own: the site knows who it is', async () => {
  const result = await platformFor('login').result(handle, login, environment, never);
  expect(result).toBeUndefined();
});

it('never asks the network', async () => {
  const http = vi.spyOn(environment, 'http');
  answer('open', shown);
  answer('state', { state: 'scanned' });
  const platform = platformFor('login');
  await platform.open(login, 'opening-1', environment, never);
  await platform.events(handle, 0, environment, never);
  await platform.cancel(handle, environment, never);
  expect(http).not.toHaveBeenCalled();
});
