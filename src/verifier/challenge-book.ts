import { createHash, randomBytes } from 'node:crypto';
import type { ChallengeStore, ChallengeVerdict } from './challenge-store.ts';

export interface ChallengeBookOptions {
  /** How long a challenge may be answered, milliseconds; five minutes unless told. */
  readonly ttlMs?: number;
  /**
   * Challenges remembered at once, about 300 bytes each; 100,000 unless told. Above it the oldest is forgotten, so
   * a site limits how often one client may ask for a challenge.
   */
  readonly capacity?: number;
  /** Milliseconds; `Date.now` unless told. */
  readonly now?: () => number;
}

/** Challenges of one process, in memory. */
export interface ChallengeBook extends ChallengeStore {
  /**
   * A new challenge: 256 random bits, 43 characters of base64url.
   * @param sessionKey what ties it to one browser before login, such as the value of a session cookie
   */
  issue(sessionKey: string): string;
  consume(challenge: string, sessionKey: string): ChallengeVerdict;
}

interface Entry {
  readonly session: string;
  readonly issuedAt: number;
  used: boolean;
}

/** @throws RangeError when `ttlMs` or `capacity` is not a positive whole number */
export function createChallengeBook(options: ChallengeBookOptions = {}): ChallengeBook {
  const { ttlMs = 300_000, capacity = 100_000, now = Date.now } = options;
  for (const value of [ttlMs, capacity]) {
    if (!Number.isSafeInteger(value) || value <= 0) throw new RangeError('not a positive whole number');
  }
  /** In the order of issue, so that the first is always the oldest. */
  const entries = new Map<string, Entry>();

  // Kept for one more lifetime, so that a late or repeated answer is told from an unknown one.
  const forget = () => {
    for (const [challenge, { issuedAt }] of entries) {
      if (entries.size <= capacity && now() - issuedAt <= 2 * ttlMs) break;
      entries.delete(challenge);
    }
  };

  return {
    issue(sessionKey) {
      if (sessionKey === '') throw new RangeError('empty session key');
      const challenge = randomBytes(32).toString('base64url');
      entries.set(challenge, { session: digest(sessionKey), issuedAt: now(), used: false });
      forget();
      return challenge;
    },

    consume(challenge, sessionKey) {
      const entry = entries.get(challenge);
      if (entry === undefined || entry.session !== digest(sessionKey)) return 'unknown';
      if (entry.used) return 'reused';
      entry.used = true;
      return now() - entry.issuedAt <= ttlMs ? 'ok' : 'stale';
    },
  };
}

/** Of fixed size whatever the site uses as a key, and no secret to whoever reads memory. */
function digest(sessionKey: string): string {
  return createHash('sha256').update(sessionKey).digest('base64');
}
