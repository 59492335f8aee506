/** SM2 keys and signatures: GB/T 32918.2-2016, encoded as GM/T 0009 §7 says. */
import { concatBytes, utf8 } from '../lib/bytes.ts';
import { encodeSequence, encodeUnsignedInteger } from './der-encode.ts';
import { unsignedInteger } from './der-values.ts';
import { DerError, openFields, parseDer } from './der.ts';
import {
  bytesToInteger,
  decodePrivateKey,
  decodePublicKey,
  integerToBytes,
  randomScalar,
  sm2Curve,
  Sm2Error,
} from './sm2-curve.ts';
import { sm3 } from './sm3.ts';

const { CURVE, BASE: G, Fn } = sm2Curve;
const { a, b, Gx, Gy, n } = CURVE();

/** The user id that GM/T 0009 §10 has everyone use who agreed on none. */
export const defaultUserId = '1234567812345678';

export interface Sm2KeyPair {
  /** d, 32 bytes big-endian. */
  readonly privateKey: Uint8Array;
  /** 04 ‖ x ‖ y, 65 bytes. */
  readonly publicKey: Uint8Array;
}

export interface Sm2SignatureOptions {
  /** The signer's distinguishing id, at most 8,191 bytes in UTF-8; `defaultUserId` unless told. */
  readonly userId?: string;
}

/** A key pair from the platform's cryptographic generator (GB/T 32918.1 §6.1). */
export function generateSm2KeyPair(): Sm2KeyPair {
  let d: bigint;
  do d = randomScalar();
  while (d === n - 1n);
  const privateKey = integerToBytes(d);
  return { privateKey, publicKey: sm2PublicKey(privateKey) };
}

/** Public key of a private key. @throws Sm2Error `privateKeyOutOfRange` */
export function sm2PublicKey(privateKey: Uint8Array): Uint8Array {
  return G.multiply(decodePrivateKey(privateKey)).toBytes(false);
}

/** Z_A, 32 bytes: what ties a signature to signer and curve (GB/T 32918.2 §5.5). */
export function userDigest(publicKey: Uint8Array, userId: string = defaultUserId): Uint8Array {
  const ID = utf8(userId);
  const entl = ID.length * 8;
  if (entl > 0xffff) throw new Sm2Error('userIdTooLong');
  const ENTL = Uint8Array.of(entl >> 8, entl & 0xff);
  const [A, B, X, Y] = [a, b, Gx, Gy].map(integerToBytes) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  return sm3(concatBytes(ENTL, ID, A, B, X, Y, publicKey.subarray(1)));
}

/** e = H_v(Z_A ‖ M), 32 bytes. */
function messageDigest(publicKey: Uint8Array, message: Uint8Array, options: Sm2SignatureOptions): Uint8Array {
  const Z = userDigest(publicKey, options.userId);
  return sm3.create().update(Z).update(message).digest();
}

/**
 * Signs (GB/T 32918.2 §6.1) with a fresh random nonce.
 * @returns DER SEQUENCE { r INTEGER, s INTEGER } (GM/T 0009 §7.3), at most 72 bytes.
 * @throws Sm2Error `privateKeyOutOfRange`, `userIdTooLong`
 */
export function signSm2(
  privateKey: Uint8Array,
  message: Uint8Array,
  options: Sm2SignatureOptions = {},
): Uint8Array {
  const d = decodePrivateKey(privateKey);
  const e = bytesToInteger(messageDigest(sm2PublicKey(privateKey), message, options));
  for (;;) {
    const k = randomScalar();
    const { x: x1 } = G.multiply(k).toAffine();
    const r = Fn.create(e + x1);
    if (r === 0n || r + k === n) continue;
    const s = Fn.mul(Fn.inv(1n + d), Fn.create(k - r * d));
    if (s === 0n) continue;
    return encodeSequence(encodeUnsignedInteger(r), encodeUnsignedInteger(s));
  }
}

/**
 * Verifies (GB/T 32918.2 §7.1). False for a well-formed signature that is not this key's over this message.
 * @param publicKey 04 ‖ x ‖ y, 65 bytes
 * @param signature DER SEQUENCE { r INTEGER, s INTEGER }
 * @throws DerError when the signature is no such SEQUENCE
 * @throws Sm2Error `signatureOutOfRange`, `malformedPublicKey`, `pointOffCurve`, `userIdTooLong`
 */
export function verifySm2(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
  options: Sm2SignatureOptions = {},
): boolean {
  return verifySm2Digest(publicKey, messageDigest(publicKey, message, options), signature);
}

/** `verifySm2` of a message of which only `digest` is at hand: SM3(Z_A ‖ M), not SM3(M). @throws as it does */
function verifySm2Digest(publicKey: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean {
  const PA = decodePublicKey(publicKey);
  const { r, s } = decodeSignature(signature);
  const e = bytesToInteger(digest);
  const t = Fn.create(r + s);
  if (t === 0n) return false;
  const point = G.mulAddUnsafe(s, PA, t);
  if (point.is0()) return false;
  return Fn.create(e + point.toAffine().x) === r;
}

/** `verifySm2` for signatures of strangers: false also for one that is malformed. */
export function sm2SignatureHolds(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  return holds(() => verifySm2(publicKey, message, signature));
}

/**
 * `sm2SignatureHolds` for a message that is too large to hold.
 * @param digest SM3(Z_A ‖ M), 32 bytes; Z_A is `userDigest(publicKey)`. SM3(M) alone is not what SM2 signs.
 */
export function sm2SignatureOverDigestHolds(
  publicKey: Uint8Array,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  return holds(() => verifySm2Digest(publicKey, digest, signature));
}

function holds(verify: () => boolean): boolean {
  try {
    return verify();
  } catch (error) {
    if (error instanceof DerError || error instanceof Sm2Error) return false;
    throw error;
  }
}

function decodeSignature(signature: Uint8Array): { r: bigint; s: bigint } {
  const fields = openFields(parseDer(signature, { maxLength: 128 }));
  const r = unsignedInteger(fields.takeAny());
  const s = unsignedInteger(fields.takeAny());
  fields.end();
  if (r === 0n || s === 0n || r >= n || s >= n) throw new Sm2Error('signatureOutOfRange');
  return { r, s };
}
