import * as v from 'valibot';
import {
  defaultSettings,
  settingsLimits,
  settingsSchema,
  type Settings,
} from '../../../protocol/settings.ts';

const { entries } = settingsSchema;

/** Those items of a list that are sound. */
function soundItems<Item>(itemSchema: v.GenericSchema<unknown, Item>) {
  const isSound = (item: unknown): item is Item => v.is(itemSchema, item);
  const list = v.pipe(
    v.array(v.unknown()),
    v.transform((items) => items.filter(isSound)),
  );
  return v.fallback(list, []);
}

/** Takes anything: what is not sound of it becomes the default. */
const tolerantSchema = v.fallback(
  v.object({
    defaultPlatform: v.fallback(entries.defaultPlatform, undefined),
    onPrompt: soundItems(entries.onPrompt.pipe[0].item),
    language: v.fallback(entries.language, defaultSettings.language),
    historyDays: v.fallback(entries.historyDays, defaultSettings.historyDays),
    localServiceBridge: soundItems(entries.localServiceBridge.pipe[0].item),
  }),
  defaultSettings,
);

/**
 * Reads what an earlier worker, or an earlier version, left in the browser's store.
 * @returns `damaged`: some of it was not sound, and is as if it had never been chosen
 */
export function readStored(value: unknown): { readonly settings: Settings; readonly damaged: boolean } {
  if (value === undefined) return { settings: defaultSettings, damaged: false };
  const whole = v.safeParse(settingsSchema, value);
  if (whole.success) return { settings: tidied(whole.output), damaged: false };
  return { settings: tidied(v.parse(tolerantSchema, value)), damaged: true };
}

/** Each site once, the newest choices where there are too many, and the entries in one order, so that equal ones are equal as JSON. */
export function tidied({
  defaultPlatform,
  onPrompt,
  language,
  historyDays,
  localServiceBridge,
}: Omit<Settings, 'format'>): Settings {
  const choices = new Map(onPrompt.map(({ site, behaviour }) => [site, { site, behaviour }]));
  return {
    format: defaultSettings.format,
    ...(defaultPlatform === undefined ? {} : { defaultPlatform }),
    onPrompt: [...choices.values()].slice(-settingsLimits.promptSites),
    language,
    historyDays,
    localServiceBridge: [...new Set(localServiceBridge)].slice(-settingsLimits.bridgedSites),
  };
}
