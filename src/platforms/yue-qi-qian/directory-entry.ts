import type { DirectoryEntry } from '../../protocol/directory.ts';

/**
 * 粤企签: the trading system's guide lists it among the other certificates that it supports. Which scenes it serves
 * there, and every address and number, are not published.
 */
export const yueQiQianEntry: DirectoryEntry = {
  id: 'yue-qi-qian',
  name: { 'zh-CN': '粤企签', en: 'Yueqiqian' },
  group: 'other',
  state: 'enabled',
  scenes: [],
};
