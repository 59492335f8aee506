import { describe, expect, it, test } from 'vitest';
import { browserIds, type BrowserId } from '../../../../src/clients/installer/browsers.ts';
import {
  browserEntry,
  findInstallation,
  type Surroundings,
} from '../../../../src/clients/installer/installation.ts';

const linux = (env: Surroundings['env']): Surroundings => ({ platform: 'linux', env, systemRoot: '/' });
const windows: Surroundings = {
  platform: 'win32',
  env: { LOCALAPPDATA: 'C:\\Users\\张三\\AppData\\Local', ProgramFiles: 'C:\\Program Files' },
  systemRoot: '/',
};
const entries = (scope: 'user' | 'machine', surroundings: Surroundings) => {
  const installation = findInstallation(scope, surroundings);
  return Object.fromEntries(browserIds.map((id) => [id, browserEntry(installation, id, 'signature')]));
};

describe('what cannot be known is an error', () => {
  test.each([{}, { HOME: '' }, { HOME: 'relative' }, { XDG_CONFIG_HOME: '/x' }, { XDG_DATA_HOME: '/x' }])(
    'a user with %j has no place',
    (env) => {
      expect(() => findInstallation('user', linux(env))).toThrow('homeUnknown: HOME');
    },
  );

  it('a Windows user without LOCALAPPDATA has no place', () => {
    expect(() => findInstallation('user', { ...windows, env: {} })).toThrow('homeUnknown: LOCALAPPDATA');
  });

  it('other systems are refused by name', () => {
    expect(() => findInstallation('user', { ...windows, platform: 'aix' })).toThrow('platformUnknown: aix');
  });
});

describe('Linux', () => {
  it('knows the folders of a user', () => {
    expect(entries('user', linux({ HOME: '/home/u' }))).toEqual({
      chrome: '/home/u/.config/google-chrome/NativeMessagingHosts/cn.ca_bridge.signature.json',
      edge: '/home/u/.config/microsoft-edge/NativeMessagingHosts/cn.ca_bridge.signature.json',
      chromium: '/home/u/.config/chromium/NativeMessagingHosts/cn.ca_bridge.signature.json',
    });
  });

  it('knows the folders of the machine, for which no home is needed', () => {
    expect(entries('machine', linux({}))).toEqual({
      chrome: '/etc/opt/chrome/native-messaging-hosts/cn.ca_bridge.signature.json',
      edge: '/etc/opt/edge/native-messaging-hosts/cn.ca_bridge.signature.json',
      chromium: '/etc/chromium/native-messaging-hosts/cn.ca_bridge.signature.json',
    });
  });

  test.each<[Record<string, string>, string]>([
    [{ XDG_CONFIG_HOME: '/x' }, '/x'],
    [{ XDG_CONFIG_HOME: '/x', CHROME_CONFIG_HOME: '/c' }, '/c'],
    [{ XDG_CONFIG_HOME: '' }, '/home/u/.config'],
    [{ XDG_CONFIG_HOME: 'relative' }, '/home/u/.config'],
  ])('follows the browsers with %j', (env, folder) => {
    expect(entries('user', linux({ HOME: '/home/u', ...env }))['chromium']).toBe(
      `${folder}/chromium/NativeMessagingHosts/cn.ca_bridge.signature.json`,
    );
  });

  test.each<[Record<string, string>, string]>([
    [{}, '/home/u/.local/share/ca-bridge'],
    [{ XDG_DATA_HOME: '/data' }, '/data/ca-bridge'],
    [{ XDG_DATA_HOME: 'data' }, '/home/u/.local/share/ca-bridge'],
  ])('with %j keeps its own files in %s', (env, folder) => {
    expect(findInstallation('user', linux({ HOME: '/home/u', ...env })).dataFolder).toBe(folder);
  });
});

describe('Windows', () => {
  test.each<[BrowserId, string]>([
    ['chrome', 'Software\\Google\\Chrome\\NativeMessagingHosts\\cn.ca_bridge.signature'],
    ['edge', 'Software\\Microsoft\\Edge\\NativeMessagingHosts\\cn.ca_bridge.signature'],
    ['chromium', 'Software\\Chromium\\NativeMessagingHosts\\cn.ca_bridge.signature'],
  ])('%s reads %s', (browser, key) => {
    expect(entries('user', windows)[browser]).toBe(`HKCU\\${key}`);
    expect(entries('machine', windows)[browser]).toBe(`HKLM\\${key}`);
  });

  it("keeps the machine's files where users cannot write", () => {
    expect(findInstallation('machine', windows).dataFolder).toBe('C:\\Program Files\\CA Bridge');
    expect(findInstallation('user', windows).dataFolder).toBe('C:\\Users\\张三\\AppData\\Local\\CA Bridge');
  });
});
