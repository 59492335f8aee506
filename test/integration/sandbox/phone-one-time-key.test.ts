import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateSm2KeyPair } from '../../../src/gm/sm2.ts';
import { toBase64, toHex } from '../../../src/lib/bytes.ts';
import type { Fetch } from '../../../src/sandbox/phone/front-server-calls.ts';
import { createPhoneAgent, type PendingRequest } from '../../../src/sandbox/phone/phone-agent.ts';
import { readQrContent } from '../../../src/sandbox/phone/qr-content.ts';
import { client, encrypted, openBid } from './bid-client.ts';
import { base, siteOrigin, sm3, startGateway, type TestGateway } from './gateway-client.ts';

const point = client.publicKey;
const foreign = generateSm2KeyPair().publicKey;

let server: TestGateway;
beforeEach(async () => {
  server = await startGateway();
});
afterEach(() => server.close());

const stateNow = (): string | undefined => server.gateway.sessions().at(-1)?.state;

/** The QR's digest for this key, computed by the test itself. */
function boundTo(key: Uint8Array): string {
  const list = encrypted.map(({ name, size, sm3: digest }) => `${digest} ${size} ${name}\n`).join('');
  const subject = `open:${sm3(list).toString('hex')}:${sm3(key).toString('hex')}`;
  const digest = sm3(`ca-bridge-relay/1\ndecrypt\n${siteOrigin}\n${subject}\n`);
  return digest.subarray(0, 16).toString('base64url');
}

/** Scans a QR bound to `bound` of a front server that tells `told` for the one-time key. */
async function scan(bound: Uint8Array, told: unknown): Promise<PendingRequest> {
  const lying: Fetch = async (address, init) => {
    const response = await fetch(address.replace(base, server.at('')), init);
    if (!/\/scan\/[\w-]+$/.test(address)) return response;
    const answer = (await response.json()) as object;
    return Response.json({ ...answer, oneTimeKey: told });
  };
  const { qr } = await openBid(server);
  const content = readQrContent(qr, [{ name: '中招互连', base }]);
  return createPhoneAgent(lying).scan({ ...content, boundDigest: boundTo(bound) });
}

describe('a one-time key that the phone refuses as an altered QR', () => {
  it.each<[string, Uint8Array]>([
    ['one off the curve', point.with(64, (point[64] ?? 0) ^ 1)],
    ['one with a coordinate that is no number of the field', point.slice().fill(255, 1, 33)],
    ['a compressed one', Uint8Array.of(2, ...point.subarray(1, 33))],
    ['a hybrid one', point.with(0, 6)],
    ['one cut short', point.subarray(0, 64)],
    ['one with a byte more', Uint8Array.of(...point, 0)],
    ['the point at infinity', Uint8Array.of(0)],
    ['nothing', new Uint8Array()],
  ])('%s, although the QR is bound to it', async (_, key) => {
    await expect(scan(key, toBase64(key))).rejects.toMatchObject({ code: 'alteredQr' });
    expect(stateNow()).toBe('refused');
  });

  it.each<[string, unknown]>([
    ['another one', toBase64(foreign)],
    ['none', undefined],
    ['null', null],
    ['bytes in a list', [...point]],
    ['hexadecimal', toHex(point)],
    ['base64 without padding', toBase64(point).slice(0, -1)],
    ['base64 with a line feed', `${toBase64(point)}\n`],
  ])('%s, where the QR is bound to a right one', async (_, told) => {
    await expect(scan(point, told)).rejects.toMatchObject({ code: 'alteredQr' });
    expect(stateNow()).toBe('refused');
  });
});

it('the phone keeps the key that the QR is bound to', async () => {
  const pending = await scan(foreign, toBase64(foreign));
  expect(pending).toMatchObject({ scene: 'decrypt', purpose: 'open', oneTimeKey: foreign });
  expect(stateNow()).toBe('scanned');
});
