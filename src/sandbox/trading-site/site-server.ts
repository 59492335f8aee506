import { randomBytes } from 'node:crypto';
import {
  createChallengeBook,
  readTrustAnchors,
  verifyFile,
  verifyLogin,
  type LoginSubject,
} from '../../verifier/verifier.ts';
import { toBase64 } from '../../lib/bytes.ts';
import { jsonAnswer, type Answer, type Exchange, type Handler } from '../http/exchange.ts';
import { readJsonObject } from '../http/json-body.ts';
import type { ListenOptions } from '../http/loopback-server.ts';
import { staticAnswer, type StaticFiles } from '../http/static-files.ts';
import { createBidRoutes, takesUploads } from './bid-routes.ts';
import { createBidStore } from './bid-store.ts';
import { cookieLine, cookieOf } from './cookies.ts';
import { createLegacyRoutes, type LoginTry } from './legacy-routes.ts';
import type { LoggedIn } from './logged-in.ts';
import { createProject, type ProjectOptions, type TakenBid } from './projects.ts';
import { refusal } from './site-codes.ts';
import { createSiteDriverRoutes, siteDriverBodyLimit } from './site-driver-routes.ts';

export interface SiteServerOptions {
  /** Origins that are this site. */
  readonly origins: readonly string[];
  /** DER, root certificates that may stand above a subscriber. */
  readonly trustAnchors: readonly Uint8Array[];
  /** Folder of the built sandbox. */
  readonly pages: string;
  readonly clock: () => number;
  /** DER, as the authorities publish them now. */
  readonly revocationLists?: () => readonly Uint8Array[];
  readonly projects: readonly ProjectOptions[];
  /** Bytes of the largest bid that is taken; 16 GiB unless told. */
  readonly bidLimit?: number | undefined;
  /**
   * Base address at which the site's back end reaches the front server whose QRs it draws itself, on the pages under
   * `/legacy/`; asked at each call.
   */
  readonly frontServer: () => string;
}

export interface Site {
  /** Who is logged in now, in order of login. */
  loggedIn(): readonly LoggedIn[];
  /** All bids that were taken, of all projects, and where each lies. */
  bids(): readonly TakenBid[];
  /** Moves the opening time of every project, milliseconds since the epoch. */
  setOpeningTime(time: number): void;
}

export interface SiteServer {
  readonly handler: Handler;
  /** How the handler's requests are to be taken. */
  readonly bodies: Pick<ListenOptions, 'bodyLimit' | 'isStreamed'>;
  readonly site: Site;
  /** Removes what was uploaded. The servers are closed before. */
  close(): Promise<void>;
}

const visitorCookie = 'sandbox_visitor';
const sessionCookie = 'sandbox_session';
const sessionMs = 8 * 3_600_000;

const randomKey = (): string => randomBytes(32).toString('base64url');

function loggedInFrom(subject: LoginSubject, now: number): LoggedIn {
  return {
    organisation: subject.organization ?? subject.name,
    creditCode: subject.creditCode ?? '',
    commonName: subject.name,
    serial: subject.serialNumber,
    issuer: subject.issuer,
    notBefore: subject.notBefore.toISOString(),
    notAfter: subject.notAfter.toISOString(),
    since: new Date(now).toISOString(),
  };
}

/** The origin of a POST that one of the site's own pages sent to it; undefined for any other. */
function ownOrigin({ headers, secure }: Exchange, origins: readonly string[]): string | undefined {
  const served = `${secure ? 'https' : 'http'}://${headers.host ?? ''}`;
  return headers.origin === served && origins.includes(served) ? served : undefined;
}

