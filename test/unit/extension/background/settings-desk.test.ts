import { beforeEach, describe, expect, it, test, vi } from 'vitest';
import type { Configuration } from '../../../../src/protocol/configuration.ts';
import { defaultSettings, settingsLimits } from '../../../../src/protocol/settings.ts';
import { createSettingsDesk } from '../../../../src/extension/background/settings/create-settings-desk.ts';
import { setLogLevel } from '../../../../src/extension/background/log.ts';
import { resetWorld, tell, world, writeElsewhere } from './fake-browser.ts';

vi.mock('webextension-polyfill', async () => ({ default: (await import('./fake-browser.ts')).fakeBrowser }));

const site = 'https://ggzy.zhanjiang.gov.cn';
const other = 'https://trade.example.gov.cn';

beforeEach(() => {
  resetWorld();
  setLogLevel('off');
});

async function openDesk(policy: Configuration = {}, builtIn: Configuration = {}) {
  const state = { policy, changes: 0 };
  const desk = await createSettingsDesk({
    deployment: () => ({ builtIn, policy: state.policy }),
    onChange: () => void (state.changes += 1),
  });
  return { desk, state };
}

const file = (settings: object) => JSON.stringify({ ...defaultSettings, ...settings });

describe('at the start', () => {
  it('has the defaults where nothing was ever chosen', async () => {
    expect((await openDesk()).desk.current()).toEqual(defaultSettings);
  });

  it('has what was chosen', async () => {
    world.local['settings'] = { ...defaultSettings, language: 'en', historyDays: 90 };
    expect((await openDesk()).desk.current()).toEqual({
      ...defaultSettings,
      language: 'en',
      historyDays: 90,
    });
  });

  test.each([['text'], [null], [[]], [5], [{}], [{ format: 'ca-bridge-settings/9' }]])(
    'takes %j in the store as nothing chosen',
    async (value) => {
      world.local['settings'] = value;
      expect((await openDesk()).desk.current()).toEqual(defaultSettings);
    },
  );

  it('keeps what is sound of a damaged store, entry by entry and item by item', async () => {
    world.local['settings'] = {
      format: 'ca-bridge-settings/1',
      defaultPlatform: 'gone-platform',
      onPrompt: [{ site, behaviour: 'off' }, { site: 'http://evil.example', behaviour: 'open' }, 'x'],
      language: 'en',
      historyDays: '30',
      localServiceBridge: [other, 'https://*', 7],
      further: true,
    };
    expect((await openDesk()).desk.current()).toEqual({
      ...defaultSettings,
      onPrompt: [{ site, behaviour: 'off' }],
      language: 'en',
      localServiceBridge: [other],
    });
  });

  it('has the defaults where the store cannot be read, and does not throw', async () => {
    world.failing.add('get');
    expect((await openDesk()).desk.current()).toEqual(defaultSettings);
  });

  it('loses nothing by the first change after the store could not be read', async () => {
    world.local['settings'] = { ...defaultSettings, historyDays: 90 };
    world.failing.add('get');
    const { desk } = await openDesk();
    world.failing.clear();
    await desk.change({ language: 'en' });
    expect(world.local['settings']).toEqual({ ...defaultSettings, historyDays: 90, language: 'en' });
  });
});

