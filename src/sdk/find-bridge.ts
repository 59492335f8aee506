import { timeLimits } from '../protocol/limits.ts';
import { ownError } from './bridge-error.ts';
import { isObject } from './read-reply.ts';

/**
 * Asks the page's content script for a port. Announcements from anywhere but this very window, or for another
 * question, do not count.
 * @throws BridgeError BRIDGE_NOT_INSTALLED within `timeLimits.discovery`, REQUEST_ABORTED by `signal`,
 *   INSECURE_CONTEXT, FRAME_NOT_ALLOWED
 */
export function findBridge(signal: AbortSignal | undefined): Promise<MessagePort> {
  if (!isSecureContext) return Promise.reject(ownError('INSECURE_CONTEXT'));
  if (window !== window.top) return Promise.reject(ownError('FRAME_NOT_ALLOWED'));
  if (signal?.aborted) return Promise.reject(ownError('REQUEST_ABORTED'));

  const nonce = crypto.randomUUID();
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const finish = (outcome: () => void) => {
      clearTimeout(timer);
      done.abort();
      outcome();
    };
    const timer = setTimeout(
      () => finish(() => reject(ownError('BRIDGE_NOT_INSTALLED'))),
      timeLimits.discovery,
    );
    signal?.addEventListener('abort', () => finish(() => reject(ownError('REQUEST_ABORTED'))), {
      signal: done.signal,
    });
    window.addEventListener(
      'message',
      ({ source, origin, data, ports: [port] }) => {
        if (source !== window || origin !== location.origin || port === undefined) return;
        if (!isObject(data) || data['caBridge'] !== 'announce' || data['nonce'] !== nonce) return;
        finish(() => resolve(port));
      },
      { signal: done.signal },
    );
    window.postMessage({ caBridge: 'ask', nonce }, location.origin);
  });
}
