import { decodePublicKey, Sm2Error } from '../../gm/sm2-curve.ts';
import { fromBase64 } from '../../lib/bytes.ts';
import { PhoneError } from './phone-error.ts';
import { openingPurposes, signingScenes, type AskedDocument, type AskedFor } from './request-binding.ts';
import { selfTestOrigin } from './self-test-origin.ts';

const siteOrigin = /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?$/;
const mostDocuments = 20;

/** @throws PhoneError `protocol` where the answer has no such text. */
export function textOf(answer: unknown, name: string): string {
  const value = memberOf(answer, name);
  if (typeof value !== 'string') throw new PhoneError('protocol', `no ${name}`);
  return value;
}

export function memberOf(answer: unknown, name: string): unknown {
  return typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined;
}

/** `expiresIn`, which the platform may leave out. */
export function secondsOf(answer: unknown): { expiresIn?: number } {
  const value = memberOf(answer, 'expiresIn');
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? { expiresIn: value } : {};
}

function readDocument(value: unknown): AskedDocument {
  const size = memberOf(value, 'size');
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw new PhoneError('protocol', 'no size');
  }
  return { name: textOf(value, 'name'), size, sm3: textOf(value, 'sm3') };
}

/**
 * What the answer to a scan asks for, as it is written there.
 * @throws PhoneError `unsupported` for a scene that this phone does not know, `alteredQr` for a one-time key that is
 *   missing, none or unasked, `protocol` for no such answer.
 */
export function readAsked(answer: unknown): AskedFor {
  const scene = textOf(answer, 'scene');
  const origin = textOf(answer, 'origin');
  if (scene === 'login') return { scene, origin, challenge: textOf(answer, 'challenge') };
  const given = memberOf(answer, 'documents');
  const documents = Array.isArray(given) ? given.map(readDocument) : [];
  if (scene === 'encrypt') return { scene, origin, documents };
  if (scene === 'decrypt') {
    const purpose = readPurpose(answer);
    const common = { scene, origin, documents } as const;
    if (purpose !== 'check') return { ...common, purpose, oneTimeKey: readOneTimeKey(answer) };
    if (memberOf(answer, 'oneTimeKey') !== undefined) throw new PhoneError('alteredQr', 'a key unasked');
    return { ...common, purpose };
  }
  const signing = signingScenes.find((known) => known === scene);
  if (signing === undefined) throw new PhoneError('unsupported', scene);
  return { scene: signing, origin, documents };
}

function readPurpose(answer: unknown): (typeof openingPurposes)[number] {
  const text = textOf(answer, 'purpose');
  const purpose = openingPurposes.find((known) => known === text);
  if (purpose === undefined) throw new PhoneError('unsupported', text);
  return purpose;
}

/** 65 bytes, a point of the curve. */
function readOneTimeKey(answer: unknown): Uint8Array {
  const text = memberOf(answer, 'oneTimeKey');
  if (typeof text !== 'string') throw new PhoneError('alteredQr', 'no key');
  try {
    const key = fromBase64(text);
    decodePublicKey(key);
    return key;
  } catch (error) {
    if (error instanceof RangeError || error instanceof Sm2Error)
      throw new PhoneError('alteredQr', 'bad key');
    throw error;
  }
}

/** True where all of it can be shown for what it is: an origin, names without invisible characters, digests. */
export function canBeShown(asked: AskedFor): boolean {
  if (asked.scene === 'login') return siteOrigin.test(asked.origin);
  const { origin, documents } = asked;
  return (
    (siteOrigin.test(origin) || origin === selfTestOrigin) &&
    documents.length > 0 &&
    documents.length <= mostDocuments &&
    documents.every(
      ({ name, sm3 }) => /^[^\p{C}\p{Zl}\p{Zp}]{1,255}$/u.test(name) && /^[0-9a-f]{64}$/.test(sm3),
    )
  );
}
