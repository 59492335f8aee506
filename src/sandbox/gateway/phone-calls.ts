import { rateLimited, relayError } from './relay-errors.ts';
import { randomId } from './binding.ts';
import {
  bearerOf,
  checkedBody,
  endedAnswer,
  isSecret,
  noSession,
  refused,
  type Checked,
  type RelayContext,
} from './relay-context.ts';
import type { Route } from './routes.ts';
import type { RelaySession } from './session-book.ts';
import { jsonAnswer, type Answer, type Exchange } from '../http/exchange.ts';
import { isJsonObject } from '../http/json-body.ts';

/** `POST {base}/scan/{businessId}` */
export function scan(context: RelayContext, exchange: Exchange, route: Route): Answer {
  const wait = context.scanLimit(exchange.address);
  if (wait > 0) return rateLimited(wait);
  const checked = checkedBody(exchange);
  if ('refusal' in checked) return checked.refusal;
  const session = context.book.find(route.base, route.businessId);
  if (session === undefined) return noSession();
  if (!isSecret(checked.ok['token'], session.scanToken)) {
    return relayError('unauthorized', 'not the scan token of this session');
  }
  if (session.endedAt !== undefined && session.phoneSecret === undefined) return endedAnswer(session);
  if (session.phoneSecret !== undefined) return relayError('already_scanned', 'one scan, one phone');
  session.phoneSecret = randomId();
  context.book.record(session, 'scanned');
  return jsonAnswer(200, {
    businessId: session.businessId,
    ...session.purpose,
    phoneSecret: session.phoneSecret,
    expiresIn: context.book.secondsLeft(session),
  });
}

/** The session, of the phone that scanned it, while it can still be decided. */
function openSession(context: RelayContext, exchange: Exchange, route: Route): Checked<RelaySession> {
  const session = context.book.find(route.base, route.businessId);
  if (session === undefined) return refused(noSession());
  if (!isSecret(bearerOf(exchange), session.phoneSecret)) {
    return refused(relayError('unauthorized', 'not the phone that scanned'));
  }
  return session.endedAt === undefined ? { ok: session } : refused(endedAnswer(session));
}

/** `GET {base}/scan/{businessId}` */
export function stillWanted(context: RelayContext, exchange: Exchange, route: Route): Answer {
  const checked = openSession(context, exchange, route);
  if ('refusal' in checked) return checked.refusal;
  return jsonAnswer(200, { businessId: checked.ok.businessId, state: 'scanned' });
}

const isBase64 = (value: unknown): boolean =>
  typeof value === 'string' && /^[A-Za-z0-9+/]+={0,2}$/.test(value);

function isTokenOf({ businessId, purpose }: RelaySession, token: unknown): boolean {
  if (!isJsonObject(token)) return false;
  const { format, algorithm, scene, certificate, chain, signature } = token;
  return (
    format === 'ca-bridge-login/1' &&
    algorithm === 'SM2-SM3' &&
    scene === purpose.scene &&
    token['businessId'] === businessId &&
    token['origin'] === purpose.origin &&
    [certificate, signature].every(isBase64) &&
    Array.isArray(chain) &&
    chain.length <= 4 &&
    chain.every(isBase64)
  );
}

/** `POST {base}/scan/{businessId}/confirm` */
export function confirm(context: RelayContext, exchange: Exchange, route: Route): Answer {
  const checked = openSession(context, exchange, route);
  if ('refusal' in checked) return checked.refusal;
  const body = checkedBody(exchange);
  if ('refusal' in body) return body.refusal;
  const { result } = body.ok;
  if (!isTokenOf(checked.ok, result)) return relayError('bad_request', 'result: no token of this session');
  checked.ok.result = result;
  context.book.record(checked.ok, 'confirmed');
  return { status: 204 };
}

/** `POST {base}/scan/{businessId}/refuse` */
export function refuse(context: RelayContext, exchange: Exchange, route: Route): Answer {
  const checked = openSession(context, exchange, route);
  if ('refusal' in checked) return checked.refusal;
  context.book.record(checked.ok, 'refused');
  return { status: 204 };
}
