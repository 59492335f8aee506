import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { objectIdentifier, unsignedInteger } from '../../../gm/der-values.ts';
import { openFields, tags, type DerElement } from '../../../gm/der.ts';
import { oid } from '../../../gm/object-identifiers.ts';
import { concatBytes } from '../../../lib/bytes.ts';

const pbes2 = '1.2.840.113549.1.5.13';
const pbkdf2 = '1.2.840.113549.1.5.12';
const hmacWithSha1 = '1.2.840.113549.2.7';

/** Pseudo-random functions of PBKDF2 by Node's names. HMAC with SM3 has two identifiers in GM/T 0091 itself. */
const digests: Readonly<Record<string, string>> = {
  [hmacWithSha1]: 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
  '1.2.156.10197.1.401.2': 'sm3',
  '1.2.156.10197.1.401.3.1': 'sm3',
};

/** Ciphers by Node's names, with bytes of key and IV. */
const ciphers: Readonly<Record<string, readonly [name: string, key: number, iv: number]>> = {
  [oid.sm4Cbc]: ['sm4-cbc', 16, 16],
  '2.16.840.1.101.3.4.1.2': ['aes-128-cbc', 16, 16],
  '2.16.840.1.101.3.4.1.22': ['aes-192-cbc', 24, 16],
  '2.16.840.1.101.3.4.1.42': ['aes-256-cbc', 32, 16],
  '1.2.840.113549.3.7': ['des-ede3-cbc', 24, 8],
};

/** Seconds of work; more is a mistake or an attack. */
const mostIterations = 20_000_000n;

/** The key is encrypted in a way that is not read here. */
export class KeyEncryptionError extends Error {}

/**
 * Decrypts an EncryptedPrivateKeyInfo of PBES2 with PBKDF2 (RFC 8018 §6.2, A.2, A.4).
 * @returns PrivateKeyInfo, DER, to be overwritten by the caller; undefined where the passphrase is another. A wrong one
 *   passes once in 256 times, and gives what is no PrivateKeyInfo
 * @throws DerError; KeyEncryptionError for another algorithm
 */
export function decryptKeyInfo(
  algorithm: DerElement,
  encrypted: Uint8Array,
  passphrase: Uint8Array,
): Uint8Array | undefined {
  const { cipher, ivBytes, keyBytes, salt, iterations, digest } = readParameters(algorithm);
  const key = pbkdf2Sync(passphrase, salt, iterations, keyBytes, digest);
  try {
    const decipher = createDecipheriv(cipher, key, ivBytes);
    const parts = [decipher.update(encrypted), decipher.final()];
    const info = concatBytes(...parts);
    for (const part of parts) part.fill(0);
    return info;
  } catch {
    return undefined;
  } finally {
    key.fill(0);
  }
}

function readParameters(algorithm: DerElement) {
  const outer = openFields(algorithm);
  if (objectIdentifier(outer.takeAny()) !== pbes2) throw new KeyEncryptionError('scheme');
  const parameters = openFields(outer.take(tags.sequence));
  const derivation = openFields(parameters.take(tags.sequence));
  const scheme = openFields(parameters.take(tags.sequence));
  const [cipher, keyBytes, ivLength] = ciphers[objectIdentifier(scheme.takeAny())] ?? [];
  if (cipher === undefined || keyBytes === undefined) throw new KeyEncryptionError('cipher');
  const ivBytes = scheme.take(tags.octetString).content;
  if (ivBytes.length !== ivLength) throw new KeyEncryptionError('iv');
  if (objectIdentifier(derivation.takeAny()) !== pbkdf2) throw new KeyEncryptionError('derivation');
  const fields = openFields(derivation.take(tags.sequence));
  const salt = fields.take(tags.octetString).content;
  const iterations = unsignedInteger(fields.takeAny());
  const keyLength = fields.takeIf(tags.integer);
  const prf = fields.takeIf(tags.sequence);
  fields.end();
  if (keyLength !== undefined && unsignedInteger(keyLength) !== BigInt(keyBytes)) {
    throw new KeyEncryptionError('length of the key');
  }
  const digest = digests[prf === undefined ? hmacWithSha1 : objectIdentifier(openFields(prf).takeAny())];
  if (digest === undefined) throw new KeyEncryptionError('pseudo-random function');
  if (iterations < 1n || iterations > mostIterations) throw new KeyEncryptionError('iterations');
  return { cipher, ivBytes, keyBytes, salt, iterations: Number(iterations), digest };
}
