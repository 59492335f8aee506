import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSiteClient } from './site-client.ts';
import { startTestWorld, type TestWorld } from './test-world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld();
});
afterEach(() => world.close());

describe('a hostile caller of the trading site', () => {
  it.each([
    ['another site', { origin: 'https://evil.test' }],
    ['no origin', { origin: '' }],
    ['an accepted origin that did not serve the page', { origin: 'https://ggzy.zhanjiang.gov.cn' }],
    ['an opaque origin', { origin: 'null' }],
  ])('cannot post from %s', async (_, headers) => {
    for (const path of ['/api/challenge', '/api/login', '/api/logout']) {
      const response = await createSiteClient(world.siteOrigin).post(path, {}, headers);
      expect(response.status).toBe(403);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });

  it('cannot post a form to log in', async () => {
    const response = await createSiteClient(world.siteOrigin).post(
      '/api/login',
      {},
      {
        'content-type': 'text/plain',
      },
    );
    expect(response.status).toBe(400);
  });

  it.each([
    '/assets/../world.ts',
    '/assets/..%2f..%2fpackage.json',
    '/assets/a/b.js',
    '/phone.html',
    '/.env',
  ])('gets no file at %s', async (path) => {
    await writeFile(join(world.pages, 'world.ts'), 'secret');
    expect((await createSiteClient(world.siteOrigin).get(path)).status).toBe(404);
  });

  it('is sent from the shell to the login page when nobody is logged in', async () => {
    const response = await createSiteClient(world.siteOrigin).get('/shell.html');
    expect([response.status, response.headers.get('location')]).toEqual([302, '/login.html']);
  });
});

describe('the trading site', () => {
  it('sets cookies that neither scripts nor other sites can use', async () => {
    const response = await createSiteClient(world.siteOrigin).post('/api/challenge');
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^sandbox_visitor=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
  });

  it('serves its login page with a policy that allows only its own files', async () => {
    await mkdir(join(world.pages, 'trading-site'));
    await writeFile(join(world.pages, 'trading-site', 'login.html'), '<!doctype html>');
    const response = await createSiteClient(world.siteOrigin).get('/login.html');
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("connect-src 'self'; form-action 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('says so where the sandbox has not been built', async () => {
    expect((await createSiteClient(world.siteOrigin).get('/')).status).toBe(503);
  });
});
