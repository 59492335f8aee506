import * as v from 'valibot';
import { platformIdSchema } from './platform-ids.ts';
import { scenes } from './scenes.ts';

/** 数字证书办理: what the user may know of each certificate platform; policy adds and replaces entries by `id`. */
export const directoryStates = [
  /** 已启用 */
  'enabled',
  /** 陆续开通中 */
  'comingSoon',
] as const;

const httpsAddress = v.pipe(
  v.string(),
  v.maxLength(300),
  v.regex(/^https:\/\/[a-z0-9.-]+(?::\d{1,5})?(?:\/[^\s"<>]*)?$/, 'must be an https address'),
);
/** Host of addresses in the platform's QRs; subdomains count. At least two labels. */
const hostSchema = v.pipe(
  v.string(),
  v.maxLength(253),
  v.regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/, 'must be a host name'),
);
const textSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(120));
const localized = v.strictObject({ 'zh-CN': textSchema, en: textSchema });

const entryFields = {
  name: localized,
  /** 全国互认 or 其他数字证书. */
  group: v.picklist(['mutual', 'other']),
  state: v.picklist(directoryStates),
  scenes: v.pipe(v.array(v.picklist(scenes)), v.maxLength(scenes.length)),
  hotline: v.pipe(v.string(), v.regex(/^[0-9+() -]{3,30}$/)),
  /** 办理手册. */
  manual: httpsAddress,
  /** What the QR APP下载 leads to. */
  app: httpsAddress,
  /** What the QR 公众号 leads to. */
  account: httpsAddress,
  /** 驱动下载. */
  driver: httpsAddress,
  phoneSystems: v.pipe(v.array(v.picklist(['android', 'harmony', 'ios'])), v.maxLength(3)),
  /** Hosts that this platform's QRs may name. */
  qrHosts: v.pipe(v.array(hostSchema), v.maxLength(20)),
} as const;

/** An entry of managed policy: replaces the given fields of the built-in one, or is a platform that this build does not know. */
export const directoryEntrySchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{2,40}$/)),
  ...v.partial(v.strictObject(entryFields)).entries,
});

export type DirectoryOverride = v.InferOutput<typeof directoryEntrySchema>;

const builtInSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{2,40}$/)),
  name: entryFields.name,
  group: entryFields.group,
  state: entryFields.state,
  scenes: entryFields.scenes,
  hotline: v.optional(entryFields.hotline),
  manual: v.optional(entryFields.manual),
  app: v.optional(entryFields.app),
  account: v.optional(entryFields.account),
  driver: v.optional(entryFields.driver),
  /** Absent where nothing is published. */
  phoneSystems: v.optional(entryFields.phoneSystems),
  qrHosts: v.optional(entryFields.qrHosts),
});

/** One entry as it is shown. */
export type DirectoryEntry = v.InferOutput<typeof builtInSchema> & {
  /** Policy changed or added it. */
  readonly byPolicy?: boolean;
};

export const directorySchema = v.pipe(v.array(directoryEntrySchema), v.maxLength(50));

/** True for ids that have a folder under `src/platforms/`. */
export function isBuiltInPlatform(id: string): boolean {
  return v.is(platformIdSchema, id);
}
