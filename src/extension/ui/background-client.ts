import browser, { type Runtime } from 'webextension-polyfill';
import * as v from 'valibot';
import { CodedError } from '../../protocol/coded-error.ts';
import { timeLimits } from '../../protocol/limits.ts';
import { wireErrorSchema } from '../../protocol/wire-error-schema.ts';
import { uiPortName, type UiCommand, type UiReplies, type UiSnapshot } from '../../protocol/ui-messages.ts';

export type Connection =
  /** No answer yet. */
  | 'connecting'
  | 'connected'
  /** Several attempts in a row went unanswered; attempts go on. */
  | 'notResponding'
  /** The extension was reloaded: this page belongs to the old one and gets no answer any more. */
  | 'reloaded';

export interface BackgroundState {
  readonly connection: Connection;
  /** The last snapshot heard; stays while the connection is renewed. */
  readonly snapshot?: UiSnapshot;
}

/** The pages' only door to the background's state. */
export interface BackgroundClient {
  /** Calls `listener` now and after each change; returns the way to stop that. */
  subscribe(listener: (state: BackgroundState) => void): () => void;
  /**
   * Resolves with the command's reply.
   * @throws CodedError with the background's code, or `BRIDGE_NOT_RESPONDING` after a bounded wait, or
   * `BRIDGE_RELOAD_NEEDED` when the extension was reloaded.
   */
  send<C extends UiCommand>(command: C): Promise<UiReplies[C['command']]>;
}

/** Milliseconds. A command may renew a session at the front server before it replies. */
const usualReplyLimit = timeLimits.preparation + 5_000;
/** Handing a file, and what it is over, to the client and reading it there. */
const verificationReplyLimit = 2 * timeLimits.reading;
const snapshotLimit = 5_000;
/** A connection that lived shorter than this is not followed by another at once. */
const shortLife = 1_000;
const firstDelay = 250;
const longestDelay = 4_000;
const failuresUntilNotResponding = 3;

/**
 * Opens the port to the background and keeps it open: the browser stops the worker at will, and connecting
 * again is what wakes it. Ends when `signal` aborts.
 */
export function createBackgroundClient({ signal }: { signal: AbortSignal }): BackgroundClient {
  const listeners = new Set<(state: BackgroundState) => void>();
  let state: BackgroundState = { connection: 'connecting' };
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let port: Runtime.Port | undefined;

  const become = (next: BackgroundState): void => {
    state = next;
    for (const listener of listeners) listener(state);
  };

  const connectAfter = (delay: number): void => {
    clearTimeout(timer);
    timer = setTimeout(connect, delay);
  };

  const lost = (livedMs: number): void => {
    port = undefined;
    clearTimeout(timer);
    if (signal.aborted) return;
    if (wasReloaded()) return become({ ...state, connection: 'reloaded' });
    if (livedMs >= shortLife && state.connection === 'connected') failures = 0;
    else failures += 1;
    if (failures >= failuresUntilNotResponding) become({ ...state, connection: 'notResponding' });
    else if (state.connection === 'connected') become({ ...state, connection: 'connecting' });
    connectAfter(failures === 0 ? 0 : Math.min(firstDelay * 2 ** (failures - 1), longestDelay));
  };

  const connect = (): void => {
    const start = Date.now();
    const opened = openPort();
    if (opened === undefined) return lost(0);
    port = opened;
    opened.onMessage.addListener((message) => {
      if (opened !== port) return;
      clearTimeout(timer);
      // Both ends ship together, so the snapshot is typed, not decoded.
      become({ connection: 'connected', snapshot: message as UiSnapshot });
    });
    opened.onDisconnect.addListener(() => {
      if (opened === port) lost(Date.now() - start);
    });
    timer = setTimeout(() => {
      // Its own `disconnect` does not raise `onDisconnect` on this side.
      opened.disconnect();
      lost(0);
    }, snapshotLimit);
  };

  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    port?.disconnect();
    port = undefined;
    listeners.clear();
  });
  if (!signal.aborted) connect();

  return {
    subscribe(listener) {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
    send: sendCommand,
  };
}

function wasReloaded(): boolean {
  try {
    return browser.runtime.id === undefined;
  } catch {
    return true;
  }
}

function openPort(): Runtime.Port | undefined {
  try {
    return browser.runtime.connect({ name: uiPortName });
  } catch {
    return undefined;
  }
}

const refusalSchema = v.object({ error: wireErrorSchema });

async function sendCommand<C extends UiCommand>(command: C): Promise<UiReplies[C['command']]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    const limit = command.command === 'verifyFile' ? verificationReplyLimit : usualReplyLimit;
    timer = setTimeout(resolve, limit, undefined);
  });
  try {
    const reply: unknown = await Promise.race([browser.runtime.sendMessage(command), tooLate]);
    const refusal = v.safeParse(refusalSchema, reply);
    if (refusal.success) throw new CodedError(refusal.output.error.code);
    // A worker that died before it answered leaves `undefined`; every reply is something else.
    if (reply === undefined) throw new CodedError('BRIDGE_NOT_RESPONDING');
    return reply as UiReplies[C['command']];
  } catch (error) {
    throw toCodedError(error);
  } finally {
    clearTimeout(timer);
  }
}

/** A rejection of the background carries a WireError itself, one of the browser only a text. */
function toCodedError(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  const wire = v.safeParse(wireErrorSchema, error);
  if (wire.success) return new CodedError(wire.output.code);
  return new CodedError(wasReloaded() ? 'BRIDGE_RELOAD_NEEDED' : 'BRIDGE_NOT_RESPONDING');
}
