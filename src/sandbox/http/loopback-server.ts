import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Answer, Exchange, Handler } from './exchange.ts';

export interface TlsIdentity {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
}

export interface LoopbackServer {
  readonly port: number;
  /** Cuts every connection; resolves when no socket of the server is left. */
  close(): Promise<void>;
}

const bodyLimitBytes = 65_536;
/** This far past its limit a sender is cut off instead of answered. */
const drainLimitBytes = 4 * 1024 * 1024;

export interface ListenOptions {
  readonly port: number;
  readonly tls?: TlsIdentity | undefined;
  /** Bytes of the largest body at a path; 64 KiB unless told. */
  readonly bodyLimit?: ((path: string) => number) | undefined;
}

/**
 * Serves `handler` on 127.0.0.1. Port 0 takes any free one.
 * @throws the system's error when the port is taken.
 */
export async function listen(handler: Handler, options: ListenOptions): Promise<LoopbackServer> {
  const { port, tls } = options;
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    void serve(handler, options, request, response);
  };
  const server: Server = tls === undefined ? createServer(onRequest) : createTlsServer({ ...tls }, onRequest);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  handler: Handler,
  { tls, bodyLimit = () => bodyLimitBytes }: ListenOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const address = `http://127.0.0.1${request.url ?? '/'}`;
    if (!URL.canParse(address)) return send(response, { status: 400 });
    const url = new URL(address);
    const body = await readBody(request, bodyLimit(url.pathname));
    if (body === 'endless') return send(response, 'destroy');
    const exchange: Exchange = {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      address: request.socket.remoteAddress ?? '',
      secure: tls !== undefined,
      body,
      gone: gone.signal,
    };
    send(response, await handler(exchange));
  } catch (error) {
    if (gone.signal.aborted || !request.complete) return send(response, 'destroy');
    console.error(error);
    send(response, { status: 500 });
  }
}

async function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<Uint8Array | 'tooLarge' | 'endless'> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > limit + drainLimitBytes) return 'endless';
    if (length <= limit) parts.push(part);
  }
  return length > limit ? 'tooLarge' : Buffer.concat(parts);
}

function send(response: ServerResponse, answer: Answer | 'destroy'): void {
  if (answer === 'destroy') {
    response.destroy();
    return;
  }
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  response.writeHead(answer.status).end(answer.body);
}
