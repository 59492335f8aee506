import { isErrorCode } from '../protocol/error-codes.ts';
import type { PageReply } from '../protocol/page-messages.ts';
import { sessionStates, type SessionState } from '../protocol/session-states.ts';
import type { AskedQuestion } from './site-flow.ts';

/** A reply of the bridge, its question typed. */
export type SdkReply =
  | Exclude<PageReply, { type: 'question' }>
  | (AskedQuestion & { readonly type: 'question'; readonly id: string });

/**
 * A reply of the bridge, or undefined for anything else. By hand, where every other boundary has a schema: the
 * schema library would be most of the SDK. What a result proves is for the site's back end to judge.
 */
export function readReply(data: unknown): SdkReply | undefined {
  if (!isObject(data) || typeof data['id'] !== 'string') return undefined;
  const { type, id, state, value, error, question, params } = data;
  switch (type) {
    case 'ack':
      return { type, id };
    case 'state':
      return isSessionState(state) ? { type, id, state } : undefined;
    case 'question':
      // A question that this SDK does not know is answered with nothing, which the bridge refuses.
      return typeof question === 'string' && isObject(params) ? (data as SdkReply) : undefined;
    case 'result':
      return isObject(value) ? { type, id, value } : undefined;
    case 'error': {
      if (!isObject(error)) return undefined;
      const { code, message, retry } = error;
      const sound = isErrorCode(code) && typeof message === 'string' && typeof retry === 'boolean';
      return sound ? { type, id, error: { code, message, retry } } : undefined;
    }
    default:
      return undefined;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isSessionState(value: unknown): value is SessionState {
  return sessionStates.some((state) => state === value);
}
