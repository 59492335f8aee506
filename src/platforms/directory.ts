import type { DirectoryEntry } from '../protocol/directory.ts';
import type { PlatformId } from '../protocol/platform-ids.ts';
import { yueQiQianEntry } from './yue-qi-qian/directory-entry.ts';
import { yunYouCaiEntry } from './yun-you-cai/directory-entry.ts';
import { zhongzhaoHulianEntry } from './zhongzhao-hulian/directory-entry.ts';

const entries: Readonly<Record<PlatformId, DirectoryEntry>> = {
  'zhongzhao-hulian': zhongzhaoHulianEntry,
  'yue-qi-qian': yueQiQianEntry,
  'yun-you-cai': yunYouCaiEntry,
};

/** 数字证书办理 as this build knows it: what is published, and nothing else. Order as the guide shows it. */
export const builtInDirectory: readonly DirectoryEntry[] = Object.values(entries);
