import { CodedError } from '../../../protocol/coded-error.ts';
import { sizeLimits, timeLimits } from '../../../protocol/limits.ts';
import { bounded } from '../bounded.ts';
import { openWebSocket, type LoopbackSocketAddress, type OpenWebSocket } from '../open-web-socket.ts';
import { createInbox } from './inbox.ts';
import type { ServiceConnection } from './service-connection.ts';

/** Bytes: a text of the most characters takes up to three each. */
const maxMessage = 3 * sizeLimits.localServiceMessage;

/** Bytes that a service may leave untaken before it counts as gone. */
const maxUnsent = 4 * maxMessage;

/**
 * A WebSocket: texts both ways, in order. Whoever does not fetch what came in loses the connection, as does a service
 * that does not take what is sent.
 * @throws CodedError `VENDOR_NOT_RUNNING`, `VENDOR_PROTOCOL`, `VENDOR_SILENT` after `timeLimits.vendorProbe`,
 *   `REQUEST_ABORTED`
 */
export async function openSocketConnection(
  address: LoopbackSocketAddress,
  signal: AbortSignal,
): Promise<ServiceConnection> {
  const inbox = createInbox();
  const attempt = new AbortController();
  let socket: OpenWebSocket | undefined;
  let isClosed = false;

  const close = () => {
    isClosed = true;
    inbox.end();
    socket?.close();
  };
  const onText = (text: string) => {
    if (!inbox.put(text)) close();
  };
  const opening = openWebSocket(address, { maxMessage, onText, onLost: close }, attempt.signal);
  const opened = await bounded(opening, { signal, limit: timeLimits.vendorProbe }).catch((error: unknown) => {
    attempt.abort();
    throw error;
  });
  socket = opened;
  return {
    send(text) {
      if (opened.unsent() > maxUnsent) close();
      if (isClosed) throw new CodedError('VENDOR_NOT_RUNNING');
      opened.send(text);
    },
    receive: (wanted) => inbox.take(wanted),
    close,
  };
}
