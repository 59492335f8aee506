import type { AbortSignalLike } from '../lib/abort-signal-like.ts';
import type { Driver } from '../protocol/drivers.ts';
import type { Locale } from '../protocol/errors.ts';
import type { LoginToken } from '../protocol/login-token.ts';
import type { PlatformId } from '../protocol/platform-ids.ts';
import type { Scene } from '../protocol/scenes.ts';

/** One HTTP exchange, bounded in time and size. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Bearer secret, sent as `Authorization`. */
  readonly secret?: string;
  /** JSON body. */
  readonly body?: object;
  readonly timeoutMs: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** What keeps an exchange from giving an answer. */
export type HttpFailure = 'unreachable' | 'timeout' | 'tooLarge' | 'aborted';

export type HttpOutcome = HttpAnswer | { readonly failure: HttpFailure };

/** Everything of the outside world that a platform may use. */
export interface PlatformEnvironment {
  /** Base address of this platform's front server, from the configuration. */
  readonly frontServer: string;
  http(request: HttpRequest, signal: AbortSignalLike): Promise<HttpOutcome>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds, or at once when `signal` aborts. */
  pause(ms: number, signal: AbortSignalLike): Promise<void>;
}

/** What the user is asked to confirm. */
export interface RelayRequest {
  readonly scene: 'login';
  /** As the browser vouches for it. */
  readonly origin: string;
  readonly challenge: string;
}

/** A session at a front server: enough to go on with it after the worker was stopped. */
export interface RelayHandle {
  readonly businessId: string;
  /** Bearer secret for this business id. */
  readonly secret: string;
  /** Text that the QR encodes. */
  readonly qr: string;
  /** Two decimal digits. */
  readonly matchingNumber: string;
  /** Milliseconds since the epoch on this machine's clock; absent where the platform gives none. */
  readonly expiresAt?: number;
}

export type RelayEventType = 'scanned' | 'confirmed' | 'refused' | 'expired' | 'cancelled';

export interface NumberedRelayEvent {
  readonly sequence: number;
  readonly type: RelayEventType;
}

/**
 * A certificate app platform that speaks through a front server. All calls reject with a CodedError of the
 * groups `platform` and `user`, and end within their stated bound.
 */
export interface Platform {
  readonly id: PlatformId;
  readonly name: Readonly<Record<Locale, string>>;
  /** Hotline as the platform publishes it. */
  readonly hotline?: string;
  readonly offers: readonly { readonly scene: Scene; readonly driver: Driver }[];

  /** Opens a session; `requestId` makes a repetition harmless. Within `timeLimits.preparation`. */
  open(
    request: RelayRequest,
    requestId: string,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<RelayHandle>;
  /** A new business id and QR for the same request; the old id is dead. Within `timeLimits.preparation`. */
  renew(
    handle: RelayHandle,
    request: RelayRequest,
    requestId: string,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<RelayHandle>;
  /**
   * Events with a sequence above `after`, in order and without a gap; waits for at most one long-poll and may
   * give none. Transient failures are retried for `timeLimits.preparation`.
   */
  events(
    handle: RelayHandle,
    after: number,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<readonly NumberedRelayEvent[]>;
  /** The confirmed session's result, checked to belong to `request`. Within `timeLimits.result`. */
  result(
    handle: RelayHandle,
    request: RelayRequest,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<LoginToken>;
  /** Tells the front server that nobody waits any more. Best effort, within `timeLimits.frontServerExchange`. */
  cancel(handle: RelayHandle, environment: PlatformEnvironment, signal: AbortSignalLike): Promise<void>;
}
