import type { DirectoryEntry } from '../../protocol/directory.ts';

/**
 * 云优采(北京CA): the trading system's guide lists it among the other certificates that it supports, with a driver to
 * download. The driver's address, which scenes it serves there, and every number are not published.
 */
export const yunYouCaiEntry: DirectoryEntry = {
  id: 'yun-you-cai',
  name: { 'zh-CN': '云优采（北京CA）', en: 'Yunyoucai (BJCA)' },
  group: 'other',
  state: 'enabled',
  scenes: [],
};
