import type { DirectoryEntry } from '../../protocol/directory.ts';

/**
 * 中招互连 as the trading system's guide has it: enabled, with its hotline, for login, seals and the encryption of bids;
 * opening is in the platform's own documentation, whose domain is the only one known. Addresses of manual, app and
 * account, and the phone systems served, are not published.
 */
export const zhongzhaoHulianEntry: DirectoryEntry = {
  id: 'zhongzhao-hulian',
  name: { 'zh-CN': '中招互连', en: 'Zhongzhao Hulian' },
  group: 'mutual',
  state: 'enabled',
  scenes: ['login', 'signature', 'encrypt', 'decrypt'],
  hotline: '400-666-4230',
  qrHosts: ['ebinterlink.com'],
};
