import type { PromptBehaviour, Settings, SettingsChanges } from '../../../protocol/settings.ts';
import type { SettingsView } from '../../../protocol/settings-view.ts';

/** The user's settings with managed policy over them. */
export interface SettingsDesk {
  /** As they count now: policy wins over the user's, entry by entry. */
  current(): Settings;
  /** What happens when a prompt is found on the site; undefined while the user has not chosen. */
  behaviourFor(site: string): PromptBehaviour | undefined;
  /** Replaces the given entries. @throws CodedError SETTING_LOCKED, STORAGE_UNAVAILABLE */
  change(changes: SettingsChanges): Promise<void>;
  setBehaviour(site: string, behaviour: PromptBehaviour): Promise<void>;
  /** @throws CodedError SETTINGS_INVALID, and nothing has changed then */
  import(text: string): Promise<void>;
  view(): Promise<SettingsView>;
}
