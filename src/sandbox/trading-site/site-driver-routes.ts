import { randomBytes } from 'node:crypto';
import { jsonAnswer, type Answer, type Exchange } from '../http/exchange.ts';
import { isJsonObject, readJsonObject, type JsonObject } from '../http/json-body.ts';
import { cookieLine, cookieOf } from './cookies.ts';
import {
  createFrontServerClient,
  FrontServerError,
  type FrontServerClient,
  type FrontServerQr,
  type QrState,
} from './front-server-client.ts';
import { createOpeningKey, readKeys, toOpeningRequests, type OpeningKey } from './site-driver-opening.ts';
import { refusal } from './site-codes.ts';

export interface SiteDriverOptions {
  /** Base address at which the platform's front server is reached. */
  readonly frontServer: () => string;
  readonly clock: () => number;
  /** A challenge for this browser at `origin`. */
  readonly challengeFor: (visitor: string, origin: string) => string;
  /** Verifies the token that answers `challenge`; 200 with the cookie of a new session where it holds. */
  readonly admit: (
    exchange: Exchange,
    attempt: { origin: string; visitor: string; challenge: string; token: unknown },
  ) => Promise<Answer>;
}

/** The back end of `/site-driver.html`: the published flow of a platform, run by the site for its own page. */
export interface SiteDriverRoutes {
  /** A POST that one of the site's own pages sent; undefined where nothing is at the path. */
  post(exchange: Exchange, origin: string): Promise<Answer | undefined>;
}

/** One QR, of the browser that asked for it. */
interface Ticket {
  readonly visitor: string;
  readonly origin: string;
  readonly qr: FrontServerQr;
  readonly openedAt: number;
  /** Of a login. */
  readonly challenge?: string;
  /** Of 授权解密: what comes with the scan, and opens the calls after it. */
  readonly accessToken?: string;
  /** Of an opening whose keys come to the page as the published flow has them: bare. */
  readonly openingKey?: OpeningKey;
}

const visitorCookie = 'sandbox_driver';
const ticketMs = 3_600_000;
const holdSeconds = 20;
const root = '/driver/';

/** Bytes of the largest body at a path of these routes; what is to be signed has seals in it. */
export function siteDriverBodyLimit(path: string): number | undefined {
  if (!path.startsWith(root)) return undefined;
  return path === `${root}submit` ? 24 * 2 ** 20 : 2 ** 20;
}

