import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/sandbox/gateway/faults.ts';
import {
  base,
  openBody,
  openSession,
  scanned,
  startGateway,
  tokenFor,
  type Opened,
  type TestGateway,
} from './gateway-client.ts';

let server: TestGateway;
beforeEach(async () => {
  server = await startGateway();
});
afterEach(() => server.close());

const open = (): Promise<Response> => server.post('/sessions', openBody());
const events = ({ businessId, secret }: Opened, after = 0): Promise<Response> =>
  server.get(`/sessions/${businessId}/events?after=${after}`, secret);

async function json<T>(response: Promise<Response>): Promise<T> {
  return (await (await response).json()) as T;
}

async function confirmedSession(): Promise<Opened> {
  const session = await openSession(server);
  const body = { result: tokenFor(session.businessId) };
  await server.post(`/scan/${session.businessId}/confirm`, body, await scanned(server, session));
  return session;
}

describe('an injected fault', () => {
  it('down: cuts the connection, and is over when taken away', async () => {
    server.gateway.setFaults([{ kind: 'down' }]);
    await expect(open()).rejects.toThrow('fetch failed');
    server.gateway.setFaults([]);
    expect((await open()).status).toBe(201);
  });

  it('slow: is late by the time asked for, on that call only', async () => {
    server.gateway.setFaults([{ kind: 'slow', call: 'events', delayMs: 80 }]);
    const session = await openSession(server);
    const start = performance.now();
    expect((await events(session)).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(75);
  });

  it('hang: gives no answer until the caller lets go', async () => {
    server.gateway.setFaults([{ kind: 'hang', call: 'open' }]);
    const response = fetch(server.at('/sessions'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(openBody()),
      signal: AbortSignal.timeout(150),
    });
    await expect(response).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(server.gateway.sessions()).toEqual([]);
  });

  it('serverError: fails the asked number of times, then works', async () => {
    server.gateway.setFaults([{ kind: 'serverError', call: 'open', times: 2 }]);
    const statuses = [await open(), await open(), await open()].map(({ status }) => status);
    expect(statuses).toEqual([500, 500, 201]);
  });

  it('garbage: is no JSON', async () => {
    server.gateway.setFaults([{ kind: 'garbage', call: 'open' }]);
    const response = await open();
    expect(response.status).toBe(201);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  it('huge: is over 64 KiB and otherwise right', async () => {
    server.gateway.setFaults([{ kind: 'huge', call: 'open' }]);
    const text = await (await open()).text();
    expect(text.length).toBeGreaterThan(65_536);
    expect(JSON.parse(text)).toMatchObject({ protocol: 'ca-bridge-relay/1' });
  });

  it.each(['open', 'events', 'result'] as const)('foreignBusinessId: lies in %s', async (call) => {
    const session = await confirmedSession();
    server.gateway.setFaults([{ kind: 'foreignBusinessId', call }]);
    const path =
      call === 'open' ? open() : server.get(`/sessions/${session.businessId}/${call}`, session.secret);
    const { businessId } = await json<Opened>(path);
    expect(server.gateway.sessions().map((report) => report.businessId)).not.toContain(businessId);
  });

  it('foreignDigest: binds the QR to something else', async () => {
    const { qr: right } = await openSession(server);
    server.gateway.setFaults([{ kind: 'foreignDigest' }]);
    const { qr, businessId } = await json<Opened>(open());
    expect(qr).toMatch(new RegExp(`^${base}/scan/${businessId}#[\\w-]{32}\\.[\\w-]{22}$`));
    expect(qr.split('.').at(-1)).not.toBe(right.split('.').at(-1));
  });

  it('foreignBase: leads the QR elsewhere', async () => {
    server.gateway.setFaults([{ kind: 'foreignBase' }]);
    const { qr } = await json<Opened>(open());
    expect(qr).toMatch(
      /^https:\/\/front\.invalid\/zhongzhao-hulian\/relay\/v1\/scan\/[\w-]+#[\w-]+\.[\w-]+$/,
    );
  });

  it.each<[Fault, unknown]>([
    [
      { kind: 'replayedEvents' },
      [
        { sequence: 1, type: 'scanned' },
        { sequence: 2, type: 'confirmed' },
      ],
    ],
    [{ kind: 'sequenceGap' }, [{ sequence: 4, type: 'confirmed' }]],
    [{ kind: 'unknownEvent' }, [{ sequence: 2, type: 'teleported' }]],
  ])('%o', async (fault, expected) => {
    const session = await confirmedSession();
    server.gateway.setFaults([fault]);
    expect(await json(events(session, 1))).toMatchObject({ events: expected });
  });

  it.each<[Fault, string]>([
    [{ kind: 'resultOfAnotherOrigin' }, 'origin'],
    [{ kind: 'resultOfAnotherSession' }, 'businessId'],
    [{ kind: 'malformedResult' }, 'certificate'],
  ])('%o: lies about the %s alone', async (fault, member) => {
    const session = await confirmedSession();
    server.gateway.setFaults([fault]);
    const path = `/sessions/${session.businessId}/result`;
    const { result } = await json<{ result: object }>(server.get(path, session.secret));
    const truth = tokenFor(session.businessId);
    expect(Reflect.get(result, member)).not.toBe(Reflect.get(truth, member));
    expect({ ...result, [member]: 0 }).toEqual({ ...truth, [member]: 0 });
  });

  it.each([0, -1, 601, 1.5, '120', null])('absurdExpiry: expiresIn %s', async (expiresIn) => {
    server.gateway.setFaults([{ kind: 'absurdExpiry', expiresIn }]);
    expect((await json<Opened>(open())).expiresIn).toBe(expiresIn);
  });
});
