import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ByteSource } from '../../../lib/byte-source.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import { watchPace, type Pace, type PaceLimits } from './pace.ts';

/** What a token is good for. */
export type LaneTransfer =
  | {
      readonly direction: 'upload';
      /** Bytes to come, no more and no less. */
      readonly size: number;
      receive(body: AsyncIterable<Uint8Array>): Promise<void>;
      /** Aborts when the file is dropped. */
      readonly signal: AbortSignal;
    }
  | { readonly direction: 'download'; readonly source: ByteSource; readonly signal: AbortSignal };

/** Bytes of one read of a download. */
const stretch = 1_048_576;

/**
 * Carries the body of an authorised request. Rejects when it breaks off, is too slow, or cannot be stored or read;
 * the connection is cut then, so that the peer cannot take it for a success.
 */
export async function carryTransfer(
  transfer: LaneTransfer,
  request: IncomingMessage,
  response: ServerResponse,
  limits: PaceLimits,
): Promise<void> {
  const cut = () => request.socket.destroy();
  const pace = watchPace(limits, cut);
  transfer.signal.addEventListener('abort', cut);
  try {
    transfer.signal.throwIfAborted();
    if (transfer.direction === 'upload') {
      await transfer.receive(pacedBody(request, pace));
      response.writeHead(204).end();
      await happens(response, 'finish');
    } else {
      await sendSource(transfer.source, response, pace);
    }
  } catch (error) {
    cut();
    throw transfer.signal.aborted ? new CodedError('REQUEST_ABORTED') : error;
  } finally {
    pace.stop();
    transfer.signal.removeEventListener('abort', cut);
  }
}

async function* pacedBody(request: IncomingMessage, pace: Pace): AsyncGenerator<Uint8Array> {
  pace.waiting();
  try {
    for await (const chunk of request) {
      pace.moved(chunk.length);
      yield chunk;
      pace.waiting();
    }
  } catch {
    throw new CodedError('FILE_INCOMPLETE', 'the connection broke off');
  }
  pace.moved(0);
}

async function sendSource(source: ByteSource, response: ServerResponse, pace: Pace): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': source.size });
  for (let offset = 0; offset < source.size;) {
    const bytes = await source.read(offset, stretch);
    offset += bytes.length;
    pace.waiting();
    if (!response.write(bytes)) await happens(response, 'drain');
    pace.moved(bytes.length);
  }
  pace.waiting();
  response.end();
  await happens(response, 'finish');
  pace.moved(0);
}

/** Resolves at the event; rejects when the connection is gone before it. */
function happens(response: ServerResponse, event: 'drain' | 'finish'): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (isThere: boolean) => {
      response.removeListener(event, onEvent);
      response.removeListener('close', onClose);
      if (isThere) resolve();
      else reject(new CodedError('FILE_INCOMPLETE'));
    };
    const onEvent = () => settle(true);
    const onClose = () => settle(response.writableFinished);
    response.on(event, onEvent);
    response.on('close', onClose);
    if (response.destroyed || response.writableFinished) onClose();
  });
}
