import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createLegacyClient } from './legacy-client.ts';
import { startTestWorld, type TestWorld } from './test-world.ts';

let world: TestWorld;
afterEach(() => world.close());

describe('the pages’ back end', () => {
  it.each(['signature', 'revokeSignature', 'messageSignature', 'encrypt', 'decrypt'])(
    'gives a QR for %s that the phone can scan',
    async (scene) => {
      world = await startTestWorld();
      const browser = createLegacyClient(world);
      const qr = await browser.ask(scene);
      const pending = await browser.scan(qr);
      expect(pending).toMatchObject({ scene, origin: world.siteOrigin, documents: [expect.anything()] });
      expect(await browser.state(qr)).toEqual({ state: 'scanned' });
    },
  );

  it('asks for an opening with a one-time key', async () => {
    world = await startTestWorld();
    const browser = createLegacyClient(world);
    expect(await browser.scan(await browser.ask('decrypt'))).toMatchObject({ purpose: 'open' });
  });

  it.each([undefined, 'unknown', 'toString', 7])('gives none for the scene %s', async (scene) => {
    world = await startTestWorld();
    const response = await createLegacyClient(world).post('/legacy/qr', { scene });
    expect(response.status).toBe(400);
    expect(world.gateway.sessions()).toEqual([]);
  });

  it('says so when the front server is not reached', async () => {
    world = await startTestWorld({ siteFrontServer: 'http://127.0.0.1:1' });
    const response = await createLegacyClient(world).post('/legacy/qr', { scene: 'login' });
    expect([response.status, await response.json()]).toEqual([502, { error: 'FRONT_SERVER' }]);
  });

  it('says so when the front server fails while a page waits, and goes on afterwards', async () => {
    world = await startTestWorld();
    const browser = createLegacyClient(world);
    const qr = await browser.ask();
    world.gateway.setFaults([{ kind: 'down' }]);
    expect(await browser.state(qr)).toEqual({ error: 'FRONT_SERVER' });
    world.gateway.setFaults([]);
    expect(await browser.state(qr)).toEqual({ state: 'waiting' });
  });

  it('draws a picture of a QR for the browser that asked, and for no other', async () => {
    world = await startTestWorld();
    const browser = createLegacyClient(world);
    const { ticket } = await browser.ask();
    const drawn = await browser.get(`/legacy/qr.gif?ticket=${ticket}`);
    expect([drawn.status, drawn.headers.get('content-type')]).toEqual([200, 'image/gif']);
    expect((await createLegacyClient(world).get(`/legacy/qr.gif?ticket=${ticket}`)).status).toBe(404);
  });
});

describe('the pages', () => {
  it.each(['login', 'sign', 'decrypt', 'frame'])('may frame their own site alone: %s', async (name) => {
    world = await startTestWorld();
    await mkdir(join(world.pages, 'trading-site'));
    await writeFile(join(world.pages, 'trading-site', `legacy-${name}.html`), '<!doctype html>');
    const response = await createLegacyClient(world).get(`/legacy/${name}.html`);
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-src 'self'; frame-ancestors 'self'");
    expect(policy).not.toContain('unsafe');
  });

  it('leave the site’s other pages unframed', async () => {
    world = await startTestWorld();
    await mkdir(join(world.pages, 'trading-site'));
    await writeFile(join(world.pages, 'trading-site', 'login.html'), '<!doctype html>');
    const response = await createLegacyClient(world).get('/login.html');
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});
