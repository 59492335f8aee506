import { rateLimited, relayError } from './relay-errors.ts';
import { randomId } from './binding.ts';
import { isResultOf } from './checked-result.ts';
import {
  checkedBody,
  endedAnswer,
  isSecret,
  noSession,
  openSession,
  type RelayContext,
} from './relay-context.ts';
import type { Route } from './routes.ts';
import { documentsOf } from './session-book.ts';
import { jsonAnswer, type Answer, type Exchange } from '../http/exchange.ts';

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
    ...session.ask,
    phoneSecret: session.phoneSecret,
    expiresIn: context.book.secondsLeft(session),
  });
}

/** `GET {base}/scan/{businessId}` */
export function stillWanted(context: RelayContext, exchange: Exchange, route: Route): Answer {
  const checked = openSession(context, exchange, route);
  if ('refusal' in checked) return checked.refusal;
  const session = checked.ok;
  const { businessId, toBeSigned } = session;
  if (documentsOf(session) === undefined) return jsonAnswer(200, { businessId, state: 'scanned' });
  const expiresIn = context.book.secondsLeft(session);
  if (toBeSigned !== undefined) {
    return jsonAnswer(200, { businessId, state: 'toBeSigned', toBeSigned, expiresIn });
  }
  const state = session.identity === undefined ? 'scanned' : 'identified';
  return jsonAnswer(200, { businessId, state, expiresIn });
}

/** `POST {base}/scan/{businessId}/confirm` */
export function confirm(context: RelayContext, exchange: Exchange, route: Route): Answer {
  const checked = openSession(context, exchange, route);
  if ('refusal' in checked) return checked.refusal;
  const body = checkedBody(exchange);
  if ('refusal' in body) return body.refusal;
  const { result } = body.ok;
  if (!isResultOf(checked.ok, result)) return relayError('bad_request', 'result: not of this session');
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
