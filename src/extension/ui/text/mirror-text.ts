import type { PromptKind, PromptScene } from '../../../protocol/prompt-kinds.ts';
import type { PromptBehaviour } from '../../../protocol/settings.ts';
import type { StateText } from './ui-text.ts';

/** Texts of prompts that unmodified pages show: their window, and their place in the popup. */
export interface MirrorText {
  /** `next`: what comes after the scan, in order. */
  readonly scenes: Readonly<
    Record<
      PromptScene,
      { readonly name: string; readonly action: string; readonly next: readonly [string, string] }
    >
  >;
  readonly nextHeading: string;
  readonly page: string;
  readonly frame: string;
  readonly app: string;
  readonly appUnsaid: string;
  /** Of a prompt that has no QR. */
  readonly issuer: string;
  /** How an app is called where the page names none. */
  readonly anyApp: string;
  readonly appOf: (platform: string) => string;
  readonly scan: (app: string) => StateText;
  readonly expired: StateText;
  readonly gone: StateText;
  readonly unreadable: Readonly<Record<'foreign' | 'notDrawn' | 'notDecoded', StateText>>;
  readonly foreign: {
    readonly name: string;
    readonly action: string;
    readonly state: StateText;
    readonly leadsTo: string;
    readonly noHost: string;
    readonly advice: string;
    readonly show: string;
    readonly hide: string;
    readonly shownAnyway: string;
    readonly qrName: string;
  };
  readonly trust: {
    readonly platform: (host: string) => string;
    readonly site: (host: string) => string;
    readonly noHost: string;
  };
  readonly qrName: (scene: string, app: string) => string;
  readonly toPage: string;
  readonly quote: string;
  readonly handsOff: string;
  /** Prompts without a QR. */
  readonly kinds: Readonly<
    Record<
      Exclude<PromptKind, 'qr'>,
      { readonly name: string; readonly state: StateText; readonly steps: readonly [string, string, string] }
    >
  >;
  readonly causes: {
    readonly heading: string;
    readonly notInstalled: StateText;
    readonly notRunning: StateText;
    readonly blocked: StateText;
    readonly client: Readonly<Record<'signature' | 'encryption', string>>;
    readonly driverOf: (platform: string) => string;
  };
  readonly toDirectory: string;
  readonly toOptions: string;
  readonly behaviour: {
    readonly heading: string;
    readonly choices: Readonly<Record<PromptBehaviour, string>>;
    readonly done: Readonly<Record<PromptBehaviour, string>>;
  };
  readonly readiness: {
    readonly heading: string;
    /** Of a prompt without a QR. */
    readonly headingOfWords: string;
    readonly intro: string;
    readonly certificates: string;
    readonly none: string;
    readonly unknown: string;
    readonly purposes: Readonly<Record<'signing' | 'encryption', string>>;
    /** Under the certificate's name: platform and what it is for. */
    readonly about: (platform: string, purpose: string) => string;
    readonly seenAt: (time: string) => string;
    readonly expired: string;
    readonly notYetValid: string;
    readonly endsBeforeOpening: string;
    readonly endsSoon: string;
    readonly validAtOpening: string;
    readonly valid: string;
    readonly renew: string;
    readonly decryptWith: string;
  };
  readonly popup: {
    readonly heading: (count: number) => string;
    readonly open: string;
    /** Of a prompt without a QR. */
    readonly help: string;
    /** What a button is called, for who hears it alone. */
    readonly of: (button: string, scene: string, site: string) => string;
    readonly stateOf: Readonly<Record<'shown' | 'expired' | 'foreign', string>>;
    readonly localService: string;
    readonly localServiceNext: (addresses: string) => string;
  };
}
