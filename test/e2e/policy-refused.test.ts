import { afterEach, describe, expect, it, test } from 'vitest';
import { errorCatalogue } from '../../src/protocol/errors.ts';
import { canWritePolicy } from '../support/managed-policy.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import { startUnderPolicy, type ManagedBrowser } from '../support/under-policy.ts';

let running: ManagedBrowser | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function under(policy: Readonly<Record<string, unknown>>): Promise<ManagedBrowser> {
  running = await startUnderPolicy(policy);
  return running;
}

const front = 'https://front-server.example/relay/v1';
const rule = { id: 'r', scene: 'login', kind: 'qr', words: ['扫码登录'], confidence: 0.9 };

/** What a sound policy would change, beside the broken entry: none of it may come through. */
const sound = {
  sites: ['https://trade.example.gov.cn'],
  frontServers: { 'yue-qi-qian': front },
  defaultPlatform: 'yue-qi-qian',
  onPrompt: 'off',
  localServiceBridge: ['https://trade.example.gov.cn'],
};

describe.runIf(canWritePolicy)('a policy that the extension refuses', () => {
  test.each<[why: string, policy: Readonly<Record<string, unknown>>, named: string]>([
    [
      'a site over http',
      { sites: ['https://trade.example.gov.cn', 'http://evil.example'] },
      'sites.1: must be',
    ],
    ['a wildcard site', { sites: ['https://*.gov.cn'] }, 'sites.0: must be'],
    [
      'a front server with path tricks',
      { frontServers: { 'yue-qi-qian': 'https://front-server.example/relay/../../v1' } },
      'frontServers.yue-qi-qian: must be',
    ],
    [
      'a front server over http',
      { frontServers: { 'yue-qi-qian': 'http://front-server.example/relay/v1' } },
      'frontServers.yue-qi-qian: must be https',
    ],
    [
      'a front server of an unknown platform',
      { frontServers: { 'evil-platform': front } },
      'frontServers.evil-platform: no such entry',
    ],
    ['an unknown platform', { platforms: ['yue-qi-qian', 'evil-platform'] }, 'platforms.1: '],
    ['an unknown default platform', { defaultPlatform: 'evil-platform' }, 'defaultPlatform: '],
    ['an unknown behaviour', { onPrompt: 'click' }, 'onPrompt: '],
    [
      'a rule of 10,000 words',
      { promptRules: [{ ...rule, words: Array.from({ length: 10_000 }, (_v, index) => `词${index}`) }] },
      'promptRules.0.words: ',
    ],
    [
      'a rule with a huge selector',
      { promptRules: [{ ...rule, where: 'div '.repeat(50_000) }] },
      'promptRules.0.where: ',
    ],
    [
      'a rule whose list of hosts has a typing mistake',
      { promptRules: [{ ...rule, host: ['trade.example.gov.cn'] }] },
      'promptRules.0.host: no such entry',
    ],
    [
      'a directory link that is a script',
      { directory: [{ id: 'yue-qi-qian', manual: 'javascript:alert(1)' }] },
      'directory.0.manual: must be an https address',
    ],
    [
      'a QR host that is a whole top-level domain',
      { directory: [{ id: 'yue-qi-qian', qrHosts: ['cn'] }] },
      'directory.0.qrHosts.0: must be a host name',
    ],
    [
      'a site of the bridge over http',
      { localServiceBridge: ['http://evil.example'] },
      'localServiceBridge.0: ',
    ],
  ])('%s is named, and nothing of the policy counts', async (_why, broken, named) => {
    const { send, snapshot } = await under({ ...sound, ...broken });
    const view = await send({ command: 'settings' });
    expect(view).toMatchObject({
      locked: ['localServiceBridge'],
      settings: { onPrompt: [], localServiceBridge: [] },
      sites: [{ origin: 'https://ggzy.zhanjiang.gov.cn', source: 'build' }],
      platforms: expect.arrayContaining([
        expect.objectContaining({ id: 'yue-qi-qian', available: false }),
        expect.objectContaining({ id: 'zhongzhao-hulian', available: false }),
      ]),
    });
    expect(view).toHaveProperty('policyProblem', expect.stringContaining(named));
    expect((await snapshot()).policyProblem).toContain(named);
    const directory = await send({ command: 'directory' });
    expect(JSON.stringify(directory)).not.toContain('byPolicy');
  });

  it('is told of in a few words, however large the policy is', async () => {
    const { send } = await under({ promptRules: [{ ...rule, id: 'X'.repeat(500_000) }] });
    const view = await send({ command: 'settings' });
    if (!('policyProblem' in view)) throw new Error('no problem');
    expect(view.policyProblem?.length).toBeLessThan(700);
  });

  it('is named on the options page', async () => {
    const { browser } = await under({ ...sound, sites: ['http://evil.example'] });
    const options = await browser.openPage('src/extension/options/options.html');
    const notice = options.getByRole('alert').first();
    await notice.waitFor();
    const words = await notice.innerText();
    expect(words).toContain(errorCatalogue.POLICY_INVALID.text['zh-CN'].title);
    expect(words).toContain('sites.0');
    await takeScreenshot(options, 'options policy problem');
  });

  it('lets the user change what it would have locked', async () => {
    const { send } = await under({ ...sound, sites: ['http://evil.example'] });
    const change = { command: 'changeSettings', changes: { defaultPlatform: 'yun-you-cai' } } as const;
    expect(await send(change)).toBeNull();
    expect(await send({ command: 'settings' })).toMatchObject({
      settings: { defaultPlatform: 'yun-you-cai' },
    });
  });
});

describe.runIf(canWritePolicy)('what the browser itself leaves out (POLICY.md)', () => {
  it.each<[why: string, policy: Readonly<Record<string, unknown>>]>([
    ['an entry of another type', { sites: 'https://trade.example.gov.cn' }],
    ['a list with one item of another type', { sites: ['https://trade.example.gov.cn', 5] }],
    [
      'an object with one field of another type',
      { frontServers: { 'yue-qi-qian': front, 'yun-you-cai': 1 } },
    ],
    ['an unknown entry', { scripts: ['https://evil.example/x.js'] }],
    ['a rule with a number as text', { promptRules: [{ ...rule, confidence: '0.9' }] }],
    ['an unknown field of an unexpected type', { directory: [{ id: 'yue-qi-qian', code: { run: 'x' } }] }],
  ])('%s never arrives; the other entries count', async (_why, broken) => {
    const { send, managed } = await under({ ...broken, onPrompt: 'badge' });
    expect(await managed()).toEqual({ onPrompt: 'badge' });
    const view = await send({ command: 'settings' });
    expect(view).toMatchObject({ locked: ['onPrompt'] });
    expect(view).not.toHaveProperty('policyProblem');
  });
});
