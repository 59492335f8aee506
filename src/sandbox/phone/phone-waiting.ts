import { callFrontServer, type Fetch, type OwnSession } from './front-server-calls.ts';
import { PhoneError } from './phone-error.ts';
import { memberOf, secondsOf } from './read-scan.ts';

/** What the computer's side gave the phone to sign or to open, not yet looked at. */
export interface Given {
  readonly parts: unknown;
  /** Seconds left. */
  readonly expiresIn?: number;
}

const longestAnswer = 24 * 1024 ** 2;
const usualSeconds = 900;

/** Resolves after `ms`, or at once when `signal` aborts. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', settle);
      resolve();
    };
    const timer = setTimeout(settle, ms);
    if (signal?.aborted) settle();
    else signal?.addEventListener('abort', settle);
  });
}

const isPassing = (error: unknown): boolean =>
  error instanceof PhoneError && (error.code === 'network' || error.code === 'serverFailed');

/**
 * Asks every `pollMs` until something is there, over trouble of network and front server, as long as the session lives.
 * @throws PhoneError, `ended` also when `signal` aborts
 */
export async function untilGiven(
  fetch: Fetch,
  pollMs: number,
  { address, phoneSecret: secret }: OwnSession,
  signal?: AbortSignal,
): Promise<Given> {
  for (let end = Date.now() + usualSeconds * 1_000; ; await pause(pollMs, signal)) {
    if (signal?.aborted) throw new PhoneError('ended', 'nobody waits any more');
    let answer: unknown;
    try {
      answer = await callFrontServer(fetch, { method: 'GET', address, secret, longestAnswer });
    } catch (error) {
      if (isPassing(error) && Date.now() < end) continue;
      throw error;
    }
    const left = secondsOf(answer);
    end = Date.now() + (left.expiresIn ?? usualSeconds) * 1_000;
    if (memberOf(answer, 'state') === 'toBeSigned') return { parts: memberOf(answer, 'toBeSigned'), ...left };
  }
}
