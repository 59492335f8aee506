import type { Driver } from '../../protocol/drivers.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { LoginParams } from '../../protocol/page-messages.ts';
import type { LoginToken } from '../../protocol/login-token.ts';
import type { PlatformId } from '../../protocol/platform-ids.ts';
import type { SessionState } from '../../protocol/session-states.ts';

/** The page document that asked: the only one that gets the answer. */
export interface Asker {
  /** As the browser vouches for it. */
  readonly origin: string;
  readonly tabId: number;
  readonly documentId: string;
  /** The page's own id of the request. */
  readonly requestId: string;
}

/** A session at a front server, as the store keeps it. */
export interface StoredRelay {
  readonly businessId: string;
  readonly secret: string;
  readonly qr: string;
  readonly matchingNumber: string;
  readonly expiresAt?: number;
}

export type SessionOutcome = { readonly result: LoginToken } | { readonly error: ErrorCode };

/** One session, whole: a worker that starts with nothing but this goes on where the last one was stopped. */
export interface SessionRecord {
  /** UUID. */
  readonly id: string;
  readonly asker: Asker;
  readonly scene: 'login';
  readonly driver: Driver;
  readonly params: LoginParams;
  readonly state: SessionState;
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  /** When the current state ends by itself. */
  readonly deadline: number;
  readonly platform?: PlatformId;
  /** Makes opening or renewing at the front server repeatable. */
  readonly openingId?: string;
  readonly relay?: StoredRelay;
  /** Highest event sequence seen of `relay`. */
  readonly lastSequence: number;
  /** Sessions at front servers that nobody needs any more and that have not been told so. */
  readonly releases: readonly { readonly platform: PlatformId; readonly relay: StoredRelay }[];
  readonly outcome?: SessionOutcome;
  /** The page has the outcome, or is gone. */
  readonly settled: boolean;
  readonly windowId?: number;
}
