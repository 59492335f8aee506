import { describe, expect, it, test, vi } from 'vitest';
import { loginSignatureInput, type LoginBinding } from '../../../src/gm/login-token.ts';
import { signSm2 } from '../../../src/gm/sm2.ts';
import { sm3 } from '../../../src/gm/sm3.ts';
import { concatBytes, toBase64, toHex, utf8 } from '../../../src/lib/bytes.ts';
import type { LoginToken } from '../../../src/protocol/login-token.ts';
import { scenes } from '../../../src/protocol/scenes.ts';
import {
  createChallengeBook,
  readTrustAnchors,
  verifyLogin,
  type ChallengeStore,
  type ChallengeVerdict,
  type LoginAttempt,
} from '../../../src/verifier/verifier.ts';
import { issueIntermediate, issueRoot, issueSubscriber, moment, type Credential } from '../gm/test-pki.ts';

// Other programs may need the processors at the same time.
vi.setConfig({ testTimeout: 60_000 });

const origin = 'https://ggzy.zhanjiang.gov.cn';
const sessionKey = 'session-of-this-browser';
const businessId = 'mR2-business-id_0001';
const root = issueRoot();
const intermediate = issueIntermediate(root);
const signer = issueSubscriber(intermediate);
const anchors = readTrustAnchors(root.certificate);
const day = 86_400_000;

/** A login in progress: the challenge was issued to `sessionKey`, and nothing was presented yet. */
function begin(now: () => number = () => moment.getTime()) {
  const challenges = createChallengeBook({ ttlMs: 60_000, now });
  return { challenges, challenge: challenges.issue(sessionKey) };
}
type Login = ReturnType<typeof begin>;

interface TokenChange {
  readonly signer?: Credential;
  readonly chain?: readonly Uint8Array[];
  /** What is signed, where it is not what the token says. */
  readonly signed?: Partial<LoginBinding>;
  readonly members?: Readonly<Record<string, unknown>>;
}

function tokenFor({ challenge }: Pick<Login, 'challenge'>, change: TokenChange = {}): LoginToken {
  const { certificate, privateKey } = change.signer ?? signer;
  const input = loginSignatureInput({ origin, challenge, scene: 'login', businessId, ...change.signed });
  return {
    format: 'ca-bridge-login/1',
    algorithm: 'SM2-SM3',
    scene: 'login',
    businessId,
    origin,
    certificate: toBase64(certificate),
    chain: (change.chain ?? [intermediate.certificate]).map(toBase64),
    signature: toBase64(signSm2(privateKey, input)),
    ...change.members,
  };
}

const verify = (login: Login, token: unknown, change: Partial<LoginAttempt> = {}) =>
  verifyLogin({ ...login, token, sessionKey, origin, anchors, now: moment, ...change });
const refused = (code: string) => ({ ok: false, code });

/** What becomes of a token that differs from a sound one in this. */
async function outcome(change: TokenChange, attempt: Partial<LoginAttempt> = {}) {
  const login = begin();
  return verify(login, tokenFor(login, change), attempt);
}

const remoteStore = (verdict: ChallengeVerdict): ChallengeStore => ({ consume: async () => verdict });

const subscriber = (...args: Parameters<typeof issueSubscriber>): TokenChange => ({
  signer: issueSubscriber(...args),
});

const days = (count: number) => new Date(moment.getTime() + count * day);

function flip(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.map((byte, at) => (at === index ? byte ^ 1 : byte));
}

