import type { PromptBehaviour, SettingName, Settings } from './settings.ts';
import type { PlatformChoice } from './ui-messages.ts';

/** The settings with what policy decides of them. */
export interface SettingsView {
  readonly settings: Settings;
  /** Entries that policy decides: shown as policy has them, and locked. */
  readonly locked: readonly SettingName[];
  readonly policyProblem?: string;
  readonly sites: readonly {
    readonly origin: string;
    /** Where it comes from; only those that the user permitted can be revoked. */
    readonly source: 'build' | 'policy' | 'user';
    readonly permitted: boolean;
    /** Absent: the user has not been asked yet. */
    readonly behaviour?: PromptBehaviour;
  }[];
  readonly platforms: readonly PlatformChoice[];
}
