import { assertNever } from '../lib/assert-never.ts';
import { timeLimits } from '../protocol/limits.ts';
import type { PageMethod, PageParams, PageResult } from '../protocol/page-messages.ts';
import type { SessionState } from '../protocol/session-states.ts';
import { BridgeError, ownError } from './bridge-error.ts';
import { readReply, type SdkReply } from './read-reply.ts';
import { createSiteDesk, type SiteFlow } from './site-flow.ts';

export interface CallOptions {
  /** Ends the request: the window closes, the front server is told, the promise rejects with REQUEST_ABORTED. */
  readonly signal?: AbortSignal;
  /** Told of each state that the request enters, in order. */
  readonly onState?: (state: SessionState) => void;
}

export interface PortClient {
  /**
   * One request, from ask to answer; always settles within `timeLimits.session`, `signingSession` or `bidSession`.
   * Questions about the page's own flow are answered from `flow`.
   */
  call<Method extends PageMethod>(
    method: Method,
    params: PageParams<Method>,
    options?: CallOptions,
    flow?: SiteFlow,
  ): Promise<PageResult<Method>>;
  /** Ends every open request and lets the port go. */
  close(): void;
}

/** Requests and replies over the one port that the content script handed over. */
export function createPortClient(port: MessagePort): PortClient {
  const pending = new Map<string, (reply: SdkReply) => void>();
  const closed = new AbortController();

  port.onmessage = ({ data }) => {
    const reply = readReply(data);
    if (reply !== undefined) pending.get(reply.id)?.(reply);
  };

  function call<Method extends PageMethod>(
    method: Method,
    params: PageParams<Method>,
    { signal, onState }: CallOptions = {},
    flow?: SiteFlow,
  ): Promise<PageResult<Method>> {
    const id = crypto.randomUUID();
    const lifetime = signal === undefined ? closed.signal : AbortSignal.any([signal, closed.signal]);
    if (lifetime.aborted) return Promise.reject(ownError('REQUEST_ABORTED'));
    return new Promise((resolve, reject) => {
      let state: SessionState | undefined;
      const desk =
        flow && createSiteDesk(flow, (answer) => port.postMessage({ type: 'answer', id, ...answer }));
      const fail = (error: BridgeError) => {
        finish(false);
        reject(error);
      };
      const silence = () => fail(ownError('BRIDGE_NOT_RESPONDING'));
      const abort = () => {
        port.postMessage({ type: 'cancel', id });
        fail(ownError('REQUEST_ABORTED'));
      };
      const finish = (isDone: boolean) => {
        desk?.end(isDone);
        clearTimeout(acknowledgement);
        clearTimeout(answer);
        lifetime.removeEventListener('abort', abort);
        pending.delete(id);
      };
      const acknowledgement = setTimeout(silence, timeLimits.acknowledgement);
      const whole = wholeRequestLimit(method);
      const answer = setTimeout(silence, whole + timeLimits.delivery);
      lifetime.addEventListener('abort', abort);
      pending.set(id, (reply) => {
        clearTimeout(acknowledgement);
        switch (reply.type) {
          case 'ack':
            return;
          case 'state':
            if (reply.state !== state) onState?.((state = reply.state));
            return;
          case 'error':
            return fail(new BridgeError(reply.error));
          case 'question':
            return desk?.take(reply);
          case 'result':
            finish(true);
            return resolve(reply.value as PageResult<Method>);
        }
      });
      try {
        port.postMessage({ type: 'request', id, method, params });
      } catch {
        // Something in it cannot be cloned.
        fail(ownError('BAD_REQUEST'));
      }
    });
  }

  return {
    call,
    close() {
      closed.abort();
      port.close();
    },
  };
}

function wholeRequestLimit(method: PageMethod): number {
  switch (method) {
    case 'capabilities':
    case 'login':
    case 'showLogin':
      return timeLimits.session;
    case 'signMessage':
    case 'seal':
    case 'revokeSeal':
      return timeLimits.signingSession;
    case 'encrypt':
    case 'decrypt':
    case 'rehearse':
    case 'readiness':
      return timeLimits.bidSession;
    default:
      return assertNever(method);
  }
}
