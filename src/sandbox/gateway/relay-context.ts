import { equalBytes, utf8 } from '../../lib/bytes.ts';
import { relayError } from './relay-errors.ts';
import type { Fault } from './faults.ts';
import type { RateLimit } from './rate-limit.ts';
import type { RequestMemory } from './request-memory.ts';
import type { Route } from './routes.ts';
import { stateOf, type RelaySession, type SessionBook } from './session-book.ts';
import type { Answer, Exchange } from '../http/exchange.ts';
import { readJsonObject, type JsonObject } from '../http/json-body.ts';

/** What serving a call needs. */
export interface RelayContext {
  readonly book: SessionBook;
  readonly memory: RequestMemory;
  readonly openLimit: RateLimit;
  readonly scanLimit: RateLimit;
  readonly siteOrigins: readonly string[];
  readonly selfTestOrigins: readonly string[];
  readonly faults: () => readonly Fault[];
}

/** Either what was asked for, or the error answer that ends the call. */
export type Checked<T> = { readonly ok: T } | { readonly refusal: Answer };

export const refused = (refusal: Answer): { readonly refusal: Answer } => ({ refusal });

/** True where `given` is the secret, in a time that does not tell how much of it is right. */
export function isSecret(given: unknown, secret: string | undefined): boolean {
  return typeof given === 'string' && secret !== undefined && equalBytes(utf8(given), utf8(secret));
}

export function bearerOf(exchange: Exchange): string | undefined {
  return /^Bearer ([\w-]+)$/.exec(exchange.headers.authorization ?? '')?.[1];
}

export function checkedBody(exchange: Exchange): Checked<JsonObject> {
  const body = readJsonObject(exchange);
  if (body === 'tooLarge') return refused(relayError('too_large', 'the body is over this call’s limit'));
  if (body === 'malformed') return refused(relayError('bad_request', 'the body is no JSON object'));
  return { ok: body };
}

export const noSession = (): Answer => relayError('session_not_found', 'no such session');

/** The session has ended: 410 where its QR is dead, 409 where its phone already decided. */
export function endedAnswer(session: RelaySession): Answer {
  const state = stateOf(session);
  const decided = state === 'confirmed' || state === 'refused';
  return relayError('session_ended', `the session is ${state}`, decided ? 409 : 410);
}

/** The session, of the extension that opened it. */
export function ownSession(context: RelayContext, exchange: Exchange, route: Route): Checked<RelaySession> {
  const session = context.book.find(route.base, route.businessId);
  if (session === undefined) return refused(noSession());
  if (!isSecret(bearerOf(exchange), session.secret)) {
    return refused(relayError('unauthorized', 'not the secret of this session'));
  }
  return { ok: session };
}

/** The session, of the phone that scanned it, while it can still be decided. */
export function openSession(context: RelayContext, exchange: Exchange, route: Route): Checked<RelaySession> {
  const session = context.book.find(route.base, route.businessId);
  if (session === undefined) return refused(noSession());
  if (!isSecret(bearerOf(exchange), session.phoneSecret)) {
    return refused(relayError('unauthorized', 'not the phone that scanned'));
  }
  return session.endedAt === undefined ? { ok: session } : refused(endedAnswer(session));
}
