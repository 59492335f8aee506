import { isSigningScene, type AnnouncedDocument, type Purpose } from './binding.ts';
import { relayError } from './relay-errors.ts';
import { refused, type Checked, type RelayContext } from './relay-context.ts';
import { isJsonObject, type JsonObject } from '../http/json-body.ts';

const challengePattern = /^[\x21-\x7e]{16,1024}$/;
const digestPattern = /^[0-9a-f]{64}$/;
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

/** What an `open` asks for. An extension's own origin may only sign: that is its self-test. */
export function checkedPurpose(body: JsonObject, context: RelayContext): Checked<Purpose> {
  const { protocol, scene, origin, challenge } = body;
  if (protocol !== 'ca-bridge-relay/1') {
    return refused(relayError('unsupported_protocol', 'this is ca-bridge-relay/1'));
  }
  if (scene !== 'login' && !isSigningScene(scene)) {
    return refused(relayError('unsupported_scene', 'login, messageSignature, signature, revokeSignature'));
  }
  if (typeof origin !== 'string') return refused(relayError('bad_request', 'origin: text'));
  const allowed =
    scene === 'login' ? context.siteOrigins : [...context.siteOrigins, ...context.selfTestOrigins];
  if (scene === 'login') {
    if (typeof challenge !== 'string' || !challengePattern.test(challenge)) {
      return refused(relayError('bad_request', 'challenge: 16 to 1024 printable ASCII characters'));
    }
    if (!allowed.includes(origin)) return refused(relayError('origin_not_allowed', 'unknown site'));
    return { ok: { scene, origin, challenge } };
  }
  const documents = checkedDocuments(body['documents']);
  if (documents === undefined) {
    return refused(relayError('bad_request', 'documents: 1 to 20 of name, size and sm3'));
  }
  if (!allowed.includes(origin)) return refused(relayError('origin_not_allowed', 'unknown site'));
  return { ok: { scene, origin, documents } };
}
