import type { Driver } from './drivers.ts';
import type { PlatformId } from './platform-ids.ts';
import type { Scene } from './scenes.ts';
import type { SessionState } from './session-states.ts';
import type { WireError } from './page-messages.ts';
import type { ClientKind } from './native-messages.ts';
import type { Locale } from './errors.ts';
import type { ErrorCode } from './error-codes.ts';
import * as v from 'valibot';
import { platformIdSchema } from './platform-ids.ts';

/**
 * Extension pages ⇄ background. Both ends are ours and ship together, so replies are typed, not decoded; commands
 * are decoded, for the background trusts no sender's shape.
 */
export const uiPortName = 'ca-bridge-ui';

/** A platform as the user may choose it. */
export interface PlatformChoice {
  readonly id: PlatformId;
  readonly name: Readonly<Record<Locale, string>>;
  /** Telephone number of the platform's hotline, where it is published. */
  readonly hotline?: string;
  /** False where no front server is configured for it: shown, not selectable. */
  readonly available: boolean;
}

/** What a page may know of a session: everything that it shows, and no secret of the front server. */
export interface SessionView {
  readonly id: string;
  readonly scene: Scene;
  readonly driver: Driver;
  /** The asking site's origin, as the browser vouches for it. */
  readonly origin: string;
  readonly state: SessionState;
  /** Chosen platform; absent while the choice is open. */
  readonly platform?: PlatformId;
  readonly choices: readonly PlatformChoice[];
  /** The choice may still change: nobody has scanned yet. */
  readonly canChoosePlatform: boolean;
  readonly canRenew: boolean;
  readonly canCancel: boolean;
  /** Text that the QR encodes; present from `awaitingScan` to `scanned`. */
  readonly qrContent?: string;
  /** Two decimal digits that the phone shows too. */
  readonly matchingNumber?: string;
  /** Milliseconds since the epoch on this machine's clock; only where the platform gave an expiry. */
  readonly expiresAt?: number;
  /** Present in `failed` and `cancelled`. */
  readonly error?: WireError;
}

/** The end of the last session, without its result. */
export interface LastOutcome {
  readonly scene: Scene;
  readonly origin: string;
  readonly state: 'succeeded' | 'cancelled' | 'failed';
  readonly errorCode?: ErrorCode;
  readonly at: number;
}

/** Background → pages, after each change. */
export interface UiSnapshot {
  /** Live sessions and those whose end a window still shows, oldest first. */
  readonly sessions: readonly SessionView[];
  readonly lastOutcome?: LastOutcome;
  /** Set while managed policy is ignored because it does not match its schema. */
  readonly policyProblem?: string;
}

export type SiteSupport =
  /** The bridge runs here. */
  | 'enabled'
  /** Configured by policy or permitted before, but the browser's permission is missing: one press away. */
  | 'needsPermission'
  /** Any other https page: the user may enable it. */
  | 'notEnabled'
  /** Not https, or a page of the browser: the bridge cannot run here. */
  | 'impossible';

export interface SiteStatus {
  readonly origin?: string;
  readonly support: SiteSupport;
}

export type ClientStatus =
  | { readonly kind: ClientKind; readonly found: true; readonly version: string }
  | { readonly kind: ClientKind; readonly found: false; readonly error: WireError };

const sessionId = v.pipe(v.string(), v.uuid());

/** Page → background commands; `uiReplies` gives what each returns. */
export const uiCommandSchema = v.variant('command', [
  v.strictObject({ command: v.literal('cancelSession'), sessionId }),
  v.strictObject({ command: v.literal('renewSession'), sessionId }),
  v.strictObject({ command: v.literal('choosePlatform'), sessionId, platform: platformIdSchema }),
  /** Bring the session's window to the front, opening it again if need be. */
  v.strictObject({ command: v.literal('showSession'), sessionId }),
  v.strictObject({ command: v.literal('checkClients') }),
  /** `url`: address of the tab that the popup was opened over. */
  v.strictObject({ command: v.literal('siteStatus'), url: v.pipe(v.string(), v.maxLength(8_192)) }),
]);

export type UiCommand = v.InferOutput<typeof uiCommandSchema>;

export interface UiReplies {
  cancelSession: null;
  renewSession: null;
  choosePlatform: null;
  showSession: null;
  checkClients: readonly ClientStatus[];
  siteStatus: SiteStatus;
}
