import * as v from 'valibot';
import { isTrustworthyOrigin } from './origins.ts';
import { platformIdSchema } from './platform-ids.ts';

/**
 * What the user decides, kept in the browser's store and exported as this shape. Managed policy wins over every
 * entry that it has, and is shown as locked.
 */
const originSchema = v.pipe(v.string(), v.check(isTrustworthyOrigin, 'must be an https origin without path'));

export const settingsLimits = {
  /** Sites of which is kept what happens when a prompt is found. */
  promptSites: 200,
  bridgedSites: 100,
  /** Characters of a settings file. */
  fileText: 200_000,
} as const;

const originsSchema = v.pipe(v.array(originSchema), v.maxLength(settingsLimits.bridgedSites));

/** What happens when a prompt is found on a site: open the window, show the badge alone, or do not look. */
export const promptBehaviours = ['open', 'badge', 'off'] as const;
export type PromptBehaviour = (typeof promptBehaviours)[number];

export const languages = ['auto', 'zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

export const settingsSchema = v.strictObject({
  format: v.literal('ca-bridge-settings/1'),
  defaultPlatform: v.optional(platformIdSchema),
  /** By origin of the top page; a site that is not here has not been asked about yet. */
  onPrompt: v.pipe(
    v.array(v.strictObject({ site: originSchema, behaviour: v.picklist(promptBehaviours) })),
    v.maxLength(settingsLimits.promptSites),
  ),
  language: v.picklist(languages),
  /** Days that receipts are kept; 0 keeps them until the user wipes them. */
  historyDays: v.picklist([0, 30, 90, 365, 1_825]),
  /** Sites on which calls to the vendor's local service go through the native client. */
  localServiceBridge: originsSchema,
});

export type Settings = v.InferOutput<typeof settingsSchema>;

/** Entries to replace. */
export const settingsChangesSchema = v.partial(v.omit(settingsSchema, ['format']));
export type SettingsChanges = v.InferOutput<typeof settingsChangesSchema>;

export const defaultSettings: Settings = {
  format: 'ca-bridge-settings/1',
  onPrompt: [],
  language: 'auto',
  historyDays: 0,
  localServiceBridge: [],
};

export const settingNames = [
  'defaultPlatform',
  'onPrompt',
  'language',
  'historyDays',
  'localServiceBridge',
] as const;
export type SettingName = (typeof settingNames)[number];
