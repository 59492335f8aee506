import type { RelaySession } from './session-book.ts';

/** Sessions by the request that made them, for ten minutes, so that a repeated request is answered alike. */
export interface RequestMemory {
  /** The session that this request made; `'differs'` where the same id came with another body. */
  recall(key: string, body: string): RelaySession | 'differs' | undefined;
  keep(key: string, body: string, session: RelaySession): void;
}

const memoryMs = 600_000;

export function createRequestMemory(clock: () => number): RequestMemory {
  const requests = new Map<
    string,
    { readonly body: string; readonly at: number; readonly session: RelaySession }
  >();

  return {
    recall(key, body) {
      const known = requests.get(key);
      if (known === undefined || clock() - known.at >= memoryMs) return undefined;
      return known.body === body ? known.session : 'differs';
    },
    keep(key, body, session) {
      const now = clock();
      for (const [old, { at }] of requests) if (now - at >= memoryMs) requests.delete(old);
      requests.set(key, { body, at: now, session });
    },
  };
}