describe('TOKEN_MALFORMED, using up no challenge:', () => {
  const sound = tokenFor(begin());
  const { signature: _signature, ...unsigned } = sound;
  const circular: Record<string, unknown> = { ...sound };
  circular['extra'] = circular;
  const trap = new Proxy(sound, {
    get() {
      throw new Error('trap');
    },
  });

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a number', 7],
    ['an array', [sound]],
    ['an empty string', ''],
    ['no JSON', '{"format":'],
    ['JSON of a string', JSON.stringify(JSON.stringify(sound))],
    ['a JSON array', JSON.stringify([sound])],
    ['JSON of a megabyte', JSON.stringify({ ...sound, origin: 'x'.repeat(1_000_000) })],
    ['JSON padded to a megabyte', JSON.stringify(sound).padEnd(1_000_000)],
    ['JSON nested twenty thousand deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['a member more', { ...sound, admin: true }],
    ['a member more in JSON', JSON.stringify({ ...sound, admin: true })],
    ['a member less', unsigned],
    ['a circle', circular],
    ['an object that throws', trap],
    ['a function', () => sound],
    ['another format', { ...sound, format: 'ca-bridge-login/2' }],
    ['another algorithm', { ...sound, algorithm: 'none' }],
    ['another scene', { ...sound, scene: 'signature' }],
    ['an empty business id', { ...sound, businessId: '' }],
    ['a business id of other characters', { ...sound, businessId: 'a b' }],
    ['a business id too long', { ...sound, businessId: 'a'.repeat(65) }],
    ['an origin that is no text', { ...sound, origin: { toString: () => origin } }],
    ['an origin too long', { ...sound, origin: 'x'.repeat(263) }],
    ['a certificate in base64url', { ...sound, certificate: '-_-_' }],
    ['a certificate in base64 of two readings', { ...sound, certificate: 'AB==' }],
    ['an empty certificate', { ...sound, certificate: '' }],
    ['a certificate too long', { ...sound, certificate: 'A'.repeat(8_196) }],
    ['a chain of five', { ...sound, chain: Array.from({ length: 5 }, () => sound.certificate) }],
    ['a chain that is no list', { ...sound, chain: sound.certificate }],
    ['a signature with line breaks', { ...sound, signature: `${sound.signature}\n` }],
    ['a signature too long', { ...sound, signature: 'A'.repeat(260) }],
  ])('%s', async (_, token) => {
    const login = begin();
    expect(await verify(login, token)).toEqual(refused('TOKEN_MALFORMED'));
    expect(await verify(login, tokenFor(login))).toMatchObject({ ok: true });
  });
});