describe('a change', () => {
  it('is stored before it is told', async () => {
    const { desk, state } = await openDesk();
    await desk.change({ language: 'en', defaultPlatform: 'yue-qi-qian' });
    expect(world.local['settings']).toEqual({
      ...defaultSettings,
      language: 'en',
      defaultPlatform: 'yue-qi-qian',
    });
    expect(desk.current()).toEqual(world.local['settings']);
    expect(state.changes).toBe(1);
  });

  it('tells nobody where it changes nothing', async () => {
    const { desk, state } = await openDesk();
    await desk.change({ language: 'auto' });
    expect(state.changes).toBe(0);
  });

  it('leaves an entry alone that is given as undefined', async () => {
    const { desk } = await openDesk();
    await desk.change({ historyDays: 30 });
    await desk.change({ historyDays: undefined, language: 'en' });
    expect(desk.current()).toMatchObject({ historyDays: 30, language: 'en' });
  });

  it('changes nothing where the disk is full', async () => {
    const { desk, state } = await openDesk();
    world.failing.add('set');
    await expect(desk.change({ language: 'en' })).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(desk.current()).toEqual(defaultSettings);
    expect(state.changes).toBe(0);
  });

  it('can follow one that failed', async () => {
    const { desk } = await openDesk();
    world.failing.add('set');
    await expect(desk.change({ language: 'en' })).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    world.failing.clear();
    await desk.change({ historyDays: 30 });
    expect(desk.current()).toEqual({ ...defaultSettings, historyDays: 30 });
  });

  it('loses none of several at the same time', async () => {
    const { desk } = await openDesk();
    await Promise.all([
      desk.change({ language: 'en' }),
      desk.setBehaviour(site, 'off'),
      desk.change({ historyDays: 30 }),
      desk.setBehaviour(other, 'open'),
    ]);
    expect(world.local['settings']).toMatchObject({
      language: 'en',
      historyDays: 30,
      onPrompt: [
        { site, behaviour: 'off' },
        { site: other, behaviour: 'open' },
      ],
    });
  });

  it('has each site once, with the last choice', async () => {
    const { desk } = await openDesk();
    await desk.change({
      onPrompt: [
        { site, behaviour: 'off' },
        { site, behaviour: 'open' },
      ],
      localServiceBridge: [site, other, site],
    });
    expect(desk.current()).toMatchObject({
      onPrompt: [{ site, behaviour: 'open' }],
      localServiceBridge: [site, other],
    });
  });

  it('waits for policy, which may lock it', async () => {
    const state: { policy: Configuration } = { policy: {} };
    let resolve = (): void => undefined;
    const promise = new Promise<void>((done) => (resolve = done));
    const desk = await createSettingsDesk({
      deployment: () => ({ builtIn: {}, policy: state.policy }),
      policyRead: () => promise,
      onChange: () => undefined,
    });
    const change = desk.change({ localServiceBridge: [site] });
    state.policy = { localServiceBridge: [] };
    resolve();
    await expect(change).rejects.toMatchObject({ code: 'SETTING_LOCKED' });
    expect(world.calls).not.toContain('set');
  });
});