/** The trading site: pages, and a back end that lets in whom the verifier accepts. */
export function createSiteServer(options: SiteServerOptions): SiteServer {
  const { origins, pages, clock, bidLimit = 16 * 2 ** 30 } = options;
  const anchors = readTrustAnchors(...options.trustAnchors);
  const challenges = createChallengeBook({ now: clock });
  const sessions = new Map<string, LoggedIn>();
  const store = createBidStore();
  const projects = options.projects.map(createProject);
  const bidRoutes = createBidRoutes({ projects, store, anchors, clock });
  const ownFlow = {
    frontServer: options.frontServer,
    clock,
    challengeFor: (visitor: string, origin: string) => challenges.issue(`${origin} ${visitor}`),
    admit,
  };
  const legacyRoutes = createLegacyRoutes(ownFlow);
  const siteDriverRoutes = createSiteDriverRoutes(ownFlow);
  const files: StaticFiles = {
    folder: pages,
    pages: {
      '/': 'trading-site/login.html',
      '/login.html': 'trading-site/login.html',
      '/shell.html': 'trading-site/shell.html',
      '/site-driver.html': 'trading-site/site-driver.html',
      '/legacy/login.html': 'trading-site/legacy-login.html',
      '/legacy/sign.html': 'trading-site/legacy-sign.html',
      '/legacy/decrypt.html': 'trading-site/legacy-decrypt.html',
      '/legacy/frame.html': 'trading-site/legacy-frame.html',
    },
    ownFrames: ['/legacy/login.html', '/legacy/sign.html', '/legacy/decrypt.html', '/legacy/frame.html'],
  };

  function forgetOldSessions(): void {
    for (const [key, { since }] of sessions) {
      if (clock() - Date.parse(since) >= sessionMs) sessions.delete(key);
    }
  }

  function subjectOf(exchange: Exchange): LoggedIn | undefined {
    forgetOldSessions();
    return sessions.get(cookieOf(exchange, sessionCookie) ?? '');
  }

  function issueChallenge(exchange: Exchange, origin: string): Answer {
    const visitor = cookieOf(exchange, visitorCookie) || randomKey();
    const challenge = challenges.issue(`${origin} ${visitor}`);
    return jsonAnswer(200, { challenge }, { 'set-cookie': cookieLine(exchange, visitorCookie, visitor) });
  }

  async function logIn(exchange: Exchange, origin: string): Promise<Answer> {
    const body = readJsonObject(exchange);
    if (typeof body === 'string') return jsonAnswer(400, refusal('BAD_REQUEST'));
    const { token, challenge } = body;
    return admit(exchange, {
      origin,
      visitor: cookieOf(exchange, visitorCookie) ?? '',
      challenge: typeof challenge === 'string' ? challenge : '',
      token,
    });
  }

  async function admit(exchange: Exchange, { origin, visitor, challenge, token }: LoginTry): Promise<Answer> {
    const result = await verifyLogin({
      token,
      challenge,
      sessionKey: `${origin} ${visitor}`,
      origin,
      anchors,
      challenges,
      now: new Date(clock()),
    });
    if (!result.ok) return jsonAnswer(401, { error: result.code });
    sessions.delete(cookieOf(exchange, sessionCookie) ?? '');
    const key = randomKey();
    const subject = loggedInFrom(result.subject, clock());
    sessions.set(key, subject);
    return jsonAnswer(200, subject, { 'set-cookie': cookieLine(exchange, sessionCookie, key) });
  }

  function logOut(exchange: Exchange): Answer {
    sessions.delete(cookieOf(exchange, sessionCookie) ?? '');
    return { status: 204, headers: { 'set-cookie': cookieLine(exchange, sessionCookie, '') } };
  }

  async function judgeFile({ body }: Exchange): Promise<Answer> {
    if (body === 'tooLarge') return jsonAnswer(413, refusal('TOO_LARGE'));
    const lists = options.revocationLists?.() ?? [];
    return jsonAnswer(200, await verifyFile({ file: body, anchors, crls: lists, now: new Date(clock()) }));
  }

  async function postLegacy(exchange: Exchange, origin: string): Promise<Answer | undefined> {
    const visitor = cookieOf(exchange, visitorCookie) || randomKey();
    const answer = await legacyRoutes.post(exchange, { origin, visitor });
    if (answer === undefined || exchange.path !== '/legacy/qr') return answer;
    const cookie = cookieLine(exchange, visitorCookie, visitor);
    return { ...answer, headers: { ...answer.headers, 'set-cookie': cookie } };
  }

  async function post(exchange: Exchange): Promise<Answer> {
    const origin = ownOrigin(exchange, origins);
    if (origin === undefined) return jsonAnswer(403, refusal('FOREIGN_REQUEST'));
    if (exchange.path === '/api/challenge') return issueChallenge(exchange, origin);
    if (exchange.path === '/api/login') return logIn(exchange, origin);
    if (exchange.path === '/api/verify') return judgeFile(exchange);
    if (exchange.path === '/api/logout') return logOut(exchange);
    const answer = await bidRoutes.post(exchange, subjectOf(exchange));
    return (
      answer ??
      (await siteDriverRoutes.post(exchange, origin)) ??
      (await postLegacy(exchange, origin)) ?? { status: 404 }
    );
  }

  async function get(exchange: Exchange): Promise<Answer> {
    const { path } = exchange;
    if (path === '/api/session') {
      const subject = subjectOf(exchange);
      return subject === undefined ? jsonAnswer(401, refusal('NOT_LOGGED_IN')) : jsonAnswer(200, subject);
    }
    if (path === '/api/trust-anchors') {
      return jsonAnswer(200, { trustAnchors: options.trustAnchors.map(toBase64) });
    }
    if (path === '/shell.html' && subjectOf(exchange) === undefined) {
      return { status: 302, headers: { location: '/login.html' } };
    }
    const answer =
      (await bidRoutes.get(exchange, subjectOf(exchange))) ??
      legacyRoutes.get(exchange, cookieOf(exchange, visitorCookie));
    return answer ?? (await staticAnswer(files, path)) ?? { status: 404 };
  }

  function bodyLimit(path: string): number {
    if (takesUploads(path)) return bidLimit;
    return path === '/api/verify' ? 64 * 2 ** 20 : (siteDriverBodyLimit(path) ?? 65_536);
  }

  return {
    bodies: { bodyLimit, isStreamed: takesUploads },
    async handler(exchange) {
      if (exchange.method === 'POST') return post(exchange);
      return exchange.method === 'GET' ? get(exchange) : { status: 405 };
    },
    site: {
      loggedIn() {
        forgetOldSessions();
        return [...sessions.values()];
      },
      bids: () => projects.flatMap((project) => project.bids()),
      setOpeningTime(time) {
        for (const project of projects) project.openingTime = time;
      },
    },
    close: () => store.close(),
  };
}
