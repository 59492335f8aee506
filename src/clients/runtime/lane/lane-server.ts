import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface LaneServer {
  readonly port: number;
  /** Keeps a connection from being closed in favour of newer ones. */
  protect(socket: Socket): void;
  /** Ends once the connections that are in use have ended. */
  close(): void;
  /** Ends now. */
  destroy(): void;
}

/** Milliseconds in which a refused request may still take the answer. */
const refusalTime = 1_000;

/**
 * Listens on a free port of 127.0.0.1 alone. Rejects with the system's error where that is impossible. When there are
 * more than `maximumSockets` connections, the oldest that is not protected is closed: who connects without a right to
 * keeps nobody else out.
 */
export function startLaneServer(
  onRequest: (request: IncomingMessage, response: ServerResponse) => void,
  { maximumSockets, headTime }: { readonly maximumSockets: number; readonly headTime: number },
): Promise<LaneServer> {
  const sockets = new Map<Socket, { isProtected: boolean }>();
  const server = createServer({
    maxHeaderSize: 8_192,
    headersTimeout: headTime,
    // A body of many gigabytes takes its time; its pace is watched instead.
    requestTimeout: 0,
    keepAliveTimeout: 2_000,
    connectionsCheckingInterval: 500,
    noDelay: true,
  });
  server.maxHeadersCount = 100;
  server.on('request', onRequest);
  // Nobody of ours expects anything; an answer of 100 would invite a body before the request is judged.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) =>
    refuseRequest(request, response, 417),
  );
  server.on('connection', (socket: Socket) => {
    sockets.set(socket, { isProtected: false });
    socket.on('close', () => sockets.delete(socket));
    if (sockets.size <= maximumSockets) return;
    const oldest = [...sockets].find(([, { isProtected }]) => !isProtected);
    oldest?.[0].destroy();
  });
  const destroy = () => {
    server.close();
    for (const socket of sockets.keys()) socket.destroy();
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      server.removeListener('error', reject);
      // A later failure to accept (out of handles, say) fails that connection; its peer falls back to chunks.
      server.on('error', () => undefined);
      resolve({
        port: (server.address() as AddressInfo).port,
        protect(socket) {
          const state = sockets.get(socket);
          if (state !== undefined) state.isProtected = true;
        },
        close() {
          server.close();
          for (const [socket, { isProtected }] of sockets) if (!isProtected) socket.destroy();
        },
        destroy,
      });
    });
  });
}

/** Answers with a bare status and lets go of the connection, whatever is still being sent on it. */
export function refuseRequest(request: IncomingMessage, response: ServerResponse, status: number): void {
  const { socket } = request;
  response.writeHead(status, { Connection: 'close', 'Content-Length': 0 }).end();
  request.resume();
  const timer = setTimeout(() => socket.destroy(), refusalTime);
  socket.once('close', () => clearTimeout(timer));
}