describe('the challenge', () => {
  it('of another session: CHALLENGE_UNKNOWN, and its owner can still log in', async () => {
    const login = begin();
    const token = tokenFor(login);
    expect(await verify(login, token, { sessionKey: 'attacker' })).toEqual(refused('CHALLENGE_UNKNOWN'));
    expect(await verify(login, token)).toMatchObject({ ok: true });
  });

  it('that nobody issued: CHALLENGE_UNKNOWN', async () => {
    const login = begin();
    const challenge = 'made-up-by-the-attacker';
    expect(await verify({ ...login, challenge }, tokenFor({ challenge }))).toEqual(
      refused('CHALLENGE_UNKNOWN'),
    );
  });

  test.each<[string, Record<string, unknown>]>([
    ['missing', { challenge: undefined }],
    ['empty', { challenge: '' }],
    ['no text', { challenge: {} }],
    ['of a megabyte', { challenge: 'x'.repeat(1_000_000) }],
    ['without a session', { sessionKey: undefined }],
    ['of an empty session', { sessionKey: '' }],
  ])('%s: CHALLENGE_UNKNOWN without asking the store', async (_, change) => {
    const challenges = { consume: vi.fn<ChallengeStore['consume']>(() => 'ok') };
    const attempt = { ...change, challenges } as Partial<LoginAttempt>;
    expect(await outcome({}, attempt)).toEqual(refused('CHALLENGE_UNKNOWN'));
    expect(challenges.consume).not.toHaveBeenCalled();
  });

  it('too old: CHALLENGE_STALE', async () => {
    let time = moment.getTime();
    const login = begin(() => time);
    time += 60_001;
    expect(await verify(login, tokenFor(login))).toEqual(refused('CHALLENGE_STALE'));
  });

  it('presented again after a success: CHALLENGE_REUSED', async () => {
    const login = begin();
    const token = tokenFor(login);
    expect(await verify(login, token)).toMatchObject({ ok: true });
    expect(await verify(login, token)).toEqual(refused('CHALLENGE_REUSED'));
  });

  it('presented again after a failure: CHALLENGE_REUSED, so that nobody tries twice', async () => {
    const login = begin();
    expect(await verify(login, tokenFor(login, { signed: { businessId: 'x' } }))).toEqual(
      refused('TOKEN_SIGNATURE_INVALID'),
    );
    expect(await verify(login, tokenFor(login))).toEqual(refused('CHALLENGE_REUSED'));
  });

  it('lets one of many simultaneous attempts in', async () => {
    const login = begin();
    const token = tokenFor(login);
    const results = await Promise.all(Array.from({ length: 5 }, () => verify(login, token)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('may be kept by a store of the site’s own, whose failure is the site’s', async () => {
    const broken = { consume: () => Promise.reject(new Error('database down')) };
    expect(await outcome({}, { challenges: remoteStore('ok') })).toMatchObject({ ok: true });
    expect(await outcome({}, { challenges: remoteStore('stale') })).toEqual(refused('CHALLENGE_STALE'));
    await expect(outcome({}, { challenges: broken })).rejects.toThrow('database down');
  });
});

describe('TOKEN_ORIGIN_MISMATCH', () => {
  test.each([
    'https://ggzy.zhanjiang.gov.cn.evil.example',
    'https://ggzy.zhanjiang.gov.cn/',
    'https://GGZY.zhanjiang.gov.cn',
    'http://ggzy.zhanjiang.gov.cn',
    'https://ggzy.zhanjiang.gov.cn:443',
    'null',
    '',
  ])('for a token signed on and claiming %j', async (other) => {
    const change = { signed: { origin: other }, members: { origin: other } };
    expect(await outcome(change)).toEqual(refused('TOKEN_ORIGIN_MISMATCH'));
  });
});

describe('TOKEN_SIGNATURE_INVALID', () => {
  const phished = 'https://ggzy-zhanjiang.example';
  test.each<[string, TokenChange]>([
    ['signed on another site that claims to be this one', { signed: { origin: phished } }],
    ['signed over another challenge', { signed: { challenge: 'another-challenge-0001' } }],
    ['signed for another scene', { signed: { scene: 'signature' } }],
    ['signed for another business id', { signed: { businessId: 'another-business-id1' } }],
    ['whose business id was exchanged', { members: { businessId: 'another-business-id1' } }],
    ['signed by another key', { signer: { ...signer, privateKey: root.privateKey } }],
    ['whose signature is no DER', { members: { signature: 'AAAA' } }],
    [
      'whose signature is r = s = 0',
      { members: { signature: toBase64(Uint8Array.of(48, 6, 2, 1, 0, 2, 1, 0)) } },
    ],
  ])('%s', async (_, change) => {
    expect(await outcome(change)).toEqual(refused('TOKEN_SIGNATURE_INVALID'));
  });

  it('with any bit of the signature altered', async () => {
    const login = begin();
    const token = tokenFor(login);
    const signature = Uint8Array.from(Buffer.from(token.signature, 'base64'));
    for (let index = 0; index < signature.length; index += 1) {
      const altered = { ...token, signature: toBase64(flip(signature, index)) };
      expect(await verify(login, altered, { challenges: remoteStore('ok') })).toEqual(
        refused('TOKEN_SIGNATURE_INVALID'),
      );
    }
  });

  it('with a byte after the signature', async () => {
    const login = begin();
    const token = tokenFor(login);
    const longer = concatBytes(Buffer.from(token.signature, 'base64'), Uint8Array.of(0));
    expect(await verify(login, { ...token, signature: toBase64(longer) })).toEqual(
      refused('TOKEN_SIGNATURE_INVALID'),
    );
  });

  it('with the certificate of another subscriber of the same authority', async () => {
    const { certificate } = issueSubscriber(intermediate, 'signing', { commonName: '李四' });
    expect(await outcome({ members: { certificate: toBase64(certificate) } })).toEqual(
      refused('TOKEN_SIGNATURE_INVALID'),
    );
  });
});

describe('the certificate', () => {
  const fakeRoot = issueRoot();
  const fake = issueIntermediate(fakeRoot);

  test.each<[string, TokenChange, string]>([
    ['that is noise', { members: { certificate: 'AAAA' } }, 'CERTIFICATE_MALFORMED'],
    [
      'cut short',
      { members: { certificate: toBase64(signer.certificate.subarray(0, -1)) } },
      'CERTIFICATE_MALFORMED',
    ],
    ['with noise in its chain', { members: { chain: ['AAAA'] } }, 'CERTIFICATE_MALFORMED'],
    [
      'of tomorrow',
      subscriber(intermediate, 'signing', { notBefore: days(1), notAfter: days(9) }),
      'CERTIFICATE_NOT_YET_VALID',
    ],
    [
      'of yesterday',
      subscriber(intermediate, 'signing', { notBefore: days(-9), notAfter: days(-1) }),
      'CERTIFICATE_EXPIRED',
    ],
    ['for encryption', subscriber(intermediate, 'encryption'), 'CERTIFICATE_KEY_USAGE'],
    ['of the authority itself', { signer: intermediate, chain: [] }, 'CERTIFICATE_KEY_USAGE'],
    ['without its intermediate', { chain: [] }, 'CERTIFICATE_UNTRUSTED'],
    [
      'of a self-made authority of the same names',
      { ...subscriber(fake), chain: [fake.certificate] },
      'CERTIFICATE_UNTRUSTED',
    ],
    [
      'that brings its own root',
      { ...subscriber(fake), chain: [fake.certificate, fakeRoot.certificate] },
      'CERTIFICATE_UNTRUSTED',
    ],
    ['of a self-made authority, with the true one’s certificate', subscriber(fake), 'CERTIFICATE_UNTRUSTED'],
    [
      'issued by a subscriber',
      { ...subscriber(signer), chain: [signer.certificate, intermediate.certificate] },
      'CERTIFICATE_UNTRUSTED',
    ],
  ])('%s', async (_, change, code) => {
    expect(await outcome(change)).toEqual(refused(code));
  });

  it('is refused under no anchors at all', async () => {
    expect(await outcome({}, { anchors: [] })).toEqual(refused('CERTIFICATE_UNTRUSTED'));
  });

  it('is refused with any byte altered', async () => {
    const direct = issueSubscriber(root);
    const login = begin();
    const token = tokenFor(login, { signer: direct, chain: [] });
    const always = remoteStore('ok');
    const verdicts = new Set<boolean>();
    for (let index = 0; index < direct.certificate.length; index += 1) {
      const altered = { ...token, certificate: toBase64(flip(direct.certificate, index)) };
      verdicts.add((await verify(login, altered, { challenges: always })).ok);
    }
    expect(verdicts).toEqual(new Set([false]));
    expect(await verify(login, token, { challenges: always })).toMatchObject({ ok: true });
  });
});

describe('the site’s own origin', () => {
  test.each([
    'https://ggzy.zhanjiang.gov.cn/',
    'http://ggzy.zhanjiang.gov.cn',
    'ggzy.zhanjiang.gov.cn',
    'null',
    '',
  ])('is a fault of its configuration when it is %j', async (wrong) => {
    await expect(outcome({}, { origin: wrong })).rejects.toThrow(TypeError);
  });
});

describe('a sound token', () => {
  it('gives the subject that the certificate names', async () => {
    expect(await outcome({})).toEqual({
      ok: true,
      subject: {
        name: '张三',
        organization: '湛江某建设有限公司',
        creditCode: '91440800MA4UABCD12',
        serialNumber: expect.stringMatching(/^[0-9a-f]{32}$/),
        fingerprint: toHex(sm3(signer.certificate)),
        issuer: 'CN=测试中间,O=测试机构,C=CN',
        notBefore: new Date('2026-01-01T00:00:00Z'),
        notAfter: new Date('2027-01-01T00:00:00Z'),
      },
    });
  });

  it('may come as JSON text, at its largest too', async () => {
    const login = begin();
    expect(await verify(login, JSON.stringify(tokenFor(login)))).toMatchObject({ ok: true });

    const value = new Uint8Array(5_600);
    const large = issueSubscriber(intermediate, 'signing', {
      extraExtensions: [{ id: '1.2.3', critical: false, value }],
    });
    const chain = [intermediate.certificate, ...Array.from({ length: 3 }, () => large.certificate)];
    const second = begin();
    const text = JSON.stringify(tokenFor(second, { signer: large, chain }));
    expect(text.length).toBeGreaterThan(30_000);
    expect(await verify(second, text)).toMatchObject({ ok: true });
  });

  it('is judged at the present when no moment is given', async () => {
    const notBefore = new Date(Date.now() - day);
    const notAfter = new Date(Date.now() + day);
    const around = { notBefore, notAfter };
    const freshRoot = issueRoot(around);
    const holder = issueSubscriber(freshRoot, 'signing', around);
    const login = begin();
    const { challenge, challenges } = login;
    const token = tokenFor(login, { signer: holder, chain: [] });
    const trusted = readTrustAnchors(freshRoot.certificate);
    expect(
      await verifyLogin({ token, challenge, challenges, sessionKey, origin, anchors: trusted }),
    ).toMatchObject({ ok: true });
  });
});

describe('what is signed', () => {
  it('is SM3(origin) ‖ SM3(challenge) ‖ scene ‖ business id', () => {
    const input = loginSignatureInput({ origin, challenge: 'abc', scene: 'login', businessId });
    const digestOfAbc = '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0';
    expect(toHex(input)).toBe(toHex(sm3(utf8(origin))) + digestOfAbc + toHex(utf8(`login${businessId}`)));
  });

  it('has one reading: no scene is the beginning of another', () => {
    const beginnings = scenes.filter((scene) =>
      scenes.some((other) => other !== scene && other.startsWith(scene)),
    );
    expect(beginnings).toEqual([]);
  });
});
