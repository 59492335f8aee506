import type { StateText } from './ui-text.ts';

export const selfTestSteps = ['client', 'read', 'scanned', 'sealed', 'verified'] as const;
export type SelfTestStep = (typeof selfTestSteps)[number];

/** Texts of the self-test page. */
export interface SelfTestText {
  readonly title: string;
  readonly intro: string;
  readonly needs: string;
  readonly start: string;
  readonly again: string;
  readonly stop: string;
  readonly steps: Readonly<Record<SelfTestStep, string>>;
  readonly inWindow: string;
  readonly passed: StateText;
  readonly doubtful: StateText;
  readonly failed: string;
  readonly preview: string;
  readonly download: string;
  readonly fileName: string;
}
