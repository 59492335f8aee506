import { sm2 } from 'sm-crypto-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import { concatBytes, fromBase64, toHex, utf8 } from '../../../src/lib/bytes.ts';
import type { Fetch } from '../../../src/sandbox/phone/front-server-calls.ts';
import { createPhoneAgent, type PendingLogin } from '../../../src/sandbox/phone/phone-agent.ts';
import { readQrContent } from '../../../src/sandbox/phone/qr-content.ts';
import {
  base,
  matchingNumber,
  openSession,
  otherBase,
  requestDigest,
  siteOrigin,
  sm3,
  startGateway,
  type Opened,
  type TestGateway,
} from './gateway-client.ts';
import { freshCredential } from './phone-client.ts';

const platforms = [{ name: '中招互连', base }];
const challenge = 'challenge-0123456789abcdef';

let server: TestGateway;
let session: Opened;
let mapped: Fetch;
beforeEach(async () => {
  server = await startGateway();
  session = await openSession(server);
  mapped = (address, init) => fetch(address.replace(base, server.at('')), init);
});
afterEach(() => server.close());

async function scan(text = session.qr, by: Fetch = mapped): Promise<PendingLogin> {
  const pending = await createPhoneAgent(by).scan(readQrContent(text, platforms));
  if (pending.scene !== 'login') throw new Error(`a ${pending.scene}`);
  return pending;
}
const stateNow = (): string | undefined => server.gateway.sessions().at(-1)?.state;

/** The front server's true answers, changed on their way to the phone. */
const lying =
  (change: object): Fetch =>
  async (address, init) => {
    const response = await mapped(address, init);
    if (response.status === 204) return response;
    return Response.json({ ...((await response.json()) as object), ...change });
  };

describe('a QR that is not for this phone', () => {
  it.each([
    ['another web address', 'https://example.test/'],
    ['a platform that the phone does not know', (qr: string) => qr.replace(base, otherBase)],
    ['a base that only begins alike', (qr: string) => qr.replace(base, `${base}.evil.test`)],
    ['another port', (qr: string) => qr.replace('front.test', 'front.test:8443')],
    ['user information', (qr: string) => qr.replace('front.test', 'front.test@evil.test')],
    ['a path that climbs', (qr: string) => qr.replace('/scan/', '/scan/../scan/')],
    ['no digest', (qr: string) => qr.replace(/\.[\w-]+$/, '')],
    ['a tail', (qr: string) => `${qr}&more`],
  ])('is refused without a call: %s', async (_, change) => {
    const text = typeof change === 'string' ? change : change(session.qr);
    expect(() => readQrContent(text, platforms)).toThrow(expect.objectContaining({ code: 'foreignQr' }));
    expect(server.gateway.counts().scan).toBe(0);
  });
});

describe('an altered request', () => {
  it('is refused when the QR carries another digest', async () => {
    const altered = session.qr.replace(/\.[\w-]+$/, `.${'A'.repeat(22)}`);
    await expect(scan(altered)).rejects.toMatchObject({ code: 'alteredQr' });
    expect(stateNow()).toBe('refused');
  });

  it.each([
    ['origin', { origin: 'https://ggzy.zhanjiang.gov.cn.evil.test' }],
    ['challenge', { challenge: 'another-0123456789abcdef' }],
    ['scene', { scene: 'signature' }],
    ['business id', { businessId: 'another-0123456789' }],
  ])('is refused when the front server shows another %s', async (_, change) => {
    await expect(scan(session.qr, lying(change))).rejects.toMatchObject({ code: 'alteredQr' });
    expect(stateNow()).toBe('refused');
  });

  it('is refused when the origin is no origin, even with a fitting digest', async () => {
    const origin = 'https://ggzy.zhanjiang.gov.cn\u202e/login';
    const bound = requestDigest(challenge, origin).subarray(0, 16).toString('base64url');
    const qr = session.qr.replace(/\.[\w-]+$/, `.${bound}`);
    await expect(scan(qr, lying({ origin }))).rejects.toMatchObject({ code: 'alteredQr' });
  });

  it('is refused when the scene is one that it does not know, even with a fitting digest', async () => {
    const lines = ['ca-bridge-relay/1', 'transfer', siteOrigin, sm3(challenge).toString('hex'), ''];
    const bound = sm3(lines.join('\n')).subarray(0, 16).toString('base64url');
    const qr = session.qr.replace(/\.[\w-]+$/, `.${bound}`);
    await expect(scan(qr, lying({ scene: 'transfer' }))).rejects.toMatchObject({ code: 'unsupported' });
    expect(stateNow()).toBe('refused');
  });
});

describe('a scan that cannot go on', () => {
  it.each([
    ['alreadyScanned', () => scan()],
    ['ended', () => server.post(`/sessions/${session.businessId}/cancel`, {}, session.secret)],
    ['ended', async () => server.pass(120)],
    ['unknownQr', async () => server.pass(600)],
    ['serverFailed', async () => server.gateway.setFaults([{ kind: 'serverError', call: 'scan', times: 1 }])],
    ['protocol', async () => server.gateway.setFaults([{ kind: 'garbage', call: 'scan' }])],
    ['network', async () => server.gateway.setFaults([{ kind: 'down' }])],
  ])('says %s', async (code, prepare) => {
    await prepare();
    await expect(scan()).rejects.toMatchObject({ code });
  });
});

describe('a sound scan', () => {
  it('shows origin and matching number, and how long it lasts', async () => {
    expect(await scan()).toMatchObject({
      platformName: '中招互连',
      origin: siteOrigin,
      matchingNumber: matchingNumber(session.businessId, requestDigest(challenge)),
      expiresIn: 120,
    });
  });

  it('is confirmed with a token whose signature another implementation accepts', async () => {
    const agent = createPhoneAgent(mapped);
    await agent.confirm(await scan(), freshCredential());
    const response = await server.get(`/sessions/${session.businessId}/result`, session.secret);
    const { result } = (await response.json()) as { result: Record<'certificate' | 'signature', string> };
    expect(result).toMatchObject({
      format: 'ca-bridge-login/1',
      algorithm: 'SM2-SM3',
      scene: 'login',
      businessId: session.businessId,
      origin: siteOrigin,
    });
    const message = concatBytes(sm3(siteOrigin), sm3(challenge), utf8(`login${session.businessId}`));
    const { publicKey } = parseCertificate(fromBase64(result.certificate));
    const signature = toHex(fromBase64(result.signature));
    const options = { hash: true, der: true, userId: '1234567812345678' };
    expect(sm2.doVerifySignature(message, signature, toHex(publicKey), options)).toBe(true);
  });

  it('can be refused', async () => {
    await createPhoneAgent(mapped).refuse(await scan());
    expect(stateNow()).toBe('refused');
  });

  it('learns that the computer’s side cancelled, and cannot confirm any more', async () => {
    const agent = createPhoneAgent(mapped);
    const pending = await scan();
    await expect(agent.checkStillWanted(pending)).resolves.toBeUndefined();
    await server.post(`/sessions/${session.businessId}/cancel`, {}, session.secret);
    await expect(agent.checkStillWanted(pending)).rejects.toMatchObject({ code: 'ended' });
    await expect(agent.confirm(pending, freshCredential())).rejects.toMatchObject({ code: 'ended' });
  });
});
