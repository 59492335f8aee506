import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  openSession,
  phoneOrigin,
  refusalOf,
  scanned,
  scanTokenOf,
  siteOrigin,
  startGateway,
  tokenFor,
  type Opened,
  type TestGateway,
} from './gateway-client.ts';

let server: TestGateway;
let session: Opened;
beforeEach(async () => {
  server = await startGateway();
  session = await openSession(server);
});
afterEach(() => server.close());

const scan = (token: unknown): Promise<Response> => server.post(`/scan/${session.businessId}`, { token });
const confirm = (result: unknown, secret?: string): Promise<Response> =>
  server.post(`/scan/${session.businessId}/confirm`, { result }, secret);

describe('a hostile phone', () => {
  it.each([
    ['a wrong token', 'x'.repeat(32)],
    ['no token', undefined],
    ['a token that is no text', 7],
  ])('is refused with %s and binds nothing', async (_, token) => {
    expect(await refusalOf(await scan(token))).toEqual([401, 'unauthorized']);
    expect((await scan(scanTokenOf(session))).status).toBe(200);
  });

  it('cannot scan what another phone has scanned', async () => {
    await scanned(server, session);
    expect(await refusalOf(await scan(scanTokenOf(session)))).toEqual([409, 'already_scanned']);
  });

  it('cannot decide with the extension’s secret, the scan token or none', async () => {
    await scanned(server, session);
    for (const secret of [session.secret, scanTokenOf(session), undefined]) {
      expect((await confirm(tokenFor(session.businessId), secret)).status).toBe(401);
      expect((await server.post(`/scan/${session.businessId}/refuse`, {}, secret)).status).toBe(401);
      expect((await server.get(`/scan/${session.businessId}`, secret)).status).toBe(401);
    }
  });

  it('cannot read as the extension with the phone’s secret', async () => {
    const phoneSecret = await scanned(server, session);
    expect((await server.get(`/sessions/${session.businessId}/events`, phoneSecret)).status).toBe(401);
  });

  it.each([
    ['no object', 'token'],
    ['another business id', { businessId: 'another-0123456789' }],
    ['another origin', { origin: 'https://elsewhere.test' }],
    ['another scene', { scene: 'signature' }],
    ['another format', { format: 'ca-bridge-login/2' }],
    ['a certificate that is not base64', { certificate: '<pem>' }],
    ['five issuers', { chain: ['MA==', 'MA==', 'MA==', 'MA==', 'MA=='] }],
  ])('cannot hand over a result with %s', async (_, change) => {
    const phoneSecret = await scanned(server, session);
    const result = typeof change === 'string' ? change : tokenFor(session.businessId, change);
    expect(await refusalOf(await confirm(result, phoneSecret))).toEqual([400, 'bad_request']);
    expect(server.gateway.sessions()).toMatchObject([{ state: 'scanned' }]);
  });

  it('cannot confirm late', async () => {
    const phoneSecret = await scanned(server, session);
    server.pass(120);
    const late = await confirm(tokenFor(session.businessId), phoneSecret);
    expect(await refusalOf(late)).toEqual([410, 'session_ended']);
  });

  it('cannot confirm twice, or refuse what it confirmed', async () => {
    const phoneSecret = await scanned(server, session);
    await confirm(tokenFor(session.businessId), phoneSecret);
    const again = await confirm(tokenFor(session.businessId), phoneSecret);
    expect(await refusalOf(again)).toEqual([409, 'session_ended']);
    const refuse = await server.post(`/scan/${session.businessId}/refuse`, {}, phoneSecret);
    expect(await refusalOf(refuse)).toEqual([409, 'session_ended']);
  });

  it('is limited to sixty scans a minute', async () => {
    for (let count = 0; count < 60; count += 1) await scan('wrong');
    expect(await refusalOf(await scan(scanTokenOf(session)))).toEqual([429, 'rate_limited']);
  });
});

describe('scan', () => {
  it('shows the phone what is asked, and how long it may take', async () => {
    server.pass(25);
    const answer = (await (await scan(scanTokenOf(session))).json()) as object;
    expect(answer).toMatchObject({
      businessId: session.businessId,
      scene: 'login',
      origin: siteOrigin,
      challenge: 'challenge-0123456789abcdef',
      expiresIn: 95,
    });
  });

  it.each([
    ['expired', async () => server.pass(120)],
    ['cancelled', () => server.post(`/sessions/${session.businessId}/cancel`, {}, session.secret)],
  ])('of an %s session is refused as ended', async (_, end) => {
    await end();
    expect(await refusalOf(await scan(scanTokenOf(session)))).toEqual([410, 'session_ended']);
  });

  it('lets the sandbox’s phone page read the answer', async () => {
    const response = await fetch(server.at(`/scan/${session.businessId}`), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: phoneOrigin },
      body: JSON.stringify({ token: scanTokenOf(session) }),
    });
    expect(response.headers.get('access-control-allow-origin')).toBe(phoneOrigin);
  });
});

describe('still wanted?', () => {
  it('says so until the computer’s side cancels', async () => {
    const phoneSecret = await scanned(server, session);
    const path = `/scan/${session.businessId}`;
    expect(await (await server.get(path, phoneSecret)).json()).toEqual({
      businessId: session.businessId,
      state: 'scanned',
    });
    await server.post(`/sessions/${session.businessId}/cancel`, {}, session.secret);
    expect(await refusalOf(await server.get(path, phoneSecret))).toEqual([410, 'session_ended']);
  });
});
