/**
 * A service of our own that speaks the wire that BJCA's published script speaks (`src/clients/connectors/XTX.md`),
 * with as many bad manners as a test wants. Shares no code with the connector.
 */
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { answerCall, type XtxManner } from './xtx-service-manners.ts';
import { createTlsCertificate, type TlsCertificate } from './x509.ts';
import {
  createXtxFunctions,
  type XtxFunctions,
  type XtxOutcome,
  type XtxServiceKey,
  type XtxServiceWishes,
} from './xtx-service-functions.ts';

/** A call as it came in. */
export interface XtxServiceCall {
  readonly door: 'socket' | 'synctl';
  readonly name: string;
  readonly message: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage['headers'];
}

export interface XtxServiceOptions extends XtxServiceWishes {
  readonly keys?: readonly XtxServiceKey[];
  /** Which doors are open; the real ports unless told, `0` for any free one. */
  readonly ports?: { readonly plain?: number | undefined; readonly tls?: number | undefined };
  readonly tls?: TlsCertificate;
}

export interface XtxService {
  readonly ports: { readonly plain: number; readonly tls: number };
  readonly tls: TlsCertificate;
  /** Every call so far. */
  readonly calls: readonly XtxServiceCall[];
  /** Names of the calls so far. */
  names(): readonly string[];
  /** The next calls of these functions (of any, unless told) are answered so. */
  behave(manner: XtxManner, ...names: readonly string[]): void;
  /** Keys are inserted or pulled: connected pages are told. */
  setKeys(keys: readonly XtxServiceKey[]): void;
  /** Says something that nobody asked for to everyone who is connected. */
  say(text: string): void;
  /** Connected sockets of pages and clients, of either door. */
  connections(): number;
  /** Resolves when somebody connected to the doors, or nobody is any more. */
  untilConnections(count: number): Promise<void>;
  /** Ends as a killed program does. */
  kill(): Promise<void>;
}

const realPorts = { plain: 21_051, tls: 21_061 };

/** Opens both doors. @throws Error naming the port that another program has */
export async function startXtxService(options: XtxServiceOptions = {}): Promise<XtxService> {
  const { keys = [], tls = createTlsCertificate(['127.0.0.1']), ports: wished = realPorts } = options;
  const functions = createXtxFunctions(keys, options);
  const calls: XtxServiceCall[] = [];
  const manners = new Map<string, XtxManner>();
  const sockets = new Set<Socket>();
  const pages = new Set<WebSocket>();
  const watchers = new Set<() => void>();
  const reversed: (() => void)[] = [];

  const mannerFor = (name: string) => manners.get(name) ?? manners.get('') ?? 'sound';
  const answerSocket = async (page: WebSocket, text: string, headers: IncomingMessage['headers']) => {
    const message: Record<string, unknown> = JSON.parse(text);
    const name = String(message['xtx_func_name'] ?? message['func']);
    calls.push({ door: 'socket', name, message, headers });
    const outcome = await run(functions, message);
    answerCall(page, message['call_cmd_id'], outcome, mannerFor(name), reversed);
  };
  const onRequest = async (request: IncomingMessage, response: ServerResponse) => {
    const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' };
    if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end();
    if (request.url !== '/synctl' || request.method !== 'POST') return void response.writeHead(404).end();
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const message: Record<string, unknown> = JSON.parse(Buffer.concat(parts).toString('utf8'));
    const name = String(message['func']);
    calls.push({ door: 'synctl', name, message, headers: request.headers });
    const { value, token } = await run(functions, message);
    const manner = mannerFor(name);
    if (manner === 'silent') return;
    if (manner === 'closes') return void request.socket.destroy();
    if (manner === 'garbage') return void response.writeHead(500, cors).end('<html>');
    const body =
      manner === 'oversized' ? '"'.padEnd(3_000_000, 'x') : JSON.stringify({ retVal: value, token });
    response.writeHead(200, { ...cors, 'content-type': 'application/json' }).end(body);
  };
  const dress = async (server: Server, port: number): Promise<number> => {
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => {
        sockets.delete(socket);
        for (const watch of watchers) watch();
      });
      for (const watch of watchers) watch();
    });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void onRequest(request, response).catch(() => request.socket.destroy());
    });
    const webSockets = new WebSocketServer({ noServer: true, maxPayload: 16_777_216 });
    server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      if (!/^\/xtxapp\/?$/.test(request.url ?? '')) return void socket.destroy();
      webSockets.handleUpgrade(request, socket, head, (page) => {
        pages.add(page);
        page.on('close', () => pages.delete(page));
        page.on('error', () => undefined);
        page.on('message', (data) => void answerSocket(page, String(data), request.headers));
      });
    });
    return listen(server, port);
  };

  const plainServer = createPlainServer();
  const tlsServer = createTlsServer({ key: tls.key, cert: tls.cert });
  const kill = async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all([plainServer, tlsServer].map((server) => stop(server)));
  };
  const ports = { plain: 0, tls: 0 };
  try {
    if (wished.plain !== undefined) ports.plain = await dress(plainServer, wished.plain);
    if (wished.tls !== undefined) ports.tls = await dress(tlsServer, wished.tls);
  } catch (error) {
    await kill();
    throw error;
  }
  const say = (text: string) => {
    for (const page of pages) page.send(text);
  };
  return {
    ports,
    tls,
    calls,
    names: () => calls.map(({ name }) => name),
    behave(manner, ...names) {
      for (const name of names.length === 0 ? [''] : names) manners.set(name, manner);
    },
    setKeys(inserted) {
      functions.keys = inserted;
      say(JSON.stringify({ call_cmd_id: 'onUsbkeyChange', retVal: '' }));
    },
    say,
    connections: () => sockets.size,
    async untilConnections(count) {
      while (sockets.size !== count) {
        await new Promise<void>((resolve) => {
          const watch = () => {
            watchers.delete(watch);
            resolve();
          };
          watchers.add(watch);
        });
      }
    },
    kill,
  };
}

function run(functions: XtxFunctions, message: Readonly<Record<string, unknown>>): Promise<XtxOutcome> {
  const { xtx_func_name, func, param, token } = message;
  const args = Array.isArray(param) ? param.map(String) : [];
  return functions.run(String(xtx_func_name ?? func), args, typeof token === 'string' ? token : undefined);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(new Error(`port ${port} of 127.0.0.1 is not free for the test service: ${error.message}`));
    });
    server.listen({ host: '127.0.0.1', port }, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve();
    server.close(() => resolve());
  });
}
