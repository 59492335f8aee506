/** Programs that may sit at a vendor's ports instead of the vendor's service. */
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { WebSocketServer } from 'ws';

export interface OtherProgram {
  readonly port: number;
  /** Bytes that anybody ever sent to it. */
  heard(): number;
  close(): Promise<void>;
}

/** A web server that answers everything with a page. */
export function startWebServer(port = 0): Promise<OtherProgram> {
  return start(
    createHttpServer((_, response) => response.end('<html>another program</html>')),
    port,
  );
}

/** Sends back what it gets. */
export function startEcho(port = 0): Promise<OtherProgram> {
  return start(
    createServer((socket) => {
      socket.on('error', () => undefined);
      socket.pipe(socket);
    }),
    port,
  );
}

/** Takes connections and says nothing. */
export function startSilence(port = 0): Promise<OtherProgram> {
  return start(
    createServer((socket) => {
      socket.on('error', () => undefined);
      socket.resume();
    }),
    port,
  );
}

/** Cuts whoever connects. */
export function startCutter(port = 0): Promise<OtherProgram> {
  return start(
    createServer((socket) => socket.destroy()),
    port,
  );
}

/** Another program's WebSocket server, which sends back each text. */
export function startSocketEcho(port = 0): Promise<OtherProgram> {
  const server = createHttpServer();
  const webSockets = new WebSocketServer({ server });
  webSockets.on('connection', (page) => page.on('message', (data) => page.send(String(data))));
  return start(server, port);
}

function start(server: Server, port: number): Promise<OtherProgram> {
  const sockets = new Set<Socket>();
  let heard = 0;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => (heard += socket.bytesRead));
    socket.on('close', () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        heard: () => [...sockets].reduce((sum, { bytesRead }) => sum + bytesRead, heard),
        close: () =>
          new Promise((closed) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => closed());
          }),
      });
    });
  });
}
