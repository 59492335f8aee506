import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Answer, Exchange, Handler } from './exchange.ts';
import { requestBody } from './request-body.ts';

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

export interface ListenOptions {
  readonly port: number;
  readonly tls?: TlsIdentity | undefined;
  /** Bytes of the largest body at a path; 64 KiB unless told. */
  readonly bodyLimit?: ((path: string) => number) | undefined;
  /** Paths at which the handler takes bodies as they come; none unless told. */
  readonly isStreamed?: ((path: string) => boolean) | undefined;
}

/**
 * Serves `handler` on 127.0.0.1. Port 0 takes any free one.
 * @throws the system's error when the port is taken.
 */
export async function listen(handler: Handler, options: ListenOptions): Promise<LoopbackServer> {
  const { port, tls, isStreamed } = options;
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    void serve(handler, options, request, response);
  };
  // A body without end of its own may take longer than the five minutes that Node gives a request.
  const limits = isStreamed === undefined ? {} : { requestTimeout: 0 };
  const server: Server =
    tls === undefined ? createServer(limits, onRequest) : createTlsServer({ ...limits, ...tls }, onRequest);
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
  { tls, bodyLimit = () => bodyLimitBytes, isStreamed = () => false }: ListenOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const address = `http://127.0.0.1${request.url ?? '/'}`;
    if (!URL.canParse(address)) return await send(response, { status: 400 });
    const url = new URL(address);
    const body = requestBody(request, bodyLimit(url.pathname));
    const streamed = isStreamed(url.pathname);
    const whole = streamed ? new Uint8Array() : await body.whole();
    if (whole === 'endless') return void response.destroy();
    const exchange: Exchange = {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      address: request.socket.remoteAddress ?? '',
      secure: tls !== undefined,
      body: whole,
      ...(streamed ? { stream: body.stream() } : {}),
      gone: gone.signal,
    };
    const answer = await handler(exchange);
    if (answer === 'destroy' || (streamed && (await body.drain()) === 'endless')) {
      return void response.destroy();
    }
    await send(response, answer);
  } catch (error) {
    // A sender that broke off is nobody to tell.
    if (gone.signal.aborted || request.errored !== null || response.headersSent)
      return void response.destroy();
    console.error(error);
    // What is left of the request would be taken for the next one.
    if (!request.complete) response.setHeader('connection', 'close');
    await send(response, { status: 500 });
  }
}

async function send(response: ServerResponse, { status, headers = {}, body }: Answer): Promise<void> {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.writeHead(status);
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) response.end(body);
  else await pipeline(body, response);
}
