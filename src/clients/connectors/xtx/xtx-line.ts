import { CodedError } from '../../../protocol/coded-error.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import { timeLimits } from '../../../protocol/limits.ts';
import { bounded } from '../bounded.ts';
import { openWebSocket, type LoopbackSocketAddress, type OpenWebSocket } from '../open-web-socket.ts';
import {
  decodeXtxMessage,
  encodeXtxCall,
  truthOf,
  type XtxCredentials,
  type XtxFunction,
  type XtxReply,
  type XtxValue,
} from './xtx-wire.ts';

export interface XtxCallOptions {
  readonly signal: AbortSignal;
  /** Milliseconds; `timeLimits.vendorCall` unless told. */
  readonly limit?: number;
}

/** A connection to the service: calls go out at once, and answers come in any order. */
export interface XtxLine {
  /**
   * @returns the function's value, which tells its own failure (`XTX.md`)
   * @throws CodedError `VENDOR_SILENT`, `VENDOR_PROTOCOL`, `VENDOR_NOT_RUNNING` when the connection ends,
   *   `VENDOR_LOGIN_REFUSED` where the service wants a login first, `REQUEST_ABORTED`
   */
  call(name: XtxFunction, args: readonly string[], options: XtxCallOptions): Promise<XtxValue>;
  isOpen(): boolean;
  /** What waits is rejected with `VENDOR_NOT_RUNNING`; the login is forgotten with the line. */
  close(): void;
}

interface Pending {
  readonly name: XtxFunction;
  readonly resolve: (value: XtxValue) => void;
  readonly reject: (error: CodedError) => void;
}

/** Bytes of the longest answer: certificates, signatures and envelopes of keys are a few thousand. */
const maxAnswer = 1_048_576;

/**
 * Connects; nothing is asked yet.
 * @param onKeyChange Called when the service says that a key was inserted or pulled.
 * @throws CodedError as `openWebSocket`
 */
export async function openXtxLine(
  address: LoopbackSocketAddress,
  onKeyChange: () => void,
  signal: AbortSignal,
): Promise<XtxLine> {
  const pending = new Map<string, Pending>();
  let credentials: XtxCredentials = {};
  let lastId = 0;
  let socket: OpenWebSocket | undefined;
  let ended: CodedError | undefined;

  const end = (error: CodedError) => {
    ended ??= error;
    for (const { reject } of pending.values()) reject(ended);
    pending.clear();
    socket?.close();
  };
  const takeReply = ({ id, value, credentials: given, loginError }: XtxReply) => {
    const asked = pending.get(id);
    // Nobody asked, or nobody waits any more.
    if (asked === undefined) return;
    pending.delete(id);
    credentials = { ...credentials, ...given };
    const isRefused = asked.name === 'SOF_Login' && !truthOf(value);
    if (loginError || isRefused) credentials = {};
    if (loginError) asked.reject(new CodedError('VENDOR_LOGIN_REFUSED', 'loginError'));
    else asked.resolve(value);
  };
  const take = (text: string) => {
    try {
      const message = decodeXtxMessage(text);
      if (message.kind === 'reply') takeReply(message);
      if (message.kind === 'keyChange') onKeyChange();
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      end(error);
    }
  };
  const onLost = (code: ErrorCode) => end(new CodedError(code, 'connection lost'));
  const opened = await openWebSocket(address, { maxMessage: maxAnswer, onText: take, onLost }, signal);
  socket = opened;

  return {
    async call(name, args, { signal: wanted, limit = timeLimits.vendorCall }) {
      if (ended !== undefined) throw ended;
      lastId += 1;
      const id = `i_${lastId}`;
      const answer = new Promise<XtxValue>((resolve, reject) => pending.set(id, { name, resolve, reject }));
      opened.send(encodeXtxCall({ id, name, args }, credentials));
      try {
        return await bounded(answer, { signal: wanted, limit });
      } finally {
        pending.delete(id);
      }
    },
    isOpen: () => ended === undefined,
    close: () => end(new CodedError('VENDOR_NOT_RUNNING', 'let go')),
  };
}
