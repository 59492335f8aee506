import browser, { type Runtime } from 'webextension-polyfill';
import { CodedError } from '../../protocol/coded-error.ts';
import type { SignedDocuments } from '../../protocol/documents.ts';
import { timeLimits } from '../../protocol/limits.ts';
import type { PageReply, RelayedRequest, SealParams } from '../../protocol/page-messages.ts';
import { pagePortName } from '../../protocol/page-wire-names.ts';
import type { SessionState } from '../../protocol/session-states.ts';

/** Pauses before each try to reach a background that was stopped; after the last one the test ends. */
const reconnectPausesMs = [0, 50, 200, 500, 1_000, 2_000];

interface SealOptions {
  /** Aborting it cancels the request. */
  readonly signal: AbortSignal;
  readonly onState: (state: SessionState) => void;
}

/**
 * Seals by the same messages as a trading page, spoken to the background directly.
 * @throws CodedError with the bridge's code; `USER_CANCELLED` when `signal` aborted
 */
export function sealThroughBridge(params: SealParams, options: SealOptions): Promise<SignedDocuments> {
  return new Promise((resolve, reject) => converse(params, options, resolve, reject));
}

function converse(
  params: SealParams,
  { signal, onState }: SealOptions,
  resolve: (sealed: SignedDocuments) => void,
  reject: (error: CodedError) => void,
): void {
  const id = crypto.randomUUID();
  const request: RelayedRequest = { type: 'request', id, method: 'seal', params };
  let losses = 0;
  let port: Runtime.Port | undefined;
  let over = false;
  const send = (message: RelayedRequest): void => port?.postMessage(message);
  const end = (settle: () => void): void => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    settle();
    // The last word is on its way already: a port delivers in order before it closes.
    port?.disconnect();
  };
  const fail = (code: CodedError['code']): void => end(() => reject(new CodedError(code)));
  let timer = setTimeout(fail, timeLimits.acknowledgement, 'BRIDGE_NOT_RESPONDING');
  const cancel = (): void => {
    send({ type: 'cancel', id });
    fail('USER_CANCELLED');
  };

  // Both ends ship together, so replies are typed, not decoded.
  const hear = (reply: PageReply): void => {
    if (over || reply.id !== id) return;
    losses = 0;
    if (reply.type === 'ack') {
      clearTimeout(timer);
      timer = setTimeout(fail, timeLimits.signingSession + timeLimits.delivery, 'BRIDGE_NOT_RESPONDING');
    }
    if (reply.type === 'state') onState(reply.state);
    if (reply.type !== 'result' && reply.type !== 'error') return;
    send({ type: 'delivered', id });
    if (reply.type === 'error') fail(reply.error.code);
    else end(() => resolve(reply.value as SignedDocuments));
  };
  const connect = (): void => {
    if (over) return;
    try {
      port = browser.runtime.connect({ name: pagePortName });
    } catch {
      return fail('BRIDGE_RELOAD_NEEDED');
    }
    port.onMessage.addListener((message) => hear(message as PageReply));
    port.onDisconnect.addListener(() => {
      const pause = reconnectPausesMs[losses++];
      if (pause === undefined) return fail('BRIDGE_NOT_RESPONDING');
      // Asked again, word for word: the background knows the request by its id.
      setTimeout(connect, pause);
    });
    send(request);
  };
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  else connect();
}
