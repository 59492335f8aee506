import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { timeLimits } from '../../../protocol/limits.ts';
import type { LaneAddress } from '../../../protocol/native-messages.ts';
import { clientErrorCode } from '../failure-of.ts';
import type { Log } from '../log.ts';
import { carryTransfer, type LaneTransfer } from './carry-transfer.ts';
import { judgeBody, judgeRequest } from './judge-request.ts';
import { refuseRequest, startLaneServer, type LaneServer } from './lane-server.ts';
import { defaultPace, type PaceLimits } from './pace.ts';

export type { LaneTransfer } from './carry-transfer.ts';

export interface LaneTicket {
  readonly address: LaneAddress;
  /** The token is worth nothing any more, unless it is in use already. */
  revoke(): void;
}

/** The loopback lane: bytes of files over HTTP, which is several times as fast as native messaging. */
export interface Lane {
  /** A token for one transfer, or `undefined` where this process cannot listen. */
  announce(transfer: LaneTransfer): Promise<LaneTicket | undefined>;
  /** True while a transfer runs. */
  isActive(): boolean;
  /** Ends every transfer and the server; later announcements get no token. */
  close(): void;
}

export interface LaneOptions {
  /** `chrome-extension://<id>`: the one origin that is answered. */
  readonly origin: string;
  readonly log: Log;
  /** Called when a transfer begins or ends. */
  readonly onActivity: () => void;
  readonly pace?: PaceLimits;
  /** Milliseconds that an unused token lives. */
  readonly tokenTime?: number;
  readonly maximumSockets?: number;
  /** Milliseconds in which the head of a request must have come. */
  readonly headTime?: number;
}

interface Ticket {
  readonly digest: Buffer;
  readonly transfer: LaneTransfer;
  readonly timer: NodeJS.Timeout;
}

/** A lane that listens only while there are transfers. */
export function createLane({
  origin,
  log,
  onActivity,
  pace = defaultPace,
  tokenTime = timeLimits.laneToken,
  maximumSockets = 32,
  headTime = 5_000,
}: LaneOptions): Lane {
  const tickets = new Set<Ticket>();
  let starting: Promise<LaneServer> | undefined;
  let server: LaneServer | undefined;
  let announcing = 0;
  let running = 0;
  let carried = 0;
  let refused = 0;
  let closed = false;

  const start = async () => {
    starting ??= startLaneServer(serve, { maximumSockets, headTime }).then((started) => {
      server = started;
      log.write({ event: 'laneOpened' });
      return started;
    });
    try {
      return await starting;
    } catch {
      starting = undefined;
      return undefined;
    }
  };
  const stop = (end: 'close' | 'destroy') => {
    if (server === undefined) return;
    server[end]();
    server = undefined;
    starting = undefined;
    log.write({ event: 'laneClosed', transfers: carried, refused });
    carried = 0;
    refused = 0;
  };
  const stopWhenUnused = () => {
    if (tickets.size === 0 && running === 0 && announcing === 0) stop('close');
  };
  const forget = (ticket: Ticket) => {
    clearTimeout(ticket.timer);
    tickets.delete(ticket);
  };
  const revoke = (ticket: Ticket) => {
    forget(ticket);
    stopWhenUnused();
  };
  const refuse = (request: IncomingMessage, response: ServerResponse, status: number) => {
    refused += 1;
    refuseRequest(request, response, status);
  };

  /** Takes the same time for every token. */
  const ticketFor = (token: string): Ticket | undefined => {
    const digest = digestOf(token);
    let found: Ticket | undefined;
    for (const ticket of tickets) if (timingSafeEqual(ticket.digest, digest)) found = ticket;
    return found;
  };

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    if (server === undefined) return request.socket.destroy();
    const verdict = judgeRequest(request, { port: server.port, origin });
    if (verdict.kind === 'refused') return refuse(request, response, verdict.status);
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Vary', 'Origin');
    response.setHeader('Cache-Control', 'no-store');
    if (verdict.kind === 'preflight') return answerPreflight(request, response);

    const ticket = ticketFor(verdict.token);
    if (ticket === undefined) return refuse(request, response, 403);
    forget(ticket);
    const { transfer } = ticket;
    const status = judgeTransfer(request, verdict.direction, transfer);
    if (status !== undefined) {
      refuse(request, response, status);
      return stopWhenUnused();
    }
    server.protect(request.socket);
    response.setHeader('Connection', 'close');
    void carry(transfer, request, response);
  };

  const carry = async (transfer: LaneTransfer, request: IncomingMessage, response: ServerResponse) => {
    const begun = performance.now();
    const bytes = transfer.direction === 'upload' ? transfer.size : transfer.source.size;
    running += 1;
    onActivity();
    const outcome = await carryTransfer(transfer, request, response, pace).then(
      () => 'done' as const,
      clientErrorCode,
    );
    running -= 1;
    carried += 1;
    log.write({
      event: 'transferEnded',
      direction: transfer.direction,
      outcome,
      bytes,
      milliseconds: Math.round(performance.now() - begun),
    });
    onActivity();
    stopWhenUnused();
  };

  return {
    async announce(transfer) {
      if (closed) return undefined;
      announcing += 1;
      const started = await start();
      announcing -= 1;
      if (started === undefined || closed || transfer.signal.aborted) {
        stopWhenUnused();
        return undefined;
      }
      const token = randomBytes(32).toString('base64url');
      const timer = setTimeout(() => revoke(ticket), tokenTime);
      const ticket: Ticket = { digest: digestOf(token), transfer, timer };
      tickets.add(ticket);
      transfer.signal.addEventListener('abort', () => revoke(ticket), { once: true });
      return { address: { port: started.port, token }, revoke: () => revoke(ticket) };
    },
    isActive: () => running > 0,
    close() {
      closed = true;
      for (const ticket of tickets) forget(ticket);
      stop('destroy');
    },
  };
}

/** The status to refuse the holder of a token with, who asks for something else than the token is for. */
function judgeTransfer(
  request: IncomingMessage,
  direction: LaneTransfer['direction'],
  transfer: LaneTransfer,
): number | undefined {
  if (direction !== transfer.direction) return 405;
  return transfer.direction === 'upload' ? judgeBody(request.headersDistinct, transfer.size) : undefined;
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Methods', 'PUT, GET, POST');
  response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
  if (request.headers['access-control-request-private-network'] === 'true') {
    response.setHeader('Access-Control-Allow-Private-Network', 'true');
  }
  response.writeHead(204).end();
}
