import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuthority } from '../../../src/sandbox/authority/authority.ts';
import { listen, type LoopbackServer } from '../../../src/sandbox/http/loopback-server.ts';
import { createPhoneServer, unattendedPath } from '../../../src/sandbox/phone-server.ts';
import { createUnattendedPhones } from '../../../src/sandbox/phone/unattended-phones.ts';
import { issueUnattendedBidders } from '../../../src/sandbox/unattended-bidders.ts';
import { encryptionBody, openBid } from './bid-client.ts';
import { base, startGateway, type TestGateway } from './gateway-client.ts';

const authority = createAuthority(Date.now);
const organisations = ['湛江测试投标单位甲有限公司', '湛江测试投标单位乙有限公司'];
const [organisation = ''] = organisations;
const bidders = issueUnattendedBidders(authority, organisations);

let gateway: TestGateway;
let server: LoopbackServer;
let origin: string;

async function start(isOn: boolean): Promise<void> {
  const platforms = [{ name: '中招互连', base }];
  const unattended = createUnattendedPhones({
    fetch: (address, init) => fetch(address.replace(base, gateway.at('')), init),
    platforms,
    bidders,
  });
  const handler = createPhoneServer({ authority, platforms, pages: '', ...(isOn ? { unattended } : {}) });
  server = await listen(handler, { port: 0 });
  origin = `http://127.0.0.1:${server.port}`;
}

beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(async () => {
  await server.close();
  await gateway.close();
});

const post = (body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(origin + unattendedPath, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** Status of a call that names the server by `host`. */
function statusUnder(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(`${origin}${unattendedPath}`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asking.once('error', reject);
    asking.end();
  });
}

describe('the entry to the unattended phones', () => {
  it('is not there unless it was asked for', async () => {
    await start(false);
    expect((await post({ organisation, qr: 'x' })).status).toBe(404);
    expect((await fetch(origin + unattendedPath)).status).toBe(404);
  });

  it.each([
    ['a page of another origin', { origin: 'https://evil.test' }],
    ['an opaque origin', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ])('refuses %s', async (_, headers) => {
    await start(true);
    const { qr } = await openBid(gateway, encryptionBody());
    expect((await post({ organisation, qr }, headers)).status).toBe(403);
    expect(gateway.gateway.counts().scan).toBe(0);
  });

  it('refuses a name that was made to lead here', async () => {
    await start(true);
    expect(await statusUnder('evil.test')).toBe(403);
    expect(await statusUnder(`127.0.0.1.evil.test:${server.port}`)).toBe(403);
    expect(await statusUnder(`localhost:${server.port}`)).toBe(200);
  });

  it.each([
    ['no organisation', { qr: 'x' }, 400],
    ['no QR', { organisation }, 400],
    ['a list', [organisation], 400],
    ['nobody’s organisation', { organisation: '别家有限公司', qr: 'x' }, 404],
    ['a QR of nobody', { organisation, qr: 'https://example.test/' }, 422],
  ])('refuses %s', async (_, body, status) => {
    await start(true);
    expect((await post(body)).status).toBe(status);
  });

  it('tells whose phones there are', async () => {
    await start(true);
    expect(await (await fetch(origin + unattendedPath)).json()).toEqual({ organisations });
  });

  it('has the bidder’s phone answer, and tells what it did', async () => {
    await start(true);
    const { qr } = await openBid(gateway, encryptionBody());
    const response = await post({ organisation, qr });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ organisation, scene: 'encrypt', did: 'identified', opened: [] });
    expect((await post({ organisation, qr })).status).toBe(422);
  });
});
