import { execFile } from 'node:child_process';
import { request } from 'node:https';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { sandboxOrigins } from '../../../src/sandbox/origins.ts';
import { startTestWorld, type TestWorld } from './test-world.ts';

const base = sandboxOrigins.frontServers['zhongzhao-hulian'];

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

const handlesLeft = (): string[] =>
  process.getActiveResourcesInfo().filter((name) => ['TCPServerWrap', 'Timeout'].includes(name));

async function holdEvents(world: TestWorld): Promise<{ outcome: Promise<unknown> }> {
  const { businessId, secret } = await world.open('challenge-0123456789abcdef');
  const outcome = world
    .mapped(`${base}/sessions/${businessId}/events?after=0&wait=25`, {
      headers: { authorization: `Bearer ${secret}` },
    })
    .then((response) => response.status)
    .catch(() => 'cut off');
  while (world.gateway.counts().events === 0) await new Promise(setImmediate);
  return { outcome };
}

/** Asks for a challenge as a page of the named site does, whose name the browser maps to loopback. */
function askChallenge(port: number, ca: string): Promise<{ status: number; cookies: string[] }> {
  const host = 'ggzy.zhanjiang.gov.cn';
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        host: '127.0.0.1',
        port,
        ca,
        servername: host,
        agent: false,
        method: 'POST',
        path: '/api/challenge',
        headers: { host, origin: `https://${host}`, 'content-type': 'application/json' },
      },
      (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, cookies: response.headers['set-cookie'] ?? [] });
      },
    );
    asking.once('error', reject);
    asking.end('{}');
  });
}

describe('closing the world', () => {
  it('leaves no listening port', async () => {
    const world = await startTestWorld();
    const ports = Object.values(world.ports);
    expect(ports).toHaveLength(3);
    expect(await Promise.all(ports.map(isListening))).toEqual([true, true, true]);
    await world.close();
    expect(await Promise.all(ports.map(isListening))).toEqual([false, false, false]);
  });

  it('cuts off held requests, and leaves neither their timers nor a server', async () => {
    const before = handlesLeft();
    const world = await startTestWorld();
    const { outcome } = await holdEvents(world);
    world.gateway.setFaults([{ kind: 'hang', call: 'open' }]);
    const hanging = world.open('challenge-0123456789abcdef').catch(() => 'cut off');
    while (world.gateway.counts().open < 2) await new Promise(setImmediate);
    await world.close();
    expect(await outcome).toBe('cut off');
    expect(await hanging).toBe('cut off');
    expect(handlesLeft().length).toBeLessThanOrEqual(before.length);
  });
});

describe('starting the world', () => {
  it('fails when a port is taken, and leaves the others free', async () => {
    const world = await startTestWorld();
    const { site, frontServer } = world.ports;
    await world.close();
    const holder = await startTestWorld({ ports: { site: 0, frontServer, phone: 0 } });
    const failing = startTestWorld({ ports: { site, frontServer, phone: 0 } });
    await expect(failing).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(await isListening(site)).toBe(false);
    await holder.close();
  });

  it('gives every world an authority of its own', async () => {
    const [one, other] = await Promise.all([startTestWorld(), startTestWorld()]);
    expect(one.authority.fingerprint).not.toBe(other.authority.fingerprint);
    await Promise.all([one.close(), other.close()]);
  });

  it('serves the trading site over TLS too when it is given a key', async () => {
    const { stdout: pem } = await promisify(execFile)('openssl', [
      ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1'.split(' '),
      ...'-subj /CN=ggzy.zhanjiang.gov.cn -keyout - -out -'.split(' '),
    ]);
    const world = await startTestWorld({ tls: { key: pem, cert: pem } });
    const { status, cookies } = await askChallenge(world.ports.siteTls ?? 0, pem);
    expect(status).toBe(200);
    expect(cookies).toEqual([expect.stringMatching(/^sandbox_visitor=.*; Secure$/)]);
    await world.close();
    expect(await isListening(world.ports.siteTls ?? 0)).toBe(false);
  });
});
