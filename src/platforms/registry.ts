import type { PlatformId } from '../protocol/platform-ids.ts';
import type { RegisteredPlatform } from './registered-platform.ts';
import { yueQiQian } from './yue-qi-qian/yue-qi-qian.ts';
import { yunYouCai } from './yun-you-cai/yun-you-cai.ts';
import { zhongzhaoHulian } from './zhongzhao-hulian/zhongzhao-hulian.ts';

/** Every platform of this build: a new one is a folder and a line here. */
export const platforms: Readonly<Record<PlatformId, RegisteredPlatform>> = {
  'zhongzhao-hulian': zhongzhaoHulian,
  'yue-qi-qian': yueQiQian,
  'yun-you-cai': yunYouCai,
};
