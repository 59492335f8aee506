import { qrText, type Ask } from './binding.ts';
import { checkedAsk } from './checked-ask.ts';
import { hasFault } from './faults.ts';
import { rateLimited, relayError } from './relay-errors.ts';
import { checkedBody, endedAnswer, ownSession, type RelayContext } from './relay-context.ts';
import type { Route } from './routes.ts';
import { stateOf, type RelaySession } from './session-book.ts';
import { jsonAnswer, type Answer, type Exchange } from '../http/exchange.ts';
import type { JsonObject } from '../http/json-body.ts';

const requestIdPattern = /^[\w-]{16,64}$/;
const longestWaitSeconds = 25;

function sessionAnswer(session: RelaySession, secondsLeft: number): Answer {
  const { base, businessId, secret, scanToken, ask } = session;
  return jsonAnswer(201, {
    protocol: 'ca-bridge-relay/1',
    businessId,
    secret,
    qr: qrText(base, businessId, scanToken, ask),
    expiresIn: Math.max(5, secondsLeft),
  });
}

/**
 * Answers a request that was answered before as it was then, else makes its session. Only new sessions count
 * against the limit.
 */
function once(
  context: RelayContext,
  exchange: Exchange,
  base: string,
  request: { key: string; body: JsonObject; ask: Ask; before?: () => Answer | undefined },
): Answer {
  const bodyText = JSON.stringify(Object.entries(request.body).toSorted());
  const known = context.memory.recall(request.key, bodyText);
  if (known === 'differs') return relayError('bad_request', 'requestId was used for another request');
  if (known !== undefined) return sessionAnswer(known, context.book.secondsLeft(known));
  const refusal = request.before?.();
  if (refusal !== undefined) return refusal;
  const wait = context.openLimit(`${exchange.address} ${request.ask.origin}`);
  if (wait > 0) return rateLimited(wait);
  const session = context.book.open(base, request.ask);
  context.memory.keep(request.key, bodyText, session);
  return sessionAnswer(session, context.book.secondsLeft(session));
}

/** `POST {base}/sessions` */
export function open(context: RelayContext, exchange: Exchange, { base }: Route): Answer {
  const checked = checkedBody(exchange);
  if ('refusal' in checked) return checked.refusal;
  const body = checked.ok;
  const { requestId } = body;
  if (typeof requestId !== 'string' || !requestIdPattern.test(requestId)) {
    return relayError('bad_request', 'requestId: 16 to 64 of A-Z a-z 0-9 _ -');
  }
  const ask = checkedAsk(body, context);
  if ('refusal' in ask) return ask.refusal;
  return once(context, exchange, base, { key: `open ${base} ${requestId}`, body, ask: ask.ok });
}

function wholeNumber(text: string | null, largest: number): number | undefined {
  if (text === null) return 0;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return value <= largest ? value : undefined;
}

/** `GET {base}/sessions/{businessId}/events` */
export async function events(context: RelayContext, exchange: Exchange, route: Route): Promise<Answer> {
  const own = ownSession(context, exchange, route);
  if ('refusal' in own) return own.refusal;
  const session = own.ok;
  const after = wholeNumber(exchange.query.get('after'), 999_999);
  const wait = wholeNumber(exchange.query.get('wait'), longestWaitSeconds);
  if (after === undefined || wait === undefined) return relayError('bad_request', 'after or wait');
  const faults = context.faults();
  const replay = hasFault(faults, 'replayedEvents') || hasFault(faults, 'identityBeforeScan');
  if (session.events.length <= after && wait > 0 && session.endedAt === undefined && !replay) {
    await context.book.nextEvent(session, wait, exchange.gone);
  }
  const numbered = session.events.map((type, index) => ({ sequence: index + 1, type }));
  return jsonAnswer(200, {
    businessId: session.businessId,
    events: replay ? numbered : numbered.filter(({ sequence }) => sequence > after),
  });
}

/** `GET {base}/sessions/{businessId}/result` */
export function result(context: RelayContext, exchange: Exchange, route: Route): Answer {
  const own = ownSession(context, exchange, route);
  if ('refusal' in own) return own.refusal;
  const session = own.ok;
  if (stateOf(session) === 'confirmed') {
    return jsonAnswer(200, { businessId: session.businessId, result: session.result });
  }
  if (session.endedAt !== undefined) return endedAnswer(session);
  return relayError('not_confirmed', 'the phone has not confirmed');
}

/** A session that was identified goes on without its QR, so that there is nothing to renew. */
function whyNotRenewable(session: RelaySession): Answer | undefined {
  if (session.identity !== undefined && session.endedAt === undefined) {
    return relayError('session_ended', 'the QR has served', 409);
  }
  const renewable = ['waiting', 'scanned', 'expired'].includes(stateOf(session));
  return session.renewed || session.identity !== undefined || !renewable ? endedAnswer(session) : undefined;
}

/** `POST {base}/sessions/{businessId}/renew` */
export function renew(context: RelayContext, exchange: Exchange, route: Route): Answer {
  const own = ownSession(context, exchange, route);
  if ('refusal' in own) return own.refusal;
  const session = own.ok;
  const checked = checkedBody(exchange);
  if ('refusal' in checked) return checked.refusal;
  const { requestId } = checked.ok;
  if (typeof requestId !== 'string' || !requestIdPattern.test(requestId)) {
    return relayError('bad_request', 'requestId: 16 to 64 of A-Z a-z 0-9 _ -');
  }
  const answer = once(context, exchange, route.base, {
    key: `renew ${session.businessId} ${requestId}`,
    body: { requestId },
    ask: session.ask,
    before: () => whyNotRenewable(session),
  });
  if (answer.status === 201) {
    session.renewed = true;
    context.book.record(session, 'expired');
  }
  return answer;
}

/** `POST {base}/sessions/{businessId}/cancel` */
export function cancel(context: RelayContext, exchange: Exchange, route: Route): Answer {
  const own = ownSession(context, exchange, route);
  if ('refusal' in own) return own.refusal;
  context.book.record(own.ok, 'cancelled');
  return { status: 204 };
}