export function createSiteDriverRoutes(options: SiteDriverOptions): SiteDriverRoutes {
  const { clock } = options;
  const frontServer = createFrontServerClient(options.frontServer);
  const tickets = new Map<string, Ticket>();

  function own(businessId: unknown, visitor: string | undefined): Ticket | undefined {
    for (const [key, { openedAt }] of tickets) if (clock() - openedAt >= ticketMs) tickets.delete(key);
    const ticket = typeof businessId === 'string' ? tickets.get(businessId) : undefined;
    return ticket?.visitor === visitor ? ticket : undefined;
  }

  async function openQr(exchange: Exchange, body: JsonObject, origin: string): Promise<Answer> {
    const { openingId, after, request } = body;
    if (!isJsonObject(request)) return jsonAnswer(400, refusal('BAD_REQUEST'));
    const visitor = cookieOf(exchange, visitorCookie) ?? randomBytes(24).toString('base64url');
    const older = after === undefined ? undefined : own(after, visitor);
    const ticket = older
      ? { ...older, qr: await frontServer.renew(older.qr, String(openingId)) }
      : await begin(request, String(openingId), origin, visitor);
    tickets.set(ticket.qr.businessId, ticket);
    const { businessId, content: qr, expiresIn } = ticket.qr;
    const headers = { 'set-cookie': cookieLine(exchange, visitorCookie, visitor) };
    return jsonAnswer(200, { businessId, qr, expiresIn }, headers);
  }

  async function begin(
    request: JsonObject,
    requestId: string,
    origin: string,
    visitor: string,
  ): Promise<Ticket> {
    const { scene, documents, purpose, oneTimeKey } = request;
    const challenge = scene === 'login' ? options.challengeFor(visitor, origin) : undefined;
    const isOpening = scene === 'decrypt' && purpose !== 'check';
    const openingKey = isOpening && oneTimeKey === undefined ? createOpeningKey() : undefined;
    const qr = await frontServer.open({
      requestId,
      scene,
      origin,
      ...(challenge === undefined ? { documents } : { challenge }),
      ...(scene === 'decrypt' ? { purpose } : {}),
      ...(isOpening ? { oneTimeKey: openingKey?.publicKey ?? oneTimeKey } : {}),
    });
    return {
      visitor,
      origin,
      qr,
      openedAt: clock(),
      ...(scene === 'decrypt' ? { accessToken: randomBytes(24).toString('base64url') } : {}),
      ...(challenge === undefined ? {} : { challenge }),
      ...(openingKey === undefined ? {} : { openingKey }),
    };
  }

  async function answerFor(
    exchange: Exchange,
    body: JsonObject,
    ticket: Ticket,
  ): Promise<Answer | undefined> {
    const { qr } = ticket;
    switch (exchange.path.slice(root.length)) {
      case 'state':
        return jsonAnswer(200, await stateOf(frontServer, ticket, body['after']));
      case 'identity': {
        const { certificate, chain, encryptionCertificate, seals } = await frontServer.identity(qr);
        const offered = partsOf(seals).flatMap((seal) => (isJsonObject(seal) ? [seal['seal']] : []));
        return jsonAnswer(200, { certificate, chain, encryptionCertificate, seals: offered });
      }
      case 'submit':
        await frontServer.submit(qr, partsOf(body['toBeSigned']).map(String));
        return { status: 204 };
      case 'signatures': {
        const result = await frontServer.result(qr);
        return jsonAnswer(200, { signatures: isJsonObject(result) ? result['signatures'] : undefined });
      }
      case 'envelopes':
        if (!mayOpen(ticket, body)) return jsonAnswer(403, refusal('FOREIGN_REQUEST'));
        await frontServer.submit(qr, toOpeningRequests(body['envelopes']));
        return { status: 204 };
      case 'keys':
        if (!mayOpen(ticket, body)) return jsonAnswer(403, refusal('FOREIGN_REQUEST'));
        return jsonAnswer(200, { keys: readKeys(await frontServer.result(qr), ticket.openingKey) });
      case 'cancel':
        tickets.delete(qr.businessId);
        await frontServer.cancel(qr);
        return { status: 204 };
      case 'login':
        return logIn(exchange, ticket);
      default:
        return undefined;
    }
  }

  /** The page is given nothing but who is logged in now: the proof stays between front server and site. */
  async function logIn(exchange: Exchange, { visitor, origin, challenge, qr }: Ticket): Promise<Answer> {
    if (challenge === undefined) return jsonAnswer(400, refusal('BAD_REQUEST'));
    tickets.delete(qr.businessId);
    const token = await frontServer.result(qr);
    return options.admit(exchange, { origin, visitor, challenge, token });
  }

  return {
    async post(exchange, origin) {
      if (!exchange.path.startsWith(root)) return undefined;
      const body = readJsonObject(exchange);
      if (typeof body === 'string') return jsonAnswer(400, refusal('BAD_REQUEST'));
      try {
        if (exchange.path === `${root}qr`) return await openQr(exchange, body, origin);
        const ticket = own(body['businessId'], cookieOf(exchange, visitorCookie));
        if (ticket === undefined) return jsonAnswer(404, { error: 'QR_UNKNOWN' });
        return await answerFor(exchange, body, ticket);
      } catch (error) {
        if (error instanceof FrontServerError) return jsonAnswer(502, { error: 'FRONT_SERVER' });
        throw error;
      }
    },
  };
}

/** How the QR stands; with the scan of an opening the token for what comes after it. */
async function stateOf(
  frontServer: FrontServerClient,
  { qr, accessToken }: Ticket,
  after: unknown,
): Promise<{ state: QrState; accessToken?: string }> {
  const state = await frontServer.state(qr, after, holdSeconds);
  // The bridge knows of no front server that gives up by itself.
  if (state === 'cancelled') return { state: 'expired' };
  const isIdentified = state === 'identified' || state === 'confirmed';
  return { state, ...(isIdentified && accessToken !== undefined ? { accessToken } : {}) };
}

function mayOpen({ accessToken }: Ticket, body: JsonObject): boolean {
  return accessToken !== undefined && body['accessToken'] === accessToken;
}

function partsOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new FrontServerError('no list');
  return value;
}
