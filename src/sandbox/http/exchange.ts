import type { IncomingHttpHeaders } from 'node:http';

/** One HTTP request; its body read whole, or at a path for large bodies as it comes. */
export interface Exchange {
  readonly method: string;
  /** Path as sent: still percent-encoded, dot segments removed. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The caller's address, without port. */
  readonly address: string;
  readonly secure: boolean;
  /** `'tooLarge'` once the body passed the server's limit; the rest of it was not kept. */
  readonly body: Uint8Array | 'tooLarge';
  /**
   * The body as it comes, where the server has one for this path; `body` is empty there. To be read once, from
   * beginning to end or not at all. Throws `BodyTooLarge` past the server's limit, and what the socket threw when the
   * sender broke off.
   */
  readonly stream?: AsyncIterable<Uint8Array> | undefined;
  /** Aborted when the caller is gone or the server closes: whoever holds the request lets go. */
  readonly gone: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A stream is sent as it is read; where it throws, the connection is cut. */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** A streamed body passed its server's limit. */
export class BodyTooLarge extends Error {
  constructor() {
    super('body too large');
    this.name = 'BodyTooLarge';
  }
}

/** Answers one request; `'destroy'` cuts the connection without an answer. */
export type Handler = (exchange: Exchange) => Promise<Answer | 'destroy'>;

/** An answer of JSON in UTF-8. */
export function jsonAnswer(status: number, value: unknown, headers: Answer['headers'] = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(value),
  };
}
