import type { AbortSignalLike } from '../lib/abort-signal-like.ts';

/** One HTTP exchange, bounded in time and size. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Bearer secret, sent as `Authorization`. */
  readonly secret?: string;
  /** JSON body. */
  readonly body?: object;
  readonly timeoutMs: number;
  /** Bytes of the largest answer that is read; `sizeLimits.frontServerAnswerBytes` unless told. */
  readonly maxBytes?: number;
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
  /** Base address of this platform's front server, from the configuration; empty for drivers that ask none. */
  readonly frontServer: string;
  http(request: HttpRequest, signal: AbortSignalLike): Promise<HttpOutcome>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds, or at once when `signal` aborts. */
  pause(ms: number, signal: AbortSignalLike): Promise<void>;
}
