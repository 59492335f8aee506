import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateSm2KeyPair } from '../../../src/gm/sm2.ts';
import { toBase64 } from '../../../src/lib/bytes.ts';
import { checkBody, client, encrypted, encryptionBody, openBid, openingBody } from './bid-client.ts';
import {
  openBody,
  refusalOf,
  scanTokenOf,
  siteOrigin,
  sm3,
  startGateway,
  type Opened,
  type TestGateway,
} from './gateway-client.ts';
import { signingBody } from './signing-client.ts';

const point = client.publicKey;
const oneTimeKey = toBase64(point);
const otherKey = toBase64(generateSm2KeyPair().publicKey);
const flipped = (point[64] ?? 0) ^ 1;

let server: TestGateway;
beforeEach(async () => {
  server = await startGateway();
});
afterEach(() => server.close());

async function told(session: Opened): Promise<unknown> {
  const response = await server.post(`/scan/${session.businessId}`, { token: scanTokenOf(session) });
  return response.json();
}

describe('a one-time key that a front server refuses', () => {
  it.each([
    ['none for an opening', openingBody({ oneTimeKey: undefined })],
    ['none for a rehearsal', openingBody({ purpose: 'rehearse', oneTimeKey: undefined })],
    ['one for a check', checkBody({ oneTimeKey })],
    ['one for an encryption', encryptionBody({ oneTimeKey })],
    ['one for a signature', signingBody({ oneTimeKey })],
    ['one for a login', openBody({ oneTimeKey })],
    ['null', openingBody({ oneTimeKey: null })],
    ['null for a check', checkBody({ oneTimeKey: null })],
    ['one in a list', openingBody({ oneTimeKey: [oneTimeKey] })],
    ['one in hexadecimal', openingBody({ oneTimeKey: Buffer.from(point).toString('hex') })],
    ['one in base64url', openingBody({ oneTimeKey: `${oneTimeKey.slice(0, 40)}-_${oneTimeKey.slice(42)}` })],
    ['one without padding', openingBody({ oneTimeKey: oneTimeKey.slice(0, -1) })],
    ['one off the curve', openingBody({ oneTimeKey: toBase64(point.with(64, flipped)) })],
    ['one cut short', openingBody({ oneTimeKey: toBase64(point.subarray(0, 64)) })],
    ['one of 66 bytes', openingBody({ oneTimeKey: toBase64(Uint8Array.of(...point, 0)) })],
    ['a compressed one', openingBody({ oneTimeKey: toBase64(Uint8Array.of(2, ...point.subarray(1, 33))) })],
    ['a hybrid one', openingBody({ oneTimeKey: toBase64(point.with(0, 6)) })],
    ['zeros', openingBody({ oneTimeKey: toBase64(new Uint8Array(65).with(0, 4)) })],
  ])('%s', async (_, body) => {
    expect(await refusalOf(await server.post('/sessions', body))).toEqual([400, 'bad_request']);
    expect(server.gateway.sessions()).toEqual([]);
  });

  it('another one under the same request id', async () => {
    const body = openingBody();
    await openBid(server, body);
    const response = await server.post('/sessions', { ...body, oneTimeKey: otherKey });
    expect(await refusalOf(response)).toEqual([400, 'bad_request']);
    expect(server.gateway.sessions()).toHaveLength(1);
  });
});

describe('a one-time key', () => {
  const list = encrypted.map(({ name, size, sm3: digest }) => `${digest} ${size} ${name}\n`).join('');
  const listed = sm3(list).toString('hex');
  const keyed = sm3(point).toString('hex');

  it.each([
    ['check', checkBody(), `check:${listed}`],
    ['rehearse', openingBody({ purpose: 'rehearse' }), `rehearse:${listed}:${keyed}`],
    ['open', openingBody(), `open:${listed}:${keyed}`],
  ])('is bound by the QR, with the purpose: %s', async (_, body, subject) => {
    const { qr } = await openBid(server, body);
    const digest = sm3(`ca-bridge-relay/1\ndecrypt\n${siteOrigin}\n${subject}\n`);
    expect(qr.split('.').at(-1)).toBe(digest.subarray(0, 16).toString('base64url'));
  });

  it.each(['rehearse', 'open'])('is told to the phone that scans: %s', async (purpose) => {
    const session = await openBid(server, openingBody({ purpose }));
    expect(await told(session)).toMatchObject({ scene: 'decrypt', purpose, oneTimeKey });
  });

  it('is told to no phone that is only asked whether it could open', async () => {
    expect(await told(await openBid(server, checkBody()))).not.toHaveProperty('oneTimeKey');
  });

  it('stays when the QR is renewed', async () => {
    const { businessId, secret } = await openBid(server);
    const body = { requestId: 'renewal-0000000001', oneTimeKey: otherKey };
    const renewed = (await (
      await server.post(`/sessions/${businessId}/renew`, body, secret)
    ).json()) as Opened;
    expect(renewed.businessId).not.toBe(businessId);
    expect(await told(renewed)).toMatchObject({ oneTimeKey });
  });
});
