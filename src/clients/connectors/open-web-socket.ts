import { WebSocket } from 'ws';
import { CodedError } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';

/** Always this machine: only there is a certificate that nobody vouches for taken. */
export type LoopbackSocketAddress = `${'ws' | 'wss'}://127.0.0.1:${number}/${string}`;

export interface WebSocketParts {
  /** Bytes of the longest message that is taken; a longer one ends the connection. */
  readonly maxMessage: number;
  /** A whole text; binary messages end the connection. */
  readonly onText: (text: string) => void;
  /** Called once after the connection was open, unless `close` ended it. */
  readonly onLost: (code: ErrorCode) => void;
}

export interface OpenWebSocket {
  send(text: string): void;
  /** Bytes that the other side has not taken yet. */
  unsent(): number;
  close(): void;
}

/** Milliseconds for the other side to take leave. */
const farewell = 500;

/**
 * Connects to a service on 127.0.0.1, without `Origin`, compression and redirects. A TLS certificate is not judged: no
 * authority issues one for a loopback address, and whoever can listen there runs on this machine.
 * @throws CodedError `VENDOR_NOT_RUNNING` where nobody listens, `VENDOR_PROTOCOL` for what is no WebSocket server,
 *   `REQUEST_ABORTED`
 */
export function openWebSocket(
  address: LoopbackSocketAddress,
  { maxMessage, onText, onLost }: WebSocketParts,
  signal: AbortSignal,
): Promise<OpenWebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, {
      rejectUnauthorized: false,
      perMessageDeflate: false,
      followRedirects: false,
      maxPayload: maxMessage,
    });
    let isOpen = false;
    let isOver = false;
    const close = () => {
      isOver = true;
      const timer = setTimeout(() => socket.terminate(), farewell);
      socket.once('close', () => clearTimeout(timer));
      socket.close();
    };
    const abort = () => {
      reject(new CodedError('REQUEST_ABORTED'));
      close();
    };
    const fail = (error: CodedError) => {
      signal.removeEventListener('abort', abort);
      reject(error);
      if (isOpen && !isOver) onLost(error.code);
      isOver = true;
      socket.terminate();
    };

    socket.on('error', (error) => {
      fail(new CodedError(isOpen ? 'VENDOR_PROTOCOL' : codeOfFailure(error), error.message));
    });
    socket.on('close', () => fail(new CodedError('VENDOR_NOT_RUNNING', 'closed')));
    socket.on('message', (data, isBinary) => {
      if (isOver) return;
      if (isBinary) fail(new CodedError('VENDOR_PROTOCOL', 'a binary message'));
      else onText(String(data));
    });
    socket.on('open', () => {
      isOpen = true;
      signal.removeEventListener('abort', abort);
      resolve({
        send: (text) => socket.send(text),
        unsent: () => socket.bufferedAmount,
        close,
      });
    });
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
  });
}

/** Nobody listens; anything else is somebody who speaks another language. */
const refusals: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'EADDRNOTAVAIL',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);

/** What an error of a connection to this machine means. */
function codeOfFailure(error: Error): ErrorCode {
  return 'code' in error && refusals.has(error.code) ? 'VENDOR_NOT_RUNNING' : 'VENDOR_PROTOCOL';
}
