import type { PromptBehaviour, Settings } from '../../../protocol/settings.ts';

/** Texts of the options page. */
export interface OptionsText {
  readonly title: string;
  readonly intro: string;
  readonly locked: string;
  readonly saved: string;
  readonly sites: {
    readonly heading: string;
    readonly explanation: string;
    readonly none: string;
    readonly sources: Readonly<Record<'build' | 'policy' | 'user', string>>;
    readonly permitted: string;
    readonly notPermitted: string;
    readonly permit: string;
    readonly permitOf: (site: string) => string;
    readonly revoke: string;
    readonly revokeOf: (site: string) => string;
    readonly revoked: (site: string) => string;
    readonly onPrompt: string;
    readonly onPromptOf: (site: string) => string;
    readonly notAsked: string;
    readonly add: string;
    readonly addLabel: string;
    readonly addHint: string;
    readonly addWarning: string;
    readonly invalid: string;
    readonly known: string;
    readonly granted: (site: string) => string;
    readonly declined: string;
  };
  readonly behaviours: Readonly<Record<PromptBehaviour, string>>;
  readonly platform: {
    readonly heading: string;
    readonly explanation: string;
    readonly none: string;
  };
  readonly language: { readonly heading: string; readonly auto: string };
  readonly history: {
    readonly heading: string;
    readonly explanation: string;
    readonly keep: Readonly<Record<`days${Settings['historyDays']}`, string>>;
  };
  readonly localService: {
    readonly heading: string;
    readonly explanation: string;
    readonly why: string;
    readonly limits: string;
    readonly addresses: string;
    readonly sites: string;
    readonly none: string;
    readonly reload: string;
  };
  readonly transfer: {
    readonly heading: string;
    readonly explanation: string;
    readonly export: string;
    readonly import: string;
    readonly imported: string;
    readonly fileName: string;
  };
}
