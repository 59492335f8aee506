import { randomBytes, randomUUID } from 'node:crypto';
import { encodeQR } from 'qr';
import { generateSm2KeyPair } from '../../gm/sm2.ts';
import { sm3 } from '../../gm/sm3.ts';
import { toBase64, toHex, utf8 } from '../../lib/bytes.ts';
import type { Scene } from '../../protocol/scenes.ts';
import { jsonAnswer, type Answer, type Exchange } from '../http/exchange.ts';
import { readJsonObject, type JsonObject } from '../http/json-body.ts';
import {
  createFrontServerClient,
  FrontServerError,
  type FrontServerQr,
  type QrState,
} from './front-server-client.ts';
import { isLegacyScene, legacyScenes } from './legacy-scenes.ts';
import { refusal } from './site-codes.ts';

export interface LegacyRoutesOptions {
  /** Base address at which the platform's front server is reached. */
  readonly frontServer: () => string;
  readonly clock: () => number;
  /** A challenge for this browser at `origin`. */
  readonly challengeFor: (visitor: string, origin: string) => string;
  /** Verifies the token that answers `challenge`; 200 with the cookie of a new session where it holds. */
  readonly admit: (exchange: Exchange, attempt: LoginTry) => Promise<Answer>;
}

export interface LoginTry {
  readonly origin: string;
  /** Key of the browser to which the challenge was given. */
  readonly visitor: string;
  readonly challenge: string;
  readonly token: unknown;
}

/** The back end of the pages under `/legacy/`, which show QRs themselves. */
export interface LegacyRoutes {
  /** Undefined where nothing is at the path. */
  get(exchange: Exchange, visitor: string | undefined): Answer | undefined;
  /** A POST that one of the site's own pages sent. `visitor` is the browser's key; new ones get it as a cookie. */
  post(
    exchange: Exchange,
    caller: { readonly origin: string; readonly visitor: string },
  ): Promise<Answer | undefined>;
}

/** What a page hears of its QR. */
export type LegacyPageState = QrState | 'loggedIn' | 'failed';

/** One QR that a page shows. */
interface Ticket {
  readonly scene: Scene;
  readonly visitor: string;
  readonly origin: string;
  readonly challenge?: string;
  readonly qr: FrontServerQr;
  readonly openedAt: number;
  /** Its token is being verified: a challenge serves once. */
  isLoggingIn: boolean;
}

const ticketMs = 900_000;
const unknownQr = (): Answer => jsonAnswer(404, { error: 'QR_UNKNOWN' });

function documentRequest(scene: Exclude<Scene, 'login'>): JsonObject {
  const name = legacyScenes[scene].document ?? scene;
  const content = utf8(`${name} 的内容`);
  const documents = [{ name, size: content.length, sm3: toHex(sm3(content)) }];
  if (scene !== 'decrypt') return { scene, documents };
  const oneTimeKey = toBase64(generateSm2KeyPair().publicKey);
  return { scene, documents, purpose: 'open', oneTimeKey };
}

export function createLegacyRoutes(options: LegacyRoutesOptions): LegacyRoutes {
  const { clock } = options;
  const frontServer = createFrontServerClient(options.frontServer);
  const tickets = new Map<string, Ticket>();

  /** The ticket, of the browser that was given it. */
  function own(id: unknown, visitor: string | undefined): Ticket | undefined {
    for (const [key, { openedAt }] of tickets) if (clock() - openedAt >= ticketMs) tickets.delete(key);
    const ticket = typeof id === 'string' ? tickets.get(id) : undefined;
    return ticket?.visitor === visitor ? ticket : undefined;
  }

  async function drop(id: unknown, visitor: string): Promise<void> {
    const ticket = own(id, visitor);
    if (ticket === undefined || typeof id !== 'string') return;
    tickets.delete(id);
    await frontServer.cancel(ticket.qr).catch(() => undefined);
  }

  async function openQr(body: JsonObject, origin: string, visitor: string): Promise<Answer> {
    const { scene, replaces } = body;
    if (!isLegacyScene(scene)) return jsonAnswer(400, refusal('BAD_REQUEST'));
    await drop(replaces, visitor);
    const challenge = scene === 'login' ? options.challengeFor(visitor, origin) : undefined;
    const request = scene === 'login' ? { scene, challenge } : documentRequest(scene);
    const qr = await frontServer.open({ requestId: randomUUID(), ...request, origin });
    const id = randomBytes(24).toString('base64url');
    const ticket = { scene, visitor, origin, qr, openedAt: clock(), isLoggingIn: false };
    tickets.set(id, challenge === undefined ? ticket : { ...ticket, challenge });
    const { content, expiresIn } = qr;
    return jsonAnswer(200, { ticket: id, content, expiresIn });
  }

  async function logIn(exchange: Exchange, id: string, ticket: Ticket, challenge: string): Promise<Answer> {
    ticket.isLoggingIn = true;
    try {
      const token = await frontServer.result(ticket.qr);
      const { origin, visitor } = ticket;
      const admitted = await options.admit(exchange, { origin, visitor, challenge, token });
      const state: LegacyPageState = admitted.status === 200 ? 'loggedIn' : 'failed';
      // A ticket logs in once: whoever asks again, logged out since, must scan again.
      tickets.delete(id);
      return jsonAnswer(200, { state }, admitted.headers);
    } finally {
      ticket.isLoggingIn = false;
    }
  }

  async function stateOf(exchange: Exchange, id: unknown, visitor: string): Promise<Answer> {
    const ticket = own(id, visitor);
    if (ticket === undefined || typeof id !== 'string') return unknownQr();
    const state = await frontServer.state(ticket.qr);
    if (state !== 'confirmed' || ticket.challenge === undefined) return jsonAnswer(200, { state });
    if (ticket.isLoggingIn) return jsonAnswer(200, { state: 'scanned' });
    return logIn(exchange, id, ticket, ticket.challenge);
  }

  return {
    get(exchange, visitor) {
      if (exchange.path !== '/legacy/qr.gif') return undefined;
      const ticket = own(exchange.query.get('ticket'), visitor);
      if (ticket === undefined) return unknownQr();
      return {
        status: 200,
        headers: { 'content-type': 'image/gif', 'cache-control': 'no-store' },
        body: encodeQR(ticket.qr.content, 'gif', { ecc: 'medium', border: 2, scale: 4 }),
      };
    },
    async post(exchange, { origin, visitor }) {
      const body = readJsonObject(exchange);
      if (typeof body === 'string') return jsonAnswer(400, refusal('BAD_REQUEST'));
      try {
        switch (exchange.path) {
          case '/legacy/qr':
            return await openQr(body, origin, visitor);
          case '/legacy/qr/state':
            return await stateOf(exchange, body['ticket'], visitor);
          case '/legacy/qr/cancel':
            await drop(body['ticket'], visitor);
            return { status: 204 };
          default:
            return undefined;
        }
      } catch (error) {
        if (error instanceof FrontServerError) return jsonAnswer(502, { error: 'FRONT_SERVER' });
        throw error;
      }
    },
  };
}
