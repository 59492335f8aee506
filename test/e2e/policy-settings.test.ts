import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { extensionIds } from '../../src/protocol/extension-ids.ts';
import type { SettingsChanges } from '../../src/protocol/settings.ts';
import { canWritePolicy, writePolicy } from '../support/managed-policy.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import { startUnderPolicy, type ManagedBrowser } from '../support/under-policy.ts';

const site = 'https://trade.example.gov.cn';
const built = 'https://ggzy.zhanjiang.gov.cn';

const policy = {
  sites: [site],
  frontServers: { 'yue-qi-qian': 'https://front-server.example/relay/v1' },
  platforms: ['yue-qi-qian', 'zhongzhao-hulian'],
  defaultPlatform: 'yue-qi-qian',
  defaultDriver: 'relay',
  directory: [
    { id: 'yun-you-cai', driver: 'https://driver.example/setup', state: 'comingSoon' },
    { id: 'example-ca', name: { 'zh-CN': '示例CA', en: 'Example CA' }, group: 'mutual' },
  ],
  promptRules: [
    {
      id: 'of-policy',
      scene: 'decrypt',
      kind: 'keyWanted',
      words: ['示例凭证尚未就位'],
      platform: 'yue-qi-qian',
      confidence: 0.9,
    },
  ],
  onPrompt: 'badge',
  localServiceBridge: [site],
  logLevel: 'info',
  trustAnchors: ['MAA='],
  encryptionRecipients: ['MAA='],
};

const file = (settings: object) =>
  JSON.stringify({
    format: 'ca-bridge-settings/1',
    onPrompt: [],
    language: 'auto',
    historyDays: 0,
    localServiceBridge: [],
    ...settings,
  });

describe.runIf(canWritePolicy)('settings under managed policy', () => {
  let managed: ManagedBrowser;
  beforeAll(async () => void (managed = await startUnderPolicy(policy)));
  afterAll(() => managed?.close());

  it('come whole from the browser, which knows every entry', async () => {
    expect(await managed.managed()).toEqual(policy);
  });

  it('are shown as policy has them, and locked', async () => {
    const view = await managed.send({ command: 'settings' });
    expect(view).toMatchObject({
      settings: { defaultPlatform: 'yue-qi-qian', localServiceBridge: [site] },
      locked: ['defaultPlatform', 'onPrompt', 'localServiceBridge'],
      sites: [
        { origin: built, source: 'build', permitted: true, behaviour: 'badge' },
        { origin: site, source: 'policy', permitted: false, behaviour: 'badge' },
      ],
    });
    expect(view).not.toHaveProperty('policyProblem');
  });

  it('offer the platforms that policy allows, those that can serve first', async () => {
    expect(await managed.send({ command: 'settings' })).toMatchObject({
      platforms: [
        { id: 'yue-qi-qian', available: true },
        { id: 'zhongzhao-hulian', available: false },
      ],
    });
  });

  it.each<[name: string, changes: SettingsChanges]>([
    ['defaultPlatform', { defaultPlatform: 'yun-you-cai' }],
    ['onPrompt', { onPrompt: [{ site: built, behaviour: 'open' }] }],
    ['localServiceBridge', { localServiceBridge: [] }],
    ['a locked entry beside a free one', { language: 'en', localServiceBridge: [] }],
  ])('are refused a change of %s', async (_name, changes) => {
    const before = await managed.send({ command: 'settings' });
    const reply = await managed.send({ command: 'changeSettings', changes });
    expect(reply).toMatchObject({ error: { code: 'SETTING_LOCKED' } });
    expect(await managed.send({ command: 'settings' })).toEqual(before);
  });

  it('are refused a choice for one site', async () => {
    const command = { command: 'setPromptBehaviour', site: built, behaviour: 'open' } as const;
    expect(await managed.send(command)).toMatchObject({ error: { code: 'SETTING_LOCKED' } });
  });

  it('keep what policy locks when a file is imported, and take the rest', async () => {
    const text = file({ language: 'en', defaultPlatform: 'yun-you-cai', localServiceBridge: [built] });
    expect(await managed.send({ command: 'importSettings', text })).toBeNull();
    expect(await managed.send({ command: 'settings' })).toMatchObject({
      settings: { language: 'en', defaultPlatform: 'yue-qi-qian', localServiceBridge: [site] },
    });
  });

  it('have the directory with the fields of policy over the built-in ones, and its entries beside them', async () => {
    expect(await managed.send({ command: 'directory' })).toMatchObject([
      { id: 'zhongzhao-hulian', hotline: '400-666-4230' },
      { id: 'yue-qi-qian' },
      { id: 'yun-you-cai', driver: 'https://driver.example/setup', state: 'comingSoon', byPolicy: true },
      { id: 'example-ca', group: 'mutual', state: 'comingSoon', scenes: [], byPolicy: true },
    ]);
  });

  it('have the prompts found that a rule of policy describes', async () => {
    const page = await managed.browser.context.newPage();
    const body = '<!doctype html><meta charset="utf-8"><p>公告</p><div class="dialog">示例凭证尚未就位</div>';
    await page.route(`${built}/`, (route) =>
      route.fulfill({ body, contentType: 'text/html; charset=utf-8' }),
    );
    await page.goto(`${built}/`);
    await expect
      .poll(async () => (await managed.snapshot()).mirrors)
      .toMatchObject([
        { kind: 'keyWanted', scene: 'decrypt', platform: 'yue-qi-qian', origin: built, asksBehaviour: false },
      ]);
    await page.close();
  });

  it('are shown on the options page as locked', async () => {
    const options = await managed.browser.openPage('src/extension/options/options.html');
    const box = options.locator(`input[type=checkbox][value="${site}"]`);
    await box.waitFor();
    expect(await box.isChecked()).toBe(true);
    expect(await box.isDisabled()).toBe(true);
    await takeScreenshot(options, 'options under policy');
    await options.close();
  });
});

describe.runIf(canWritePolicy)('a policy that comes and goes', () => {
  let undo: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const step of undo.toReversed()) await step();
    undo = [];
  });

  it('counts in a running browser as soon as the browser has it, over what the user chose', async () => {
    const running = await startUnderPolicy();
    undo.push(running.close);
    const { send } = running;
    const changes = { localServiceBridge: [built] };
    expect(await send({ command: 'changeSettings', changes })).toBeNull();
    const written = await writePolicy(extensionIds[0], { localServiceBridge: [] });
    undo.push(written.remove);
    await expect
      .poll(() => send({ command: 'settings' }), { timeout: 40_000 })
      .toMatchObject({ locked: ['localServiceBridge'], settings: { localServiceBridge: [] } });
    await written.remove();
    await expect
      .poll(() => send({ command: 'settings' }), { timeout: 40_000 })
      .toMatchObject({ locked: [], settings: { localServiceBridge: [built] } });
  });
});
