import { encryptSm2 } from '../../gm/sm2-encryption.ts';
import { fromBase64, toBase64 } from '../../lib/bytes.ts';
import { randomBytes } from 'node:crypto';
import type { Fault } from './faults.ts';
import { isJsonObject, type JsonObject } from '../http/json-body.ts';

/** Another result is left as it is. @param oneTimeKey the session's, base64, where it has one */
export function falsifyKeys(fault: Fault, result: unknown, oneTimeKey: string | undefined): unknown {
  if (!isJsonObject(result) || !Array.isArray(result['keys'])) return result;
  const keys: readonly unknown[] = result['keys'];
  switch (fault.kind) {
    case 'swappedCertificate':
      return fault.call === 'result' ? { ...result, certificate: fault.certificate } : result;
    case 'resultOfAnotherScene':
      return { ...result, scene: 'signature' };
    case 'swappedKeys':
      return { ...result, keys: keys.toReversed() };
    case 'foreignKeys':
      return { ...result, keys: keys.map(() => foreignKeyFor(oneTimeKey)) };
    case 'withheldKeys':
      return { ...result, keys: keys.map(() => null) };
    case 'missingKey':
      return { ...result, keys: keys.slice(0, -1) };
    case 'surplusKey':
      return { ...result, keys: [...keys, ...keys.slice(-1)] };
    case 'malformedKey':
      return { ...result, keys: keys.map(() => fault.key) };
    default:
      return result;
  }
}

/** Wrapped as a phone wraps, but to no file's content: the front server knows the one-time key. */
function foreignKeyFor(oneTimeKey: string | undefined): string {
  if (oneTimeKey === undefined) throw new TypeError('no one-time key');
  return toBase64(encryptSm2(fromBase64(oneTimeKey), randomBytes(48)));
}

export function falsifyBidIdentity(fault: Fault, body: JsonObject): JsonObject {
  if (fault.kind === 'swappedEncryptionCertificate') {
    return { ...body, encryptionCertificate: fault.certificate };
  }
  if (fault.kind === 'unaskedSeal') {
    return { ...body, seals: [{ id: 'company', name: '公章', seal: fault.seal }] };
  }
  if (fault.kind !== 'withoutEncryptionCertificate') return body;
  const { encryptionCertificate: _, ...rest } = body;
  return rest;
}

/** What the phone is told of a decryption. */
export function falsifyOpening(fault: Fault, body: JsonObject): JsonObject {
  if (fault.kind === 'alteredPurpose') return { ...body, purpose: fault.purpose };
  if (fault.kind === 'swappedOneTimeKey') return { ...body, oneTimeKey: fault.oneTimeKey };
  if (fault.kind !== 'withoutOneTimeKey') return body;
  const { oneTimeKey: _, ...rest } = body;
  return rest;
}
