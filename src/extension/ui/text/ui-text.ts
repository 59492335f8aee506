import type { BidText } from './bid-text.ts';
import type { DirectoryText } from './directory-text.ts';
import type { DocumentsText } from './documents-text.ts';
import type { DriverText } from './driver-text.ts';
import type { MirrorText } from './mirror-text.ts';
import type { OptionsText } from './options-text.ts';
import type { SelfTestText } from './self-test-text.ts';
import type { VerificationText } from './verification-text.ts';
import type { Scene } from '../../../protocol/scenes.ts';
import type { SessionState } from '../../../protocol/session-states.ts';
import type { ClientKind } from '../../../protocol/native-messages.ts';
import type { SiteSupport } from '../../../protocol/ui-messages.ts';

/** What happens, and what the user does next. */
export interface StateText {
  readonly title: string;
  readonly next: string;
}

/** Every string of the extension's pages; error texts are in the catalogue of the protocol. */
export interface UiText {
  readonly product: string;
  readonly connecting: string;
  readonly reconnecting: string;
  readonly extensionReloaded: string;
  readonly close: string;
  readonly scenes: Readonly<Record<Scene, { readonly name: string; readonly action: string }>>;
  /** By state; `platform` is the app's name, or `platform.unchosen`. */
  readonly states: Readonly<Record<SessionState, (platform: string) => StateText>>;
  readonly site: { readonly asks: string };
  readonly platform: {
    readonly legend: string;
    readonly unchosen: string;
    readonly unavailable: string;
    readonly noneAvailable: string;
    readonly hotline: (platform: string) => string;
  };
  readonly qr: {
    readonly name: (scene: string, platform: string) => string;
    readonly renew: string;
    readonly enlarge: string;
    readonly enlargedName: string;
    readonly shrink: string;
  };
  readonly matching: { readonly label: string; readonly explanation: string; readonly warning: string };
  readonly countdown: {
    /** `clock` is minutes and seconds, `1:05`. */
    readonly remaining: (clock: string) => string;
    readonly announcement: (seconds: number) => string;
    readonly over: string;
  };
  /** What a scanned session goes through, in this order. */
  readonly steps: Readonly<Record<'scanned' | 'confirmed' | 'checked' | 'delivered', string>>;
  readonly cancel: string;
  readonly errorCode: (code: string) => string;
  readonly prompt: {
    readonly ended: string;
    readonly endedNext: string;
    readonly othersWaiting: (count: number) => string;
    readonly showOther: string;
  };
  readonly popup: {
    readonly waiting: string;
    readonly openWindow: string;
    readonly siteHeading: string;
    readonly support: Readonly<Record<SiteSupport, StateText>>;
    readonly enable: string;
    readonly enableWarning: string;
    readonly enabledNow: string;
    readonly enableDeclined: string;
    readonly lastHeading: string;
    readonly outcome: { readonly succeeded: string; readonly cancelled: string; readonly failed: string };
    readonly clientsHeading: string;
    readonly clients: Readonly<Record<ClientKind, string>>;
    readonly clientFound: (version: string) => string;
    readonly checking: string;
    readonly recheck: string;
    readonly toolsHeading: string;
    readonly verify: string;
    readonly selfTest: string;
    readonly directory: string;
    readonly options: string;
  };
  readonly documents: DocumentsText;
  readonly bid: BidText;
  readonly verification: VerificationText;
  readonly selfTest: SelfTestText;
  readonly drivers: DriverText;
  readonly mirror: MirrorText;
  readonly options: OptionsText;
  readonly directory: DirectoryText;
}
