import { decodePublicKey, Sm2Error } from '../../gm/sm2-curve.ts';
import { fromBase64 } from '../../lib/bytes.ts';
import { isSigningScene, openingPurposes, type AnnouncedDocument, type Ask } from './binding.ts';
import { relayError } from './relay-errors.ts';
import { refused, type Checked, type RelayContext } from './relay-context.ts';
import { isJsonObject, type JsonObject } from '../http/json-body.ts';

const challengePattern = /^[\x21-\x7e]{16,1024}$/;
const digestPattern = /^[0-9a-f]{64}$/;
const oneTimeKeyLength = 88;
const mostDocuments = 20;
const largestDocument = 64 * 1024 ** 3;

/** Text that people are shown: no control, format or line-breaking characters. */
export function isShownText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest && /^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(value);
}

function checkedDocument(value: unknown): AnnouncedDocument | undefined {
  if (!isJsonObject(value)) return undefined;
  const { name, size, sm3 } = value;
  if (!isShownText(name, 255)) return undefined;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 0 || size > largestDocument) {
    return undefined;
  }
  return typeof sm3 === 'string' && digestPattern.test(sm3) ? { name, size, sm3 } : undefined;
}

function checkedDocuments(value: unknown): readonly AnnouncedDocument[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostDocuments) return undefined;
  const documents = value.map(checkedDocument);
  return documents.every((document) => document !== undefined) ? documents : undefined;
}

/** What an `open` asks for. An extension's own origin may ask for anything but a login. */
export function checkedAsk(body: JsonObject, context: RelayContext): Checked<Ask> {
  const { protocol, origin } = body;
  if (protocol !== 'ca-bridge-relay/1') {
    return refused(relayError('unsupported_protocol', 'this is ca-bridge-relay/1'));
  }
  const scene = knownScene(body['scene']);
  if (scene === undefined) return refused(relayError('unsupported_scene', 'none of the six scenes'));
  if (typeof origin !== 'string') return refused(relayError('bad_request', 'origin: text'));
  const surplus = ['purpose', 'oneTimeKey'].find((member) => body[member] !== undefined);
  if (scene !== 'decrypt' && surplus !== undefined) {
    return refused(relayError('bad_request', `${surplus}: of decrypt`));
  }
  const ask = scene === 'login' ? loginAsk(origin, body) : documentsAsk(scene, origin, body);
  if ('refusal' in ask) return ask;
  const own = scene === 'login' ? [] : context.selfTestOrigins;
  const allowed = [...context.siteOrigins, ...own].includes(origin);
  return allowed ? ask : refused(relayError('origin_not_allowed', 'unknown site'));
}

function knownScene(scene: unknown): Ask['scene'] | undefined {
  if (scene === 'login' || scene === 'encrypt' || scene === 'decrypt') return scene;
  return isSigningScene(scene) ? scene : undefined;
}

function loginAsk(origin: string, { challenge }: JsonObject): Checked<Ask> {
  if (typeof challenge !== 'string' || !challengePattern.test(challenge)) {
    return refused(relayError('bad_request', 'challenge: 16 to 1024 printable ASCII characters'));
  }
  return { ok: { scene: 'login', origin, challenge } };
}

function documentsAsk(scene: Exclude<Ask['scene'], 'login'>, origin: string, body: JsonObject): Checked<Ask> {
  const documents = checkedDocuments(body['documents']);
  if (documents === undefined) {
    return refused(relayError('bad_request', 'documents: 1 to 20 of name, size and sm3'));
  }
  if (scene !== 'decrypt') return { ok: { scene, origin, documents } };
  const { oneTimeKey } = body;
  const purpose = openingPurposes.find((known) => known === body['purpose']);
  if (purpose === undefined) return refused(relayError('bad_request', 'purpose: check, rehearse, open'));
  if (purpose === 'check') {
    if (oneTimeKey !== undefined) return refused(relayError('bad_request', 'oneTimeKey: nothing is opened'));
    return { ok: { scene, origin, documents, purpose } };
  }
  if (!isOneTimeKey(oneTimeKey)) {
    return refused(relayError('bad_request', 'oneTimeKey: base64 of 65 bytes, a point of the curve'));
  }
  return { ok: { scene, origin, documents, purpose, oneTimeKey } };
}

function isOneTimeKey(value: unknown): value is string {
  if (typeof value !== 'string' || value.length !== oneTimeKeyLength) return false;
  try {
    decodePublicKey(fromBase64(value));
    return true;
  } catch (error) {
    if (error instanceof RangeError || error instanceof Sm2Error) return false;
    throw error;
  }
}
