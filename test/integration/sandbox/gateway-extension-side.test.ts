import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  base,
  openBody,
  openSession,
  otherBase,
  refusalOf,
  requestDigest,
  scanned,
  scanTokenOf,
  startGateway,
  tokenFor,
  type Opened,
  type TestGateway,
} from './gateway-client.ts';

const selfTest = 'chrome-extension://gabbepjlbhfbhgjiojcfengklcakolhb';

let server: TestGateway;
beforeEach(async () => {
  server = await startGateway({ selfTestOrigins: [selfTest] });
});
afterEach(() => server.close());

async function eventsOf({ businessId, secret }: Opened, query = ''): Promise<unknown> {
  const response = await server.get(`/sessions/${businessId}/events${query}`, secret);
  return ((await response.json()) as { events: unknown }).events;
}

const preflight = (path: string, origin: string): Promise<Response> =>
  fetch(server.at(path), { method: 'OPTIONS', headers: { origin } });

describe('a hostile caller of the extension’s side', () => {
  it.each([
    ['another protocol', { protocol: 'ca-bridge-relay/2' }, 400, 'unsupported_protocol'],
    ['a scene of a later version', { scene: 'transfer' }, 400, 'unsupported_scene'],
    ['a bid without documents', { scene: 'encrypt' }, 400, 'bad_request'],
    ['a login of an extension', { origin: selfTest }, 403, 'origin_not_allowed'],
    ['a scene that is no scene', { scene: ['login'] }, 400, 'unsupported_scene'],
    ['an unknown site', { origin: 'https://ggzy.zhanjiang.gov.cn.evil.test' }, 403, 'origin_not_allowed'],
    ['no origin', { origin: null }, 400, 'bad_request'],
    ['an empty challenge', { challenge: '' }, 400, 'bad_request'],
    ['a challenge with a line feed', { challenge: 'challenge-01234\n6789' }, 400, 'bad_request'],
    ['a short request id', { requestId: 'short' }, 400, 'bad_request'],
    ['a request id with a slash', { requestId: '../../../../../../etc' }, 400, 'bad_request'],
    ['a request id that is no text', { requestId: 1 }, 400, 'bad_request'],
  ])('is refused with %s', async (_, change, status, code) => {
    expect(await refusalOf(await server.post('/sessions', openBody(change)))).toEqual([status, code]);
    expect(server.gateway.sessions()).toEqual([]);
  });

  it.each([
    ['no JSON', 'not json', 'application/json'],
    ['a JSON array', '[]', 'application/json'],
    ['a form’s content type', JSON.stringify(openBody()), 'text/plain'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'application/json'],
  ])('is refused with %s', async (_, body, type) => {
    const response = await fetch(server.at('/sessions'), {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(await refusalOf(response)).toEqual([400, 'bad_request']);
  });

  it('is refused with a body over 64 KiB', async () => {
    const response = await server.post('/sessions', openBody({ padding: 'x'.repeat(70_000) }));
    expect(await refusalOf(response)).toEqual([413, 'too_large']);
  });

  it('learns nothing without the session’s secret', async () => {
    const { businessId, secret } = await openSession(server);
    const wrong = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
    for (const given of [undefined, wrong, '']) {
      expect((await server.get(`/sessions/${businessId}/events`, given)).status).toBe(401);
      expect((await server.get(`/sessions/${businessId}/result`, given)).status).toBe(401);
      expect((await server.post(`/sessions/${businessId}/cancel`, {}, given)).status).toBe(401);
      expect((await server.post(`/sessions/${businessId}/renew`, {}, given)).status).toBe(401);
    }
    expect(server.gateway.sessions()).toMatchObject([{ businessId, state: 'waiting' }]);
  });

  it('finds no session at another platform’s base', async () => {
    const { businessId, secret } = await openSession(server);
    const response = await fetch(server.at(`/sessions/${businessId}/events`, otherBase), {
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(await refusalOf(response)).toEqual([404, 'session_not_found']);
  });

  it('is limited to sixty opens a minute, told when to come back, and let in again then', async () => {
    for (let count = 0; count < 60; count += 1) await openSession(server);
    server.pass(20);
    const response = await server.post('/sessions', openBody());
    expect(response.headers.get('retry-after')).toBe('40');
    expect(await refusalOf(response)).toEqual([429, 'rate_limited']);
    server.pass(40);
    expect((await server.post('/sessions', openBody())).status).toBe(201);
  });

  it.each(['after=-1', 'after=x', 'wait=26', 'wait=1.5'])('is refused with events?%s', async (query) => {
    const { businessId, secret } = await openSession(server);
    const response = await server.get(`/sessions/${businessId}/events?${query}`, secret);
    expect(await refusalOf(response)).toEqual([400, 'bad_request']);
  });
});

describe('pages of other origins', () => {
  const extension = 'chrome-extension://gabbepjlbhfbhgjiojcfengklcakolhb';

  it('lets an extension’s preflight through with the two headers it needs', async () => {
    const { headers, status } = await preflight('/sessions', extension);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(extension);
    expect(headers.get('access-control-allow-headers')).toBe('authorization, content-type');
    expect(headers.get('access-control-allow-methods')).toBe('POST');
  });

  it.each(['https://ggzy.zhanjiang.gov.cn', 'http://127.0.0.1:28082', 'null', `${extension}.evil.test`])(
    'refuses %s on the extension’s side',
    async (origin) => {
      const { headers, status } = await preflight('/sessions', origin);
      expect(status).toBe(403);
      expect(headers.get('access-control-allow-origin')).toBeNull();
      const open = await fetch(server.at('/sessions'), {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: JSON.stringify(openBody()),
      });
      expect(open.status).toBe(403);
      expect(server.gateway.sessions()).toEqual([]);
    },
  );

  it.each([extension, 'https://ggzy.zhanjiang.gov.cn', 'http://127.0.0.1:28080'])(
    'refuses %s on the phone’s side',
    async (origin) => {
      expect((await preflight('/scan/0123456789abcdef', origin)).status).toBe(403);
    },
  );

  it('lets an extension read errors too', async () => {
    const response = await fetch(server.at('/sessions/0123456789abcdef/events'), {
      headers: { origin: extension },
    });
    expect(response.status).toBe(404);
    expect(response.headers.get('access-control-allow-origin')).toBe(extension);
  });
});

describe('open', () => {
  it('gives a QR bound to base, business id and digest of what is asked', async () => {
    const session = await openSession(server);
    const digest = requestDigest('challenge-0123456789abcdef').subarray(0, 16).toString('base64url');
    expect(session.qr).toBe(`${base}/scan/${session.businessId}#${scanTokenOf(session)}.${digest}`);
    expect(session).toMatchObject({ protocol: 'ca-bridge-relay/1', expiresIn: 120 });
    expect(session.businessId).toMatch(/^[\w-]{16,64}$/);
    expect(session.secret).toMatch(/^[\w-]{22,128}$/);
  });

  it('answers the same request id and body with the same session for ten minutes', async () => {
    const body = openBody();
    const first = (await (await server.post('/sessions', body)).json()) as Opened;
    server.pass(30);
    const second = (await (await server.post('/sessions', body)).json()) as Opened;
    expect(second).toEqual({ ...first, expiresIn: 90 });
    server.pass(600);
    const third = (await (await server.post('/sessions', body)).json()) as Opened;
    expect(third.businessId).not.toBe(first.businessId);
  });

  it('gives new sessions another lifetime when it is told to', async () => {
    await openSession(server);
    server.gateway.setQrLifetime(30);
    expect((await openSession(server)).expiresIn).toBe(30);
  });

  it('refuses the same request id with another body', async () => {
    const body = openBody();
    await server.post('/sessions', body);
    const response = await server.post('/sessions', { ...body, challenge: 'another-0123456789abcdef' });
    expect(await refusalOf(response)).toEqual([400, 'bad_request']);
  });
});

describe('events', () => {
  it('answers at once with what is above `after`', async () => {
    const session = await openSession(server);
    const phoneSecret = await scanned(server, session);
    await server.post(`/scan/${session.businessId}/refuse`, {}, phoneSecret);
    const all = [
      { sequence: 1, type: 'scanned' },
      { sequence: 2, type: 'refused' },
    ];
    expect(await eventsOf(session, '?after=0&wait=25')).toEqual(all);
    expect(await eventsOf(session, '?after=1&wait=25')).toEqual(all.slice(1));
    expect(await eventsOf(session, '?after=2&wait=25')).toEqual([]);
  });

  it('holds the request until something happens', async () => {
    const session = await openSession(server);
    const waiting = eventsOf(session, '?after=0&wait=25');
    await scanned(server, session);
    expect(await waiting).toEqual([{ sequence: 1, type: 'scanned' }]);
  });

  it('answers with none after `wait` seconds', async () => {
    const session = await openSession(server);
    expect(await eventsOf(session, '?after=0&wait=1')).toEqual([]);
  });

  it('ends with `expired` when the time is over', async () => {
    const session = await openSession(server);
    server.pass(119);
    expect(await eventsOf(session)).toEqual([]);
    server.pass(1);
    expect(await eventsOf(session)).toEqual([{ sequence: 1, type: 'expired' }]);
  });

  it('wake who waits when the time is over', async () => {
    await server.close();
    server = await startGateway({ clock: Date.now, qrLifetimeSeconds: 1 });
    const session = await openSession(server);
    expect(await eventsOf(session, '?after=0&wait=25')).toEqual([{ sequence: 1, type: 'expired' }]);
  });

  it('stay readable for two minutes after the end, then the session is forgotten', async () => {
    const session = await openSession(server);
    server.pass(239);
    expect(await eventsOf(session)).toHaveLength(1);
    server.pass(1);
    const response = await server.get(`/sessions/${session.businessId}/events`, session.secret);
    expect(await refusalOf(response)).toEqual([404, 'session_not_found']);
    expect(server.gateway.sessions()).toEqual([]);
  });
});

describe('result', () => {
  it('is refused before the phone has confirmed', async () => {
    const session = await openSession(server);
    await scanned(server, session);
    const response = await server.get(`/sessions/${session.businessId}/result`, session.secret);
    expect(await refusalOf(response)).toEqual([409, 'not_confirmed']);
  });

  it('can be read again and again after it', async () => {
    const session = await openSession(server);
    const phoneSecret = await scanned(server, session);
    const result = tokenFor(session.businessId);
    await server.post(`/scan/${session.businessId}/confirm`, { result }, phoneSecret);
    server.pass(119);
    for (let time = 0; time < 2; time += 1) {
      const response = await server.get(`/sessions/${session.businessId}/result`, session.secret);
      expect(await response.json()).toEqual({ businessId: session.businessId, result });
    }
  });

  it('never comes of a refused session', async () => {
    const session = await openSession(server);
    await server.post(`/scan/${session.businessId}/refuse`, {}, await scanned(server, session));
    const response = await server.get(`/sessions/${session.businessId}/result`, session.secret);
    expect(await refusalOf(response)).toEqual([409, 'session_ended']);
  });
});

describe('renew', () => {
  const requestId = 'renewal-0123456789';
  const renew = ({ businessId, secret }: Opened, id = requestId): Promise<Response> =>
    server.post(`/sessions/${businessId}/renew`, { requestId: id }, secret);

  it('gives a new id, secret and QR, and ends the old id with `expired`', async () => {
    const old = await openSession(server);
    const fresh = (await (await renew(old)).json()) as Opened;
    expect(fresh.businessId).not.toBe(old.businessId);
    expect(fresh.secret).not.toBe(old.secret);
    expect(scanTokenOf(fresh)).not.toBe(scanTokenOf(old));
    expect(fresh.qr.split('.').at(-1)).toBe(old.qr.split('.').at(-1));
    expect(await eventsOf(old)).toEqual([{ sequence: 1, type: 'expired' }]);
  });

  it('gives life again after expiry', async () => {
    const old = await openSession(server);
    server.pass(130);
    const fresh = (await (await renew(old)).json()) as Opened;
    expect(fresh.expiresIn).toBe(120);
    expect(await eventsOf(fresh)).toEqual([]);
  });

  it('repeats its answer for a repeated request id, and gives no second successor', async () => {
    const old = await openSession(server);
    const fresh = await (await renew(old)).json();
    expect(await (await renew(old)).json()).toEqual(fresh);
    expect(await refusalOf(await renew(old, 'renewal-9876543210'))).toEqual([410, 'session_ended']);
  });

  it('leaves the old phone with 410', async () => {
    const old = await openSession(server);
    const phoneSecret = await scanned(server, old);
    await renew(old);
    expect((await server.get(`/scan/${old.businessId}`, phoneSecret)).status).toBe(410);
    const late = { result: tokenFor(old.businessId) };
    expect((await server.post(`/scan/${old.businessId}/confirm`, late, phoneSecret)).status).toBe(410);
  });

  it('is refused once the phone has confirmed', async () => {
    const session = await openSession(server);
    const phoneSecret = await scanned(server, session);
    const body = { result: tokenFor(session.businessId) };
    await server.post(`/scan/${session.businessId}/confirm`, body, phoneSecret);
    expect(await refusalOf(await renew(session))).toEqual([409, 'session_ended']);
  });
});

describe('cancel', () => {
  it('ends the session, is harmless when repeated, and changes no earlier end', async () => {
    const session = await openSession(server);
    const cancel = (): Promise<Response> =>
      server.post(`/sessions/${session.businessId}/cancel`, {}, session.secret);
    expect((await cancel()).status).toBe(204);
    expect((await cancel()).status).toBe(204);
    expect(await eventsOf(session)).toEqual([{ sequence: 1, type: 'cancelled' }]);
  });

  it('leaves a confirmed session confirmed', async () => {
    const session = await openSession(server);
    const phoneSecret = await scanned(server, session);
    const body = { result: tokenFor(session.businessId) };
    await server.post(`/scan/${session.businessId}/confirm`, body, phoneSecret);
    expect((await server.post(`/sessions/${session.businessId}/cancel`, {}, session.secret)).status).toBe(
      204,
    );
    expect(server.gateway.sessions()).toMatchObject([{ state: 'confirmed' }]);
  });
});
