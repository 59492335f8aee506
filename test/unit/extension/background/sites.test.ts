import { beforeEach, describe, expect, it, test, vi } from 'vitest';
import { setLogLevel } from '../../../../src/extension/background/log.ts';
import {
  allowedSites,
  forgetSite,
  knownSites,
  registerContentScripts,
  siteStatus,
} from '../../../../src/extension/background/sites.ts';
import { contentScripts, resetWorld, world } from './fake-browser.ts';

vi.mock('webextension-polyfill', async () => ({ default: (await import('./fake-browser.ts')).fakeBrowser }));

const built = 'https://ggzy.zhanjiang.gov.cn';
const ofPolicy = 'https://policy.example';
const ofUser = 'https://user.example';
const deployment = { builtIn: { sites: [built] }, policy: { sites: [ofPolicy] } };

beforeEach(() => {
  resetWorld();
  setLogLevel('off');
  world.matches = [`${built}/*`];
  world.origins = [`${built}/*`];
});

describe('the sites that are shown', () => {
  it("are the build's, policy's and the user's, in this order", async () => {
    world.origins = [`${ofUser}/*`, `${built}/*`];
    expect(await knownSites(deployment)).toEqual([
      { origin: built, source: 'build', permitted: true },
      { origin: ofPolicy, source: 'policy', permitted: false },
      { origin: ofUser, source: 'user', permitted: true },
    ]);
  });

  it('stay those of policy once the user permitted them', async () => {
    world.origins = [`${built}/*`, `${ofPolicy}/*`];
    expect(await knownSites(deployment)).toContainEqual({
      origin: ofPolicy,
      source: 'policy',
      permitted: true,
    });
  });

  it('come once, however often they are named', async () => {
    const policy = { sites: [built, ofPolicy, ofPolicy] };
    const origins = (await knownSites({ ...deployment, policy })).map(({ origin }) => origin);
    expect(origins).toEqual([built, ofPolicy]);
  });

  it('are not permitted where the user withholds a built-in one', async () => {
    world.origins = [];
    expect(await knownSites(deployment)).toContainEqual({ origin: built, source: 'build', permitted: false });
  });

  it('hold no pattern that is no site', async () => {
    world.origins = ['https://*/*', 'https://*.gov.cn/*', '<all_urls>', 'file:///*', `${ofUser}/*`];
    expect((await knownSites(deployment)).map(({ origin }) => origin)).toEqual([built, ofPolicy, ofUser]);
  });
});

describe('the sites that are answered', () => {
  it('are never those of policy alone', async () => {
    expect(await allowedSites(deployment)).not.toContain(ofPolicy);
    world.origins.push(`${ofPolicy}/*`);
    expect(await allowedSites(deployment)).toContain(ofPolicy);
  });
});

describe('the content script', () => {
  it('runs on what the user permitted, besides the manifest', async () => {
    world.origins = [`${built}/*`, `${ofUser}/*`];
    await registerContentScripts();
    expect(contentScripts()).toMatchObject([{ matches: [`${ofUser}/*`], js: ['content.js'] }]);
  });

  it('goes from what the user forgot', async () => {
    world.origins = [`${ofUser}/*`];
    await registerContentScripts();
    await forgetSite(ofUser);
    await registerContentScripts();
    expect(contentScripts()).toEqual([]);
  });

  it('is registered once, however many events come at a time', async () => {
    world.origins = [`${ofUser}/*`];
    await Promise.all([registerContentScripts(), registerContentScripts(), registerContentScripts()]);
    expect(contentScripts()).toHaveLength(1);
  });

  it('is tried again after the browser refused', async () => {
    world.origins = [`${ofUser}/*`];
    world.failing.add('register');
    await registerContentScripts();
    expect(contentScripts()).toEqual([]);
    world.failing.clear();
    await registerContentScripts();
    expect(contentScripts()).toHaveLength(1);
  });

  it('never runs on a pattern wider than a site', async () => {
    world.origins = ['https://*/*', '<all_urls>'];
    await registerContentScripts();
    expect(contentScripts()).toEqual([]);
  });
});

describe('a tab', () => {
  test.each([
    [`${built}/login?x=1`, { origin: built, support: 'enabled' }],
    [`${ofPolicy}/`, { origin: ofPolicy, support: 'needsPermission' }],
    ['https://other.example/', { origin: 'https://other.example', support: 'notEnabled' }],
    ['http://other.example/', { support: 'impossible' }],
    ['http://127.0.0.1:1/', { support: 'impossible' }],
    ['chrome://version/', { support: 'impossible' }],
    ['not an address', { support: 'impossible' }],
    ['', { support: 'impossible' }],
  ])('at %s', async (url, status) => {
    expect(await siteStatus(url, deployment)).toEqual(status);
  });
});

describe('forgetting a site', () => {
  test.each(['https://*', '<all_urls>', `${ofUser}/path`, '', 'null'])(
    'does nothing for %j',
    async (site) => {
      await forgetSite(site);
      expect(world.calls).not.toContain('remove');
    },
  );
});
