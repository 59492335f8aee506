import { isShownText } from './checked-purpose.ts';
import { relayError } from './relay-errors.ts';
import { checkedBody, endedAnswer, openSession, ownSession, type RelayContext } from './relay-context.ts';
import type { Route } from './routes.ts';
import { documentsOf, type Identity, type IdentitySeal, type RelaySession } from './session-book.ts';
import { jsonAnswer, type Answer, type Exchange } from '../http/exchange.ts';
import { isJsonObject, type JsonObject } from '../http/json-body.ts';

const longestCertificate = 8_192;
const longestSeal = 700_000;
const longestToBeSigned = 720_000;
const mostIssuers = 4;
const mostSeals = 10;

export function isBase64(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest && /^[A-Za-z0-9+/]+={0,2}$/.test(value);
}

function checkedSeal(value: unknown): IdentitySeal | undefined {
  if (!isJsonObject(value)) return undefined;
  const { id, name, seal } = value;
  const named = typeof id === 'string' && /^[\w-]{1,64}$/.test(id) && isShownText(name, 200);
  return named && isBase64(seal, longestSeal) ? { id, name, seal } : undefined;
}

/** The identity, if it is one for this session; seals come with a sealing only. */
function checkedIdentity({ purpose }: RelaySession, body: JsonObject): Identity | undefined {
  const { certificate, chain, seals = [] } = body;
  if (!isBase64(certificate, longestCertificate)) return undefined;
  if (!Array.isArray(chain) || chain.length > mostIssuers) return undefined;
  if (!chain.every((issuer): issuer is string => isBase64(issuer, longestCertificate))) return undefined;
  if (!Array.isArray(seals) || seals.length > (purpose.scene === 'signature' ? mostSeals : 0))
    return undefined;
  const checked = seals.map(checkedSeal);
  if (!checked.every((seal) => seal !== undefined)) return undefined;
  const ids = new Set(checked.map(({ id }) => id));
  return ids.size === checked.length ? { certificate, chain, seals: checked } : undefined;
}

const sameText = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** `POST {base}/scan/{businessId}/identify` */
export function identify(context: RelayContext, exchange: Exchange, route: Route): Answer {
  const checked = openSession(context, exchange, route);
  if ('refusal' in checked) return checked.refusal;
  const session = checked.ok;
  if (documentsOf(session) === undefined) return relayError('bad_request', 'not in this scene');
  const body = checkedBody(exchange);
  if ('refusal' in body) return body.refusal;
  const given = checkedIdentity(session, body.ok);
  if (given === undefined) return relayError('bad_request', 'no identity for this session');
  if (session.identity === undefined) {
    context.book.identify(session, given);
  } else if (!sameText(session.identity, given)) {
    return relayError('already_submitted', 'this session has another identity');
  }
  return { status: 204 };
}

/** `GET {base}/sessions/{businessId}/identity` */
export function identity(context: RelayContext, exchange: Exchange, route: Route): Answer {
  const own = ownSession(context, exchange, route);
  if ('refusal' in own) return own.refusal;
  const session = own.ok;
  if (session.identity !== undefined) {
    return jsonAnswer(200, { businessId: session.businessId, ...session.identity });
  }
  if (session.endedAt !== undefined) return endedAnswer(session);
  return relayError('not_identified', 'the phone has not identified itself');
}

/** `POST {base}/sessions/{businessId}/to-be-signed` */
export function submit(context: RelayContext, exchange: Exchange, route: Route): Answer {
  const own = ownSession(context, exchange, route);
  if ('refusal' in own) return own.refusal;
  const session = own.ok;
  const body = checkedBody(exchange);
  if ('refusal' in body) return body.refusal;
  const { toBeSigned } = body.ok;
  const documents = documentsOf(session);
  const sound =
    Array.isArray(toBeSigned) &&
    toBeSigned.length === documents?.length &&
    toBeSigned.every((part): part is string => isBase64(part, longestToBeSigned));
  if (!sound) return relayError('bad_request', 'toBeSigned: one base64 text for each document');
  if (session.toBeSigned !== undefined) {
    const same = sameText(session.toBeSigned, toBeSigned);
    return same ? { status: 204 } : relayError('already_submitted', 'other bytes are with the phone');
  }
  if (session.endedAt !== undefined) return endedAnswer(session);
  if (session.identity === undefined) {
    return relayError('not_identified', 'the phone has not identified itself');
  }
  session.toBeSigned = toBeSigned;
  return { status: 204 };
}
