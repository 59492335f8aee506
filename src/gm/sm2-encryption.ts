/** SM2 public-key encryption: GB/T 32918.4-2016, encoded as GM/T 0009 §7.2 says. */
import { concatBytes, equalBytes } from '../lib/bytes.ts';
import { encodeOctetString, encodeSequence, encodeUnsignedInteger } from './der-encode.ts';
import { unsignedInteger } from './der-values.ts';
import { openFields, parseDer, tags } from './der.ts';
import {
  decodePrivateKey,
  decodePublicKey,
  encodeCoordinates,
  integerToBytes,
  pointAt,
  randomScalar,
  sm2Curve,
  Sm2Error,
  type Sm2Point,
} from './sm2-curve.ts';
import { sm3 } from './sm3.ts';

/**
 * Encrypts to a public key (§6.1). Meant for keys and other short messages.
 * @param publicKey 04 ‖ x ‖ y, 65 bytes
 * @param message at least one byte
 * @returns DER SEQUENCE { x INTEGER, y INTEGER, hash OCTET STRING, ciphertext OCTET STRING }, that is C1, C3, C2
 * @throws Sm2Error `malformedPublicKey`, `pointOffCurve`, `emptyMessage`
 */
export function encryptSm2(publicKey: Uint8Array, message: Uint8Array): Uint8Array {
  const PB = decodePublicKey(publicKey);
  if (message.length === 0) throw new Sm2Error('emptyMessage');
  for (;;) {
    const k = randomScalar();
    const { x: x1, y: y1 } = sm2Curve.BASE.multiply(k).toAffine();
    const shared = encodeCoordinates(PB.multiply(k));
    const t = deriveKey(shared, message.length);
    if (isAllZero(t)) continue;
    return encodeSequence(
      encodeUnsignedInteger(x1),
      encodeUnsignedInteger(y1),
      encodeOctetString(check(shared, message)),
      encodeOctetString(xor(message, t)),
    );
  }
}

/**
 * Decrypts (§7.1).
 * @param privateKey 32 bytes
 * @param ciphertext DER as `encryptSm2` returns it
 * @throws DerError, Sm2Error `malformedCiphertext` when the bytes are no ciphertext, `pointOffCurve` when C1 is no
 *   point of the curve
 * @throws Sm2Error `decryptionFailed` when it was made for another key or altered
 */
export function decryptSm2(privateKey: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const dB = decodePrivateKey(privateKey);
  const { C1, C2, C3 } = decodeCiphertext(ciphertext);
  const shared = encodeCoordinates(C1.multiply(dB));
  const t = deriveKey(shared, C2.length);
  const message = xor(C2, t);
  if (isAllZero(t) || !equalBytes(check(shared, message), C3)) throw new Sm2Error('decryptionFailed');
  return message;
}

function decodeCiphertext(ciphertext: Uint8Array): { C1: Sm2Point; C2: Uint8Array; C3: Uint8Array } {
  const fields = openFields(parseDer(ciphertext));
  const x = unsignedInteger(fields.takeAny());
  const y = unsignedInteger(fields.takeAny());
  const C3 = fields.take(tags.octetString).content;
  const C2 = fields.take(tags.octetString).content;
  fields.end();
  if (C3.length !== 32 || C2.length === 0) throw new Sm2Error('malformedCiphertext');
  return { C1: pointAt(x, y), C2, C3 };
}

/** KDF(x2 ‖ y2, klen), GB/T 32918.4 §5.4.3; `length` in bytes. */
function deriveKey(shared: Uint8Array, length: number): Uint8Array {
  const key = new Uint8Array(length);
  for (let ct = 1, offset = 0; offset < length; ct += 1, offset += 32) {
    const block = sm3(concatBytes(shared, integerToBytes(BigInt(ct)).subarray(28)));
    key.set(block.subarray(0, length - offset), offset);
  }
  return key;
}

/** C3 = Hash(x2 ‖ M ‖ y2). */
function check(shared: Uint8Array, message: Uint8Array): Uint8Array {
  return sm3(concatBytes(shared.subarray(0, 32), message, shared.subarray(32)));
}

function xor(left: Uint8Array, right: Uint8Array): Uint8Array {
  return left.map((byte, index) => byte ^ (right[index] ?? 0));
}

function isAllZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
