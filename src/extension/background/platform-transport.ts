import { sizeLimits } from '../../protocol/limits.ts';
import type { HttpOutcome, HttpRequest, PlatformEnvironment } from '../../platforms/platform.ts';

/**
 * The network as platforms see it: one exchange, no cookies, no cache, no redirects, bounded in time and size.
 * Never rejects.
 */
export async function http(request: HttpRequest, signal: AbortSignal): Promise<HttpOutcome> {
  const { method, url, secret, body, timeoutMs, maxBytes = sizeLimits.frontServerAnswerBytes } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      signal: AbortSignal.any([signal, timeout]),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      headers: {
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await readBounded(response, maxBytes);
    return text === undefined ? { failure: 'tooLarge' } : { status: response.status, body: text };
  } catch {
    if (signal.aborted) return { failure: 'aborted' };
    return { failure: timeout.aborted ? 'timeout' : 'unreachable' };
  }
}

/** The body as text, or undefined as soon as it is larger than `limit` bytes. */
async function readBounded(response: Response, limit: number): Promise<string | undefined> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = '';
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** Resolves after `ms`, or at once when `signal` aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish);
  });
}

/** The outside world of the platform whose front server is at `frontServer`. */
export function platformEnvironment(frontServer: string): PlatformEnvironment {
  return { frontServer, http, pause, now: Date.now };
}
