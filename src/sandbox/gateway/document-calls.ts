import type { Ask } from './binding.ts';
import { isShownText } from './checked-ask.ts';
import { isBase64 } from './checked-result.ts';
import { relayError } from './relay-errors.ts';
import { checkedBody, endedAnswer, openSession, ownSession, type RelayContext } from './relay-context.ts';
import type { Route } from './routes.ts';
import { documentsOf, type Identity, type IdentitySeal, type RelaySession } from './session-book.ts';
import { jsonAnswer, type Answer, type Exchange } from '../http/exchange.ts';
import { isJsonObject, type JsonObject } from '../http/json-body.ts';

const longestCertificate = 8_192;
const longestSeal = 700_000;
const longestToBeSigned = 720_000;
const longestOpeningRequest = 20_000;
const mostIssuers = 4;
const mostSeals = 10;

function checkedSeal(value: unknown): IdentitySeal | undefined {
  if (!isJsonObject(value)) return undefined;
  const { id, name, seal } = value;
  const named = typeof id === 'string' && /^[\w-]{1,64}$/.test(id) && isShownText(name, 200);
  return named && isBase64(seal, longestSeal) ? { id, name, seal } : undefined;
}

const isBid = ({ scene }: Ask): boolean => scene === 'encrypt' || scene === 'decrypt';

/** The identity, if it is one for this session; seals come with a sealing only, an encryption certificate with a bid. */
function checkedIdentity({ ask }: RelaySession, body: JsonObject): Identity | undefined {
  const { certificate, chain, encryptionCertificate, seals = [] } = body;
  if (!isBase64(certificate, longestCertificate)) return undefined;
  if (encryptionCertificate !== undefined) {
    if (!isBid(ask) || !isBase64(encryptionCertificate, longestCertificate)) return undefined;
  }
  if (!Array.isArray(chain) || chain.length > mostIssuers) return undefined;
  if (!chain.every((issuer): issuer is string => isBase64(issuer, longestCertificate))) return undefined;
  if (!Array.isArray(seals) || seals.length > (ask.scene === 'signature' ? mostSeals : 0)) return undefined;
  const checked = seals.map(checkedSeal);
  if (!checked.every((seal) => seal !== undefined)) return undefined;
  const ids = new Set(checked.map(({ id }) => id));
  if (ids.size !== checked.length) return undefined;
  return {
    certificate,
    chain,
    ...(encryptionCertificate === undefined ? {} : { encryptionCertificate }),
    seals: checked,
  };
}

/** The parts, if they are as many and as long as the scene has them. */
function checkedParts({ ask }: RelaySession, parts: unknown): readonly string[] | undefined {
  if (!Array.isArray(parts) || ask.scene === 'login' || ask.scene === 'encrypt') return undefined;
  const { length } = ask.documents;
  if (ask.scene === 'decrypt') {
    const fitting = ask.purpose !== 'check' && parts.length > 0 && parts.length <= length;
    return fitting ? base64Parts(parts, longestOpeningRequest) : undefined;
  }
  return parts.length === length ? base64Parts(parts, longestToBeSigned) : undefined;
}

function base64Parts(parts: readonly unknown[], longest: number): readonly string[] | undefined {
  return parts.every((part): part is string => isBase64(part, longest)) ? parts : undefined;
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
  const toBeSigned = checkedParts(session, body.ok['toBeSigned']);
  if (toBeSigned === undefined) {
    return relayError('bad_request', 'toBeSigned: base64 texts, as many as the scene has them');
  }
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
