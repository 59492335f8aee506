import { beforeEach, describe, expect, it, test, vi } from 'vitest';
import type { Configuration } from '../../../../src/protocol/configuration.ts';
import {
  frontServerOf,
  loadPolicy,
  logLevelOf,
  platformChoices,
  platformToTake,
  promptRulesOf,
} from '../../../../src/extension/background/configuration.ts';
import { setLogLevel } from '../../../../src/extension/background/log.ts';
import { resetWorld, world } from './fake-browser.ts';

vi.mock('webextension-polyfill', async () => ({ default: (await import('./fake-browser.ts')).fakeBrowser }));

beforeEach(() => {
  resetWorld();
  setLogLevel('off');
});

const front = 'https://front.example/relay/v1';
const both = { 'zhongzhao-hulian': front, 'yue-qi-qian': front };
const deployment = (policy: Configuration, builtIn: Configuration = {}) => ({ builtIn, policy });

describe('managed policy', () => {
  it('is taken as it is where it is sound', async () => {
    world.managed = { onPrompt: 'badge', frontServers: both };
    expect(await loadPolicy()).toEqual({ policy: { onPrompt: 'badge', frontServers: both } });
  });

  it('is none where the browser has none', async () => {
    world.failing.add('managed');
    expect(await loadPolicy()).toEqual({ policy: {} });
  });

  it('leaves nothing of a broken policy but that the local-service bridge is off, and names the entry', async () => {
    world.managed = { onPrompt: 'badge', sites: ['https://trade.example.gov.cn', 'http://evil.example'] };
    const { policy, policyProblem } = await loadPolicy();
    expect(policy).toEqual({ localServiceBridge: [] });
    expect(policyProblem).toMatch(/^sites\.1: must be an https origin/);
  });

  test.each([['https://relay.example:99999'], ['https://1.2.3.999/v1']])(
    'is none where the front server %s is no address for a browser',
    async (address) => {
      world.managed = { frontServers: { 'yue-qi-qian': address } };
      expect(await loadPolicy()).toMatchObject({ policyProblem: 'frontServers: not an address' });
    },
  );

  it('names three places, and how many more there are', async () => {
    world.managed = { sites: Array.from({ length: 6 }, () => 'http://evil.example') };
    const { policyProblem = '' } = await loadPolicy();
    expect(policyProblem.match(/sites\.\d/g)).toEqual(['sites.0', 'sites.1', 'sites.2']);
    expect(policyProblem).toMatch(/; and 3 more$/);
  });

  it('names an unknown entry without quoting it at length', async () => {
    world.managed = { scripts: 'x'.repeat(100_000) };
    expect((await loadPolicy()).policyProblem).toBe('scripts: no such entry');
  });

  test.each([
    [{ defaultPlatform: 'x'.repeat(1_000_000) }],
    [{ promptRules: [{ id: 'X'.repeat(1_000_000) }] }],
    [{ directory: [{ id: 'x-y', hotline: 'x'.repeat(1_000_000) }] }],
  ])('is told of in a few words, however long its values are', async (managed) => {
    world.managed = managed;
    expect((await loadPolicy()).policyProblem?.length).toBeLessThan(700);
  });

  test.each([[null], ['text'], [5]])('%j is no policy, and that is told', async (managed) => {
    world.managed = managed;
    const { policy, policyProblem } = await loadPolicy();
    expect(policy).toEqual({ localServiceBridge: [] });
    expect(policyProblem).not.toBe('');
    expect(policyProblem).toBeDefined();
  });
});

