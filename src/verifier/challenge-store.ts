/**
 * - `ok`: issued to this session, fresh, and from now on used
 * - `unknown`: never issued, or issued to another session, or forgotten long after its time
 * - `stale`: too old
 * - `reused`: presented before
 */
export type ChallengeVerdict = 'ok' | 'unknown' | 'stale' | 'reused';

/** Where a site keeps its challenges. One node uses `createChallengeBook`; several share a store of their own. */
export interface ChallengeStore {
  /**
   * Judges a challenge and uses it up in one atomic step: of any number of calls at once, on any node, at most one
   * gets `ok`. A challenge of another session is `unknown` and stays as it was.
   */
  consume(challenge: string, sessionKey: string): ChallengeVerdict | Promise<ChallengeVerdict>;
}
