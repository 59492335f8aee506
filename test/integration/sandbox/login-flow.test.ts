import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateSm2KeyPair } from '../../../src/gm/sm2.ts';
import { credentialFrom } from './phone-client.ts';
import { createSiteClient, type SiteClient } from './site-client.ts';
import { startTestWorld, type TestWorld } from './test-world.ts';

let world: TestWorld;
let browser: SiteClient;
beforeEach(async () => {
  world = await startTestWorld();
  browser = createSiteClient(world.siteOrigin);
});
afterEach(() => world.close());

async function refusal(challenge: string, token: unknown, by = browser): Promise<unknown> {
  const response = await by.post('/api/login', { challenge, token });
  expect(response.status).toBe(401);
  return ((await response.json()) as { error: string }).error;
}

describe('a login that must not succeed', () => {
  it('is refused when the token is replayed', async () => {
    const challenge = await browser.challenge();
    const token = await world.tokenFor(challenge, credentialFrom(world.authority));
    expect((await browser.post('/api/login', { challenge, token })).status).toBe(200);
    expect(await refusal(challenge, token)).toBe('CHALLENGE_REUSED');
  });

  it('is refused to another browser than the one that asked', async () => {
    const challenge = await browser.challenge();
    const token = await world.tokenFor(challenge, credentialFrom(world.authority));
    const thief = createSiteClient(world.siteOrigin);
    await thief.challenge();
    expect(await refusal(challenge, token, thief)).toBe('CHALLENGE_UNKNOWN');
  });

  it('is refused for another challenge of the same browser', async () => {
    const token = await world.tokenFor(await browser.challenge(), credentialFrom(world.authority));
    expect(await refusal(await browser.challenge(), token)).toBe('TOKEN_SIGNATURE_INVALID');
  });

  it.each([
    ['expired', 'CERTIFICATE_EXPIRED'],
    ['notYetValid', 'CERTIFICATE_NOT_YET_VALID'],
    ['wrongUsage', 'CERTIFICATE_KEY_USAGE'],
    ['untrusted', 'CERTIFICATE_UNTRUSTED'],
  ] as const)('is refused with a certificate that is %s', async (defect, code) => {
    const challenge = await browser.challenge();
    const token = await world.tokenFor(challenge, credentialFrom(world.authority, defect));
    expect(await refusal(challenge, token)).toBe(code);
    expect(world.site.loggedIn()).toEqual([]);
  });

  it('is refused when another key signed than the certificate’s', async () => {
    const challenge = await browser.challenge();
    const credential = {
      ...credentialFrom(world.authority),
      privateKey: generateSm2KeyPair().privateKey,
    };
    expect(await refusal(challenge, await world.tokenFor(challenge, credential))).toBe(
      'TOKEN_SIGNATURE_INVALID',
    );
  });

  it.each([
    ['origin', 'https://elsewhere.test', 'TOKEN_ORIGIN_MISMATCH'],
    ['businessId', 'another-0123456789', 'TOKEN_SIGNATURE_INVALID'],
    ['certificate', 'MAA=', 'CERTIFICATE_MALFORMED'],
    ['format', 'ca-bridge-login/2', 'TOKEN_MALFORMED'],
  ])('is refused when %s was changed on the way', async (member, value, code) => {
    const challenge = await browser.challenge();
    const token = await world.tokenFor(challenge, credentialFrom(world.authority));
    expect(await refusal(challenge, { ...token, [member]: value })).toBe(code);
  });

  it('is refused without a token', async () => {
    expect(await refusal(await browser.challenge(), undefined)).toBe('TOKEN_MALFORMED');
  });
});

describe('a login by scanning', () => {
  it('goes from challenge to session, and says who it is', async () => {
    const challenge = await browser.challenge();
    const token = await world.tokenFor(challenge, credentialFrom(world.authority));
    expect((await browser.post('/api/login', { challenge, token })).status).toBe(200);
    const session = (await (await browser.get('/api/session')).json()) as object;
    expect(session).toMatchObject({
      organisation: '湛江测试建设工程有限公司',
      creditCode: expect.stringMatching(/^91440800[0-9A-Z]{10}$/) as string,
      issuer: expect.stringContaining('测试企业证书 CA TEST') as string,
    });
    expect(world.site.loggedIn()).toEqual([session]);
    expect(world.gateway.sessions()).toMatchObject([{ state: 'confirmed' }]);
  });

  it('serves two tabs of one browser at once', async () => {
    const first = await browser.challenge();
    const second = await browser.challenge();
    const credential = credentialFrom(world.authority);
    for (const challenge of [first, second]) {
      const token = await world.tokenFor(challenge, credential);
      expect((await browser.post('/api/login', { challenge, token })).status).toBe(200);
    }
  });

  it('ends with logout', async () => {
    const challenge = await browser.challenge();
    const token = await world.tokenFor(challenge, credentialFrom(world.authority));
    await browser.post('/api/login', { challenge, token });
    expect((await browser.post('/api/logout')).status).toBe(204);
    expect((await browser.get('/api/session')).status).toBe(401);
    expect(world.site.loggedIn()).toEqual([]);
  });
});