describe('the platforms that may be chosen', () => {
  it('are all unless told', () => {
    expect(platformChoices(deployment({}))).toHaveLength(3);
  });

  it("are those of policy's list, with nothing of the others left over", () => {
    const restricted = deployment({ platforms: ['yue-qi-qian'] }, { frontServers: both });
    expect(platformChoices(restricted).map(({ id }) => id)).toEqual(['yue-qi-qian']);
    expect(frontServerOf(restricted, 'yue-qi-qian')).toBe(front);
    expect(frontServerOf(restricted, 'zhongzhao-hulian')).toBeUndefined();
  });

  it("are those of the build's list where policy has none", () => {
    const builtIn: Configuration = { platforms: ['yun-you-cai'] };
    expect(platformChoices(deployment({}, builtIn)).map(({ id }) => id)).toEqual(['yun-you-cai']);
    expect(platformChoices(deployment({ platforms: ['yue-qi-qian'] }, builtIn))).toMatchObject([
      { id: 'yue-qi-qian' },
    ]);
  });

  it('have those that can serve first', () => {
    const choices = platformChoices(deployment({ frontServers: { 'yue-qi-qian': front } }));
    const available = choices.map((choice) => choice.available);
    expect(available).toEqual(available.toSorted((left, right) => Number(right) - Number(left)));
    expect(choices.at(-1)).toMatchObject({ id: 'zhongzhao-hulian', available: false });
  });

  it('have the front server of policy rather than that of the build', () => {
    const policy: Configuration = { frontServers: { 'yue-qi-qian': 'https://policy.example' } };
    expect(frontServerOf(deployment(policy, { frontServers: both }), 'yue-qi-qian')).toBe(
      'https://policy.example',
    );
    expect(frontServerOf(deployment(policy, { frontServers: both }), 'zhongzhao-hulian')).toBe(front);
  });
});

describe('the platform that is taken without asking', () => {
  // Platforms without a local service on the PC: they can serve by a front server alone.
  const platforms: Configuration['platforms'] = ['zhongzhao-hulian', 'yue-qi-qian'];
  const can: Configuration = { platforms, frontServers: both };
  const onlyOne: Configuration = { platforms, frontServers: { 'yue-qi-qian': front } };
  const take = platformToTake;

  it('is the one that the site names, over everything', () => {
    const policy: Configuration = { ...can, defaultPlatform: 'yue-qi-qian' };
    expect(take(deployment(policy), 'zhongzhao-hulian', 'yue-qi-qian')).toBe('zhongzhao-hulian');
  });

  it("is policy's, then the user's, then the build's", () => {
    const builtIn: Configuration = { ...can, defaultPlatform: 'zhongzhao-hulian' };
    const policy: Configuration = { defaultPlatform: 'zhongzhao-hulian' };
    expect(take(deployment(policy, builtIn), undefined, 'yue-qi-qian')).toBe('zhongzhao-hulian');
    expect(take(deployment({}, builtIn), undefined, 'yue-qi-qian')).toBe('yue-qi-qian');
    expect(take(deployment({}, builtIn), undefined)).toBe('zhongzhao-hulian');
  });

  it('is asked for where nobody decided', () => {
    expect(take(deployment(can), undefined)).toBeUndefined();
  });

  it('is the only one that there is', () => {
    expect(take(deployment(onlyOne), undefined)).toBe('yue-qi-qian');
    expect(take(deployment({ ...can, platforms: ['yue-qi-qian'] }), undefined)).toBe('yue-qi-qian');
  });

  it("is not the user's once it cannot serve any more: the next one counts", () => {
    const builtIn: Configuration = { ...onlyOne, defaultPlatform: 'yue-qi-qian' };
    expect(take(deployment({}, builtIn), undefined, 'zhongzhao-hulian')).toBe('yue-qi-qian');
    expect(take(deployment({}, can), undefined, 'yun-you-cai')).toBeUndefined();
  });

  it("is none where policy's own default cannot serve", () => {
    expect(take(deployment({ ...onlyOne, defaultPlatform: 'zhongzhao-hulian' }), undefined)).toBe('none');
  });

  it('is none where the site names one that policy does not allow', () => {
    expect(take(deployment({ ...can, platforms: ['yue-qi-qian'] }), 'zhongzhao-hulian')).toBe('none');
  });

  it('is none where none can serve', () => {
    expect(take(deployment({ platforms }), undefined, 'yue-qi-qian')).toBe('none');
  });
});

it("rules and log level are policy's, then the build's, then none and errors", () => {
  const rule = { id: 'r', scene: 'login', kind: 'qr', words: ['扫码登录'], confidence: 0.9 } as const;
  const ofBuild: Configuration = { promptRules: [{ ...rule, words: ['扫码登录'] }], logLevel: 'info' };
  expect(promptRulesOf(deployment({}))).toEqual([]);
  expect(promptRulesOf(deployment({}, ofBuild))).toHaveLength(1);
  expect(promptRulesOf(deployment({ promptRules: [] }, ofBuild))).toEqual([]);
  expect(logLevelOf(deployment({}))).toBe('error');
  expect(logLevelOf(deployment({}, ofBuild))).toBe('info');
  expect(logLevelOf(deployment({ logLevel: 'off' }, ofBuild))).toBe('off');
});