describe('a choice for one site', () => {
  it('replaces the earlier one', async () => {
    const { desk } = await openDesk();
    await desk.setBehaviour(site, 'off');
    await desk.setBehaviour(site, 'badge');
    expect(desk.behaviourFor(site)).toBe('badge');
    expect(desk.current().onPrompt).toEqual([{ site, behaviour: 'badge' }]);
  });

  it('costs the oldest one its place where there are too many', async () => {
    const full = Array.from({ length: settingsLimits.promptSites }, (_v, index) => ({
      site: `https://site${index}.example`,
      behaviour: 'off',
    }));
    world.local['settings'] = { ...defaultSettings, onPrompt: full };
    const { desk } = await openDesk();
    await desk.setBehaviour(site, 'open');
    expect(desk.current().onPrompt).toHaveLength(settingsLimits.promptSites);
    expect(desk.behaviourFor('https://site0.example')).toBeUndefined();
    expect(desk.behaviourFor('https://site1.example')).toBe('off');
    expect(desk.behaviourFor(site)).toBe('open');
  });

  test.each(['http://evil.example', 'https://*', `${site}/path`, 'null', '', '__proto__'])(
    'is refused for %j',
    async (origin) => {
      const { desk } = await openDesk();
      await expect(desk.setBehaviour(origin, 'open')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
      expect(world.calls).not.toContain('set');
    },
  );

  it('is unknown for a site that was not asked about', async () => {
    expect((await openDesk()).desk.behaviourFor(site)).toBeUndefined();
  });

  it("is the build's where the user has not chosen", async () => {
    const { desk } = await openDesk({}, { onPrompt: 'badge' });
    expect(desk.behaviourFor(site)).toBe('badge');
    await desk.setBehaviour(site, 'open');
    expect(desk.behaviourFor(site)).toBe('open');
  });
});

describe('policy', () => {
  const policy: Configuration = {
    defaultPlatform: 'yun-you-cai',
    onPrompt: 'badge',
    localServiceBridge: [other],
  };

  it('wins over what the user chose, and what the user chose is there again without it', async () => {
    const chosen = {
      ...defaultSettings,
      defaultPlatform: 'yue-qi-qian',
      onPrompt: [{ site, behaviour: 'open' }],
      localServiceBridge: [site],
    };
    world.local['settings'] = chosen;
    const { desk, state } = await openDesk(policy);
    expect(desk.current()).toEqual({
      ...defaultSettings,
      defaultPlatform: 'yun-you-cai',
      onPrompt: [{ site, behaviour: 'badge' }],
      localServiceBridge: [other],
    });
    state.policy = {};
    expect(desk.current()).toEqual(chosen);
  });

  it('decides what happens on every site', async () => {
    const { desk } = await openDesk({ onPrompt: 'off' });
    expect(desk.behaviourFor(site)).toBe('off');
    expect(desk.behaviourFor('https://never.seen.example')).toBe('off');
  });

  it('turns the local-service bridge off for everybody by an empty list', async () => {
    world.local['settings'] = { ...defaultSettings, localServiceBridge: [site] };
    expect((await openDesk({ localServiceBridge: [] })).desk.current().localServiceBridge).toEqual([]);
  });

  it('decides entry by entry: what it does not have stays free', async () => {
    const { desk } = await openDesk({ onPrompt: 'badge' });
    await desk.change({ defaultPlatform: 'yue-qi-qian', localServiceBridge: [site], language: 'en' });
    expect(desk.current()).toMatchObject({ defaultPlatform: 'yue-qi-qian', localServiceBridge: [site] });
  });

  test.each([
    { defaultPlatform: 'yue-qi-qian' } as const,
    { onPrompt: [] },
    { localServiceBridge: [site] },
    { localServiceBridge: [other] },
  ])('refuses %j, also beside a free entry', async (changes) => {
    const { desk } = await openDesk(policy);
    await expect(desk.change(changes)).rejects.toMatchObject({ code: 'SETTING_LOCKED' });
    await expect(desk.change({ ...changes, language: 'en' })).rejects.toMatchObject({
      code: 'SETTING_LOCKED',
    });
    expect(world.calls).not.toContain('set');
  });

  it('refuses a choice for one site where it decides for all', async () => {
    const { desk } = await openDesk({ onPrompt: 'badge' });
    await expect(desk.setBehaviour(site, 'open')).rejects.toMatchObject({ code: 'SETTING_LOCKED' });
  });
});

describe('an imported file', () => {
  it('replaces everything, and takes away what it does not have', async () => {
    const { desk } = await openDesk();
    await desk.change({ defaultPlatform: 'yue-qi-qian', historyDays: 30, localServiceBridge: [site] });
    await desk.import(file({ language: 'en' }));
    expect(desk.current()).toEqual({ ...defaultSettings, language: 'en' });
    expect(world.local['settings']).toEqual({ ...defaultSettings, language: 'en' });
  });

  it('brings back what was exported', async () => {
    const { desk } = await openDesk();
    await desk.change({ defaultPlatform: 'yue-qi-qian', localServiceBridge: [site, other] });
    await desk.setBehaviour(site, 'off');
    const exported = JSON.stringify((await desk.view()).settings, null, 2);
    await desk.import(file({}));
    await desk.import(exported);
    expect(JSON.stringify(desk.current(), null, 2)).toBe(exported);
  });

  it("leaves the user's own entries under policy's as they are", async () => {
    world.local['settings'] = { ...defaultSettings, localServiceBridge: [site] };
    const { desk } = await openDesk({ localServiceBridge: [], defaultPlatform: 'yun-you-cai' });
    await desk.import(
      file({ localServiceBridge: [other], defaultPlatform: 'yue-qi-qian', historyDays: 365 }),
    );
    expect(world.local['settings']).toEqual({
      ...defaultSettings,
      localServiceBridge: [site],
      historyDays: 365,
    });
  });

  it('has each site once', async () => {
    const { desk } = await openDesk();
    await desk.import(file({ localServiceBridge: [site, site] }));
    expect(desk.current().localServiceBridge).toEqual([site]);
  });

  test.each<[why: string, text: string]>([
    ['nothing', ''],
    ['no JSON', '{'],
    ['two documents', `${file({})}${file({})}`],
    ['a list', `[${file({})}]`],
    ['null', 'null'],
    ['another format', file({ format: 'ca-bridge-settings/2' })],
    ['no format', '{"onPrompt":[],"language":"auto","historyDays":0,"localServiceBridge":[]}'],
    ['a missing entry', '{"format":"ca-bridge-settings/1"}'],
    ['a wrong type', file({ historyDays: '30' })],
    ['an unsound site among sound ones', file({ localServiceBridge: [site, 'http://evil.example'] })],
    ['an unknown entry', file({ sites: [site] })],
    ['__proto__', `{"__proto__":${file({ language: 'en' })},${file({}).slice(1)}`],
    ['__proto__ alone', `{"__proto__":${file({ language: 'en' })}}`],
    ['constructor', file({ constructor: { prototype: {} } })],
    ['__proto__ within', `${file({}).replace('[]', `[{"__proto__":1,"site":"${site}","behaviour":"off"}]`)}`],
    ['nesting without end', '['.repeat(100_000)],
    ['a policy', JSON.stringify({ sites: [site] })],
    ['a text too long', file({}).padEnd(settingsLimits.fileText + 1)],
  ])('is refused as %s, and changes nothing', async (_why, text) => {
    const { desk, state } = await openDesk();
    await desk.change({ language: 'en' });
    const before = desk.current();
    await expect(desk.import(text)).rejects.toMatchObject({ code: 'SETTINGS_INVALID' });
    expect(desk.current()).toEqual(before);
    expect(state.changes).toBe(1);
    expect(Object.hasOwn(Object.prototype, 'language')).toBe(false);
  });

  it('may be as long as the limit', async () => {
    const { desk } = await openDesk();
    await desk.import(file({ language: 'en' }).padEnd(settingsLimits.fileText));
    expect(desk.current().language).toBe('en');
  });
});

describe('receipts', () => {
  async function keeping(historyDays: number) {
    world.local['settings'] = { ...defaultSettings, historyDays };
    const dropReceiptsBefore = vi.fn<(time: number) => Promise<void>>(async () => undefined);
    const desk = await createSettingsDesk({
      deployment: () => ({ builtIn: {}, policy: {} }),
      store: { dropReceiptsBefore },
      onChange: () => undefined,
    });
    return { desk, dropReceiptsBefore };
  }

  it('that are too old go at the start', async () => {
    expect((await keeping(30)).dropReceiptsBefore).toHaveBeenCalledOnce();
  });

  it('go as soon as the user wants fewer, and not before it is stored', async () => {
    const { desk, dropReceiptsBefore } = await keeping(0);
    world.failing.add('set');
    await expect(desk.change({ historyDays: 30 })).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(dropReceiptsBefore).not.toHaveBeenCalled();
    world.failing.clear();
    await desk.change({ historyDays: 30 });
    expect(dropReceiptsBefore).toHaveBeenCalledOnce();
  });

  it('stay where the settings are damaged: nothing goes that the user did not want gone', async () => {
    world.local['settings'] = { ...defaultSettings, historyDays: -1 };
    const dropReceiptsBefore = vi.fn<(time: number) => Promise<void>>(async () => undefined);
    await createSettingsDesk({
      deployment: () => ({ builtIn: {}, policy: {} }),
      store: { dropReceiptsBefore },
      onChange: () => undefined,
    });
    expect(dropReceiptsBefore).not.toHaveBeenCalled();
  });
});

describe('a change by another page', () => {
  it('counts and is told, once', async () => {
    const { desk, state } = await openDesk();
    await writeElsewhere({ settings: { ...defaultSettings, language: 'en' } });
    await vi.waitFor(() => expect(desk.current().language).toBe('en'));
    expect(state.changes).toBe(1);
  });

  it('is kept by the next change here', async () => {
    const { desk } = await openDesk();
    world.local['settings'] = { ...defaultSettings, language: 'en' };
    await desk.change({ historyDays: 30 });
    expect(world.local['settings']).toMatchObject({ language: 'en', historyDays: 30 });
  });

  it('that is not sound counts as none', async () => {
    const { desk } = await openDesk();
    await desk.change({ language: 'en' });
    await writeElsewhere({ settings: 'broken' });
    await vi.waitFor(() => expect(desk.current()).toEqual(defaultSettings));
  });

  it('leaves what is known where the store cannot be read', async () => {
    const { desk, state } = await openDesk();
    await desk.change({ language: 'en' });
    world.failing.add('get');
    tell({ settings: { newValue: defaultSettings } }, 'local');
    await expect(desk.change({ historyDays: 30 })).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(desk.current().language).toBe('en');
    expect(state.changes).toBe(1);
  });

  test.each([
    ['of another entry', { other: {} }, 'local'],
    ['of another area', { settings: {} }, 'managed'],
  ])('%s is none of the settings', async (_why, changes, area) => {
    const { desk } = await openDesk();
    const before = world.calls.length;
    tell(changes, area);
    await desk.view();
    expect(world.calls.slice(before)).toEqual(['getAll']);
  });
});

describe('what the options page is shown', () => {
  it('has settings, locks, sites with their behaviour, and platforms', async () => {
    world.origins = [`${site}/*`, 'https://user.example/*'];
    world.local['settings'] = { ...defaultSettings, onPrompt: [{ site, behaviour: 'off' }] };
    const { desk } = await openDesk(
      {
        sites: [other],
        localServiceBridge: [],
        platforms: ['yun-you-cai'],
        frontServers: { 'yun-you-cai': 'https://front.example' },
      },
      { sites: [site] },
    );
    expect(await desk.view()).toMatchObject({
      settings: { localServiceBridge: [] },
      locked: ['localServiceBridge'],
      sites: [
        { origin: site, source: 'build', permitted: true, behaviour: 'off' },
        { origin: other, source: 'policy', permitted: false },
        { origin: 'https://user.example', source: 'user', permitted: true },
      ],
      platforms: [{ id: 'yun-you-cai', available: true }],
    });
  });

  it('names what is wrong with a policy', async () => {
    const desk = await createSettingsDesk({
      deployment: () => ({ builtIn: {}, policy: {}, policyProblem: 'sites.0: must be https' }),
      onChange: () => undefined,
    });
    expect(await desk.view()).toMatchObject({ locked: [], policyProblem: 'sites.0: must be https' });
  });
});
