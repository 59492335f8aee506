import * as v from 'valibot';

/** Certificate app platforms that this build knows; each has a folder under `src/platforms/`. */
export const platformIds = ['zhongzhao-hulian', 'yue-qi-qian', 'yun-you-cai'] as const;

export type PlatformId = (typeof platformIds)[number];

export const platformIdSchema = v.picklist(platformIds);
