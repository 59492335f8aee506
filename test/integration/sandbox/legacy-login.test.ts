import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PairDefect } from '../../../src/sandbox/authority/authority.ts';
import { createLegacyClient, type LegacyClient, type LegacyQr } from './legacy-client.ts';
import { credentialFrom } from './phone-client.ts';
import { startTestWorld, type TestWorld } from './test-world.ts';

let now: number;
let world: TestWorld;
let browser: LegacyClient;
beforeEach(async () => {
  now = Date.now();
  world = await startTestWorld({ clock: () => now });
  browser = createLegacyClient(world);
});
afterEach(() => world.close());

async function confirm(qr: LegacyQr, defect?: PairDefect): Promise<void> {
  const pending = await browser.scan(qr);
  if (pending.scene !== 'login') throw new Error(`a ${pending.scene}`);
  await world.agent.confirm(pending, credentialFrom(world.authority, defect));
}

async function isLoggedIn(by: LegacyClient): Promise<boolean> {
  return (await by.get('/api/session')).status === 200;
}

describe('what must not log in', () => {
  it('another browser that learnt the ticket', async () => {
    const qr = await browser.ask();
    await confirm(qr);
    const thief = createLegacyClient(world);
    await thief.ask();
    expect(await thief.state(qr)).toEqual({ error: 'QR_UNKNOWN' });
    expect(await isLoggedIn(thief)).toBe(false);
    expect(await browser.state(qr)).toEqual({ state: 'loggedIn' });
  });

  it('another site’s page', async () => {
    const { ticket } = await browser.ask();
    for (const path of ['/legacy/qr', '/legacy/qr/state', '/legacy/qr/cancel']) {
      const response = await browser.post(path, { scene: 'login', ticket }, { origin: 'https://evil.test' });
      expect(response.status).toBe(403);
    }
  });

  it('a certificate that nobody vouches for', async () => {
    const qr = await browser.ask();
    await confirm(qr, 'untrusted');
    expect(await browser.state(qr)).toEqual({ state: 'failed' });
    expect(await isLoggedIn(browser)).toBe(false);
  });

  it('a ticket that has logged in already', async () => {
    const qr = await browser.ask();
    await confirm(qr);
    await browser.state(qr);
    await browser.post('/api/logout');
    expect(await browser.state(qr)).toEqual({ error: 'QR_UNKNOWN' });
    expect(await isLoggedIn(browser)).toBe(false);
  });

  it('a phone that refused', async () => {
    const qr = await browser.ask();
    await world.agent.refuse(await browser.scan(qr));
    expect(await browser.state(qr)).toEqual({ state: 'refused' });
    expect(await isLoggedIn(browser)).toBe(false);
  });

  it('nobody who has no ticket', async () => {
    for (const ticket of [undefined, '', 7, '__proto__', 'x'.repeat(40)]) {
      expect((await browser.post('/legacy/qr/state', { ticket })).status).toBe(404);
    }
  });
});

describe('a login on a page that shows its QR itself', () => {
  it('goes from QR to session, and the cookie opens the shell', async () => {
    const qr = await browser.ask();
    expect(await browser.state(qr)).toEqual({ state: 'waiting' });
    const pending = await browser.scan(qr);
    expect(pending).toMatchObject({ scene: 'login', origin: world.siteOrigin });
    expect(await browser.state(qr)).toEqual({ state: 'scanned' });
    if (pending.scene === 'login') await world.agent.confirm(pending, credentialFrom(world.authority));
    expect((await browser.get('/shell.html')).status).toBe(302);
    expect(await browser.state(qr)).toEqual({ state: 'loggedIn' });
    // The test's folder of pages is empty: what counts is that it is not sent to the login page.
    expect((await browser.get('/shell.html')).status).toBe(503);
    expect(world.site.loggedIn()).toMatchObject([{ organisation: '湛江测试建设工程有限公司' }]);
  });

  it('logs in once when the page asks twice at once', async () => {
    const qr = await browser.ask();
    await confirm(qr);
    const answers = await Promise.all([browser.state(qr), browser.state(qr)]);
    expect(answers.filter((answer) => (answer as { state?: string }).state === 'loggedIn')).toHaveLength(1);
    expect(answers.filter((answer) => (answer as { state?: string }).state === 'failed')).toHaveLength(0);
    expect(world.site.loggedIn()).toHaveLength(1);
  });

  it('serves two QRs of one browser at once', async () => {
    const [one, other] = [await browser.ask(), await browser.ask()];
    await confirm(other);
    expect(await browser.state(other)).toEqual({ state: 'loggedIn' });
    expect(await browser.state(one)).toEqual({ state: 'waiting' });
  });
});

describe('a QR that expired', () => {
  it('says so, cannot be scanned, and is renewed by another that logs in', async () => {
    const old = await browser.ask();
    now += 121_000;
    expect(await browser.state(old)).toEqual({ state: 'expired' });
    await expect(browser.scan(old)).rejects.toMatchObject({ code: 'ended' });
    const renewed = await browser.ask('login', old.ticket);
    expect(renewed.content).not.toBe(old.content);
    expect(await browser.state(old)).toEqual({ error: 'QR_UNKNOWN' });
    await confirm(renewed);
    expect(await browser.state(renewed)).toEqual({ state: 'loggedIn' });
  });

  it('stays expired when the front server has forgotten it', async () => {
    const qr = await browser.ask();
    now += 600_000;
    expect(await browser.state(qr)).toEqual({ state: 'expired' });
  });
});

describe('a QR that the page gave up', () => {
  it('is cancelled at the front server, also when it is renewed before its end', async () => {
    const first = await browser.ask();
    const second = await browser.ask('login', first.ticket);
    expect((await browser.post('/legacy/qr/cancel', { ticket: second.ticket })).status).toBe(204);
    expect(world.gateway.sessions().map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });

  it('is not cancelled by another browser', async () => {
    const qr = await browser.ask();
    const stranger = createLegacyClient(world);
    await stranger.post('/legacy/qr/cancel', { ticket: qr.ticket });
    await stranger.ask('login', qr.ticket);
    expect(await browser.state(qr)).toEqual({ state: 'waiting' });
  });
});
