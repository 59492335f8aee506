import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BareServer {
  readonly address: string;
  close(): void;
}

const piece = Buffer.alloc(1_048_576);

/** A Node server that lets the bytes of a PUT go and answers a GET with so many MiB, for whoever asks. */
export async function startBareServer(mebibytes: number): Promise<BareServer> {
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Methods', 'PUT, GET');
    response.setHeader('Access-Control-Allow-Headers', 'Authorization');
    if (request.method !== 'GET') {
      request.resume();
      request.on('end', () => response.writeHead(204).end());
      return;
    }
    response.writeHead(200, { 'Content-Length': mebibytes * piece.length });
    let left = mebibytes;
    const send = () => {
      while (left > 0) {
        left -= 1;
        if (!response.write(piece)) return;
      }
      response.end();
    };
    response.on('drain', send);
    send();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
