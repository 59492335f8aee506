import { defaultSettings } from '../../../protocol/settings.ts';
import type { Deployment } from '../configuration.ts';
import type { SettingsDesk } from './settings-desk.ts';

export interface SettingsDeskParts {
  readonly deployment: () => Deployment;
  readonly onChange: () => void;
}

/** Reads what the user decided before. */
export async function createSettingsDesk(_parts: SettingsDeskParts): Promise<SettingsDesk> {
  return {
    current: () => defaultSettings,
    behaviourFor: () => undefined,
    change: () => Promise.resolve(),
    setBehaviour: () => Promise.resolve(),
    import: () => Promise.resolve(),
    view: async () => ({ settings: defaultSettings, locked: [], sites: [], platforms: [] }),
  };
}
