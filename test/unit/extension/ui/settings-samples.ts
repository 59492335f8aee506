import type { DirectoryEntry } from '../../../../src/protocol/directory.ts';
import { defaultSettings } from '../../../../src/protocol/settings.ts';
import type { SettingsView } from '../../../../src/protocol/settings-view.ts';

export const builtInSite = 'https://ggzy.zhanjiang.gov.cn';
export const policySite = 'https://trade.example.gov.cn';
export const userSite = 'https://bidding.example.cn:8443';

/** One site of each source; nothing locked. */
export const settingsView: SettingsView = {
  settings: { ...defaultSettings, onPrompt: [{ site: builtInSite, behaviour: 'open' }] },
  locked: [],
  sites: [
    { origin: builtInSite, source: 'build', permitted: true, behaviour: 'open' },
    { origin: policySite, source: 'policy', permitted: false },
    { origin: userSite, source: 'user', permitted: true },
  ],
  platforms: [
    { id: 'zhongzhao-hulian', name: { 'zh-CN': '中招互连', en: 'Zhongzhao Hulian' }, available: true },
    { id: 'yue-qi-qian', name: { 'zh-CN': '粤企签', en: 'Yue Qi Qian' }, available: false },
    { id: 'yun-you-cai', name: { 'zh-CN': '云优采（北京CA）', en: 'Yun You Cai (BJCA)' }, available: true },
  ],
};

/** An entry with everything, one with nothing published, one of policy. */
export const directoryEntries: readonly DirectoryEntry[] = [
  {
    id: 'zhongzhao-hulian',
    name: { 'zh-CN': '中招互连', en: 'Zhongzhao Hulian' },
    group: 'mutual',
    state: 'enabled',
    scenes: ['login', 'signature', 'revokeSignature', 'encrypt', 'decrypt'],
    hotline: '400-666-4230',
    manual: 'https://connect.ebinterlink.com/docking-process/manual',
    app: 'https://www.ebinterlink.com/app',
    account: 'https://www.ebinterlink.com/account',
    driver: 'https://download.ebinterlink.com/driver.exe?v=2',
    phoneSystems: ['android', 'harmony', 'ios'],
  },
  {
    id: 'more',
    name: { 'zh-CN': '其他平台', en: 'More platforms' },
    group: 'mutual',
    state: 'comingSoon',
    scenes: [],
  },
  {
    id: 'yue-qi-qian',
    name: { 'zh-CN': '粤企签', en: 'Yue Qi Qian' },
    group: 'other',
    state: 'enabled',
    scenes: ['login'],
    byPolicy: true,
  },
];
