import type { OpeningPurpose } from './binding.ts';
import { mayCall, preflightAnswer, readableBy } from './cross-origin.ts';
import { cancel, events, open, renew, result } from './extension-calls.ts';
import { identify, identity, submit } from './document-calls.ts';
import { falsify } from './falsify.ts';
import { troubleBefore, type Fault } from './faults.ts';
import { confirm, refuse, scan, stillWanted } from './phone-calls.ts';
import { createRateLimit } from './rate-limit.ts';
import { relayError } from './relay-errors.ts';
import type { RelayContext } from './relay-context.ts';
import { createRequestMemory } from './request-memory.ts';
import { bodyLimitAt, placeAt, type CallName, type Route } from './routes.ts';
import { createSessionBook, oneTimeKeyOf, stateOf, type EventType } from './session-book.ts';
import type { Answer, Exchange, Handler } from '../http/exchange.ts';

export interface FrontServerOptions {
  /** Base addresses as QRs carry them, one a platform. */
  readonly bases: readonly string[];
  /** Sites for which sessions may be opened. */
  readonly siteOrigins: readonly string[];
  /** Origins of extensions that may ask for themselves, for anything but a login; none unless told. */
  readonly selfTestOrigins?: readonly string[];
  /** Origins at which the phone's page lives. */
  readonly phoneOrigins: readonly string[];
  readonly clock: () => number;
  readonly qrLifetimeSeconds: number;
  readonly faults: readonly Fault[];
}

/** What tests may know of a session; none of its secrets. */
export interface SessionReport {
  readonly base: string;
  readonly businessId: string;
  readonly scene: string;
  /** Of scene `decrypt`. */
  readonly purpose?: OpeningPurpose;
  readonly origin: string;
  readonly state: EventType | 'waiting';
  readonly events: readonly EventType[];
}

export interface Gateway {
  /** Live sessions and those that can still be read, oldest first. */
  sessions(): readonly SessionReport[];
  /** How often each call came in, refused ones included, preflights not. */
  counts(): Readonly<Record<CallName, number>>;
  /** Replaces the injected faults; a `serverError` counts from here. */
  setFaults(faults: readonly Fault[]): void;
  /** From the next session on. Below 5 the session ends earlier than its `expiresIn` says. */
  setQrLifetime(seconds: number): void;
}

export interface FrontServer {
  readonly handler: Handler;
  /** Bytes of the largest body at a path. */
  readonly bodyLimit: (path: string) => number;
  readonly gateway: Gateway;
}

const serve: Readonly<
  Record<CallName, (context: RelayContext, exchange: Exchange, route: Route) => Answer | Promise<Answer>>
> = {
  open,
  events,
  identity,
  submit,
  result,
  renew,
  cancel,
  scan,
  stillWanted,
  identify,
  confirm,
  refuse,
};

/** A front server of the relay protocol, version 1, for any number of platforms. */
export function createFrontServer(options: FrontServerOptions): FrontServer {
  const { bases, clock, siteOrigins, phoneOrigins, selfTestOrigins = [] } = options;
  let { faults, qrLifetimeSeconds } = options;
  const failures = new Map<Fault, number>();
  const counts = Object.fromEntries(Object.keys(serve).map((call) => [call, 0])) as Record<CallName, number>;
  const context: RelayContext = {
    book: createSessionBook({ clock, lifetimeSeconds: () => qrLifetimeSeconds, retentionMs: 120_000 }),
    memory: createRequestMemory(clock),
    openLimit: createRateLimit(60, clock),
    scanLimit: createRateLimit(60, clock),
    siteOrigins,
    selfTestOrigins,
    faults: () => faults,
  };
  const failed = (fault: Fault): number => {
    const times = (failures.get(fault) ?? 0) + 1;
    failures.set(fault, times);
    return times;
  };

  async function answerRoute(exchange: Exchange, route: Route): Promise<Answer | 'destroy'> {
    counts[route.call] += 1;
    const trouble = await troubleBefore(faults, route.call, exchange.gone, failed);
    if (trouble !== undefined) return trouble;
    const answer = await serve[route.call](context, exchange, route);
    const session = context.book.find(route.base, route.businessId);
    return falsify(faults, route.call, answer, session && oneTimeKeyOf(session));
  }

  const handler: Handler = async (exchange) => {
    if (faults.some(({ kind }) => kind === 'down')) return 'destroy';
    const place = placeAt(exchange.path, bases);
    if (place === undefined) return relayError('session_not_found', 'no such call');
    if (!mayCall(place, exchange.headers.origin, phoneOrigins)) {
      return relayError('origin_not_allowed', 'pages of this origin may not call here');
    }
    if (exchange.method === 'OPTIONS') return readableBy(exchange, preflightAnswer(place));
    const route = place.routes[exchange.method];
    if (route === undefined) return readableBy(exchange, relayError('bad_request', 'no such method here'));
    const answer = await answerRoute(exchange, route);
    return answer === 'destroy' ? answer : readableBy(exchange, answer);
  };

  return {
    handler,
    bodyLimit: (path) => bodyLimitAt(path, bases),
    gateway: {
      sessions: () =>
        context.book.sessions().map((session) => ({
          base: session.base,
          businessId: session.businessId,
          scene: session.ask.scene,
          ...('purpose' in session.ask ? { purpose: session.ask.purpose } : {}),
          origin: session.ask.origin,
          state: stateOf(session),
          events: [...session.events],
        })),
      counts: () => ({ ...counts }),
      setFaults(next) {
        faults = next;
        failures.clear();
      },
      setQrLifetime(seconds) {
        qrLifetimeSeconds = seconds;
      },
    },
  };
}
