import { weierstrass, type WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import { randomBytes } from '@noble/hashes/utils.js';
import { concatBytes, fromHex, toHex } from '../lib/bytes.ts';

/** GB/T 32918.5-2017: the curve sm2p256v1, y² = x³ + ax + b over F_p, base point G of prime order n. */
const parameters = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};

/** Points of sm2p256v1. BigInt arithmetic: not constant-time in the strict sense. */
export const sm2Curve = weierstrass(parameters);

export type Sm2Point = WeierstrassPoint<bigint>;

export type Sm2ErrorReason =
  | 'privateKeyOutOfRange'
  | 'malformedPublicKey'
  | 'pointOffCurve'
  | 'signatureOutOfRange'
  | 'userIdTooLong'
  | 'emptyMessage'
  | 'malformedCiphertext'
  | 'decryptionFailed';

/** A key, signature or ciphertext that SM2 cannot take. */
export class Sm2Error extends Error {
  readonly reason: Sm2ErrorReason;

  constructor(reason: Sm2ErrorReason) {
    super(reason);
    this.name = 'Sm2Error';
    this.reason = reason;
  }
}

export function bytesToInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes) || '0'}`);
}

/** 32 bytes, big-endian (GB/T 32918.1 §4.2.2, §4.2.6). */
export function integerToBytes(value: bigint): Uint8Array {
  return fromHex(value.toString(16).padStart(64, '0'));
}

/** Uniform in 1 … n − 1, from the platform's cryptographic generator. */
export function randomScalar(): bigint {
  let scalar: bigint;
  do scalar = bytesToInteger(randomBytes(32));
  while (scalar === 0n || scalar >= parameters.n);
  return scalar;
}

/**
 * Private key d of 32 bytes, in 1 … n − 2 (GB/T 32918.1 §6.1).
 * @throws Sm2Error `privateKeyOutOfRange`
 */
export function decodePrivateKey(privateKey: Uint8Array): bigint {
  const d = bytesToInteger(privateKey);
  if (privateKey.length !== 32 || d === 0n || d >= parameters.n - 1n) {
    throw new Sm2Error('privateKeyOutOfRange');
  }
  return d;
}

/** Point with these affine coordinates, each below p. @throws Sm2Error `pointOffCurve` */
export function pointAt(x: bigint, y: bigint): Sm2Point {
  try {
    const point = sm2Curve.fromAffine({ x, y });
    point.assertValidity();
    return point;
  } catch {
    throw new Sm2Error('pointOffCurve');
  }
}

/**
 * Point of an uncompressed encoding, 65 bytes 04 ‖ x ‖ y; the point at infinity has none.
 * @throws Sm2Error `malformedPublicKey`, `pointOffCurve`
 */
export function decodePublicKey(publicKey: Uint8Array): Sm2Point {
  if (publicKey.length !== 65 || publicKey[0] !== 0x04) throw new Sm2Error('malformedPublicKey');
  return pointAt(bytesToInteger(publicKey.subarray(1, 33)), bytesToInteger(publicKey.subarray(33)));
}

/** x ‖ y, 64 bytes. */
export function encodeCoordinates(point: Sm2Point): Uint8Array {
  const { x, y } = point.toAffine();
  return concatBytes(integerToBytes(x), integerToBytes(y));
}
