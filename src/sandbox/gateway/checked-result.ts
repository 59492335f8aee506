import { isJsonObject } from '../http/json-body.ts';
import type { RelaySession } from './session-book.ts';

const longest = { certificate: 8_192, signature: 256, key: 1_024 } as const;

export function isBase64(value: unknown, longestText: number): value is string {
  return typeof value === 'string' && value.length <= longestText && /^[A-Za-z0-9+/]+={0,2}$/.test(value);
}

/** True where a phone's result is the one of this session's scene. */
export function isResultOf(session: RelaySession, result: unknown): boolean {
  const { ask, businessId } = session;
  if (!isJsonObject(result)) return false;
  if (result['scene'] !== ask.scene || result['origin'] !== ask.origin) return false;
  if (result['businessId'] !== businessId) return false;
  switch (ask.scene) {
    case 'login':
      return isToken(result);
    case 'encrypt':
      return false;
    case 'decrypt':
      return areKeysOf(session, result);
    default:
      return areSignaturesOf(session, result);
  }
}

function isToken({ format, algorithm, certificate, chain, signature }: Readonly<Record<string, unknown>>) {
  return (
    format === 'ca-bridge-login/1' &&
    algorithm === 'SM2-SM3' &&
    isBase64(certificate, longest.certificate) &&
    isBase64(signature, longest.signature) &&
    Array.isArray(chain) &&
    chain.length <= 4 &&
    chain.every((issuer) => isBase64(issuer, longest.certificate))
  );
}

function areSignaturesOf(
  { identity, toBeSigned }: RelaySession,
  { format, certificate, signatures }: Readonly<Record<string, unknown>>,
): boolean {
  return (
    format === 'ca-bridge-signatures/1' &&
    certificate === identity?.certificate &&
    Array.isArray(signatures) &&
    signatures.length === toBeSigned?.length &&
    signatures.every((signature) => isBase64(signature, longest.signature))
  );
}

function areKeysOf(
  { identity, toBeSigned }: RelaySession,
  { format, certificate, keys }: Readonly<Record<string, unknown>>,
): boolean {
  return (
    format === 'ca-bridge-keys/1' &&
    isBase64(certificate, longest.certificate) &&
    certificate === identity?.encryptionCertificate &&
    Array.isArray(keys) &&
    keys.length === toBeSigned?.length &&
    keys.every((key) => key === null || isBase64(key, longest.key)) &&
    keys.some((key) => key !== null)
  );
}
