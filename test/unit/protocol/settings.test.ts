import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import {
  defaultSettings,
  settingNames,
  settingsChangesSchema,
  settingsLimits,
  settingsSchema,
} from '../../../src/protocol/settings.ts';

const site = 'https://ggzy.zhanjiang.gov.cn';
const sites = (count: number) => Array.from({ length: count }, (_v, index) => `https://site${index}.example`);

describe('what is no settings', () => {
  test.each<[why: string, settings: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['text', JSON.stringify(defaultSettings)],
    ['another format', { ...defaultSettings, format: 'ca-bridge-settings/2' }],
    ['no format', { ...defaultSettings, format: undefined }],
    ['an unknown entry', { ...defaultSettings, frontServers: { 'yue-qi-qian': 'https://evil.example' } }],
    ['an own entry __proto__', JSON.parse(`{"__proto__":{},${JSON.stringify(defaultSettings).slice(1)}`)],
    ['an entry constructor', { ...defaultSettings, constructor: {} }],
    ['an unknown platform', { ...defaultSettings, defaultPlatform: 'evil-platform' }],
    ['an unknown language', { ...defaultSettings, language: 'fr' }],
    ['any number of days', { ...defaultSettings, historyDays: 7 }],
    ['days as text', { ...defaultSettings, historyDays: '30' }],
    ['a behaviour that clicks', { ...defaultSettings, onPrompt: [{ site, behaviour: 'click' }] }],
    ['a choice with a further field', { ...defaultSettings, onPrompt: [{ site, behaviour: 'off', run: 1 }] }],
    ['a choice for http', { ...defaultSettings, onPrompt: [{ site: 'http://a.example', behaviour: 'off' }] }],
    ['a wildcard', { ...defaultSettings, localServiceBridge: ['https://*'] }],
    ['a site with a path', { ...defaultSettings, localServiceBridge: [`${site}/login`] }],
    ['"null"', { ...defaultSettings, localServiceBridge: ['null'] }],
    ['too many sites', { ...defaultSettings, localServiceBridge: sites(settingsLimits.bridgedSites + 1) }],
    [
      'too many choices',
      {
        ...defaultSettings,
        onPrompt: sites(settingsLimits.promptSites + 1).map((one) => ({ site: one, behaviour: 'off' })),
      },
    ],
  ])('%s', (_why, settings) => {
    expect(v.is(settingsSchema, settings)).toBe(false);
  });
});

it('takes the defaults', () => {
  expect(v.is(settingsSchema, defaultSettings)).toBe(true);
});

it('takes as many sites as the limits say', () => {
  const full = {
    ...defaultSettings,
    onPrompt: sites(settingsLimits.promptSites).map((one) => ({ site: one, behaviour: 'off' })),
    localServiceBridge: sites(settingsLimits.bridgedSites),
  };
  expect(v.is(settingsSchema, full)).toBe(true);
  expect(JSON.stringify(full, null, 2).length).toBeLessThan(settingsLimits.fileText);
});

it('has a name for every entry but the format', () => {
  expect([...settingNames, 'format'].toSorted()).toEqual(Object.keys(settingsSchema.entries).toSorted());
});

describe('changes', () => {
  test.each<[why: string, changes: unknown]>([
    ['the format', { format: 'ca-bridge-settings/2' }],
    ['an unknown entry', { sites: [site] }],
    ['a wrong type', { language: 5 }],
  ])('cannot be %s', (_why, changes) => {
    expect(v.is(settingsChangesSchema, changes)).toBe(false);
  });

  it('may be a single entry, or none', () => {
    expect(v.is(settingsChangesSchema, { language: 'en' })).toBe(true);
    expect(v.is(settingsChangesSchema, {})).toBe(true);
  });
});
