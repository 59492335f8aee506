import { afterEach, describe, expect, it, test, vi } from 'vitest';
import {
  encode,
  encodeOctetString,
  encodeSequence,
  encodeUnsignedInteger,
} from '../../../src/gm/der-encode.ts';
import { sm2Curve } from '../../../src/gm/sm2-curve.ts';
import { decryptSm2, encryptSm2 } from '../../../src/gm/sm2-encryption.ts';
import { generateSm2KeyPair } from '../../../src/gm/sm2.ts';
import { concatBytes, fromHex, toHex, utf8 } from '../../../src/lib/bytes.ts';
import { sm2Vector } from '../../vectors/sm2-vectors.ts';
import { refusalOf } from './refusal-of.ts';
import { scriptRandom } from './scripted-random.ts';

const { d, k, x, y, encryption: vector } = sm2Vector;
const privateKey = fromHex(d);
const publicKey = fromHex(`04${x}${y}`);
const message = utf8(vector.text);
const x1 = BigInt(`0x${vector.x1}`);
const y1 = BigInt(`0x${vector.y1}`);
const C3 = fromHex(vector.C3);
const C2 = fromHex(vector.C2);
const build = (parts: { x?: bigint; y?: bigint; hash?: Uint8Array; cipher?: Uint8Array }) =>
  encodeSequence(
    encodeUnsignedInteger(parts.x ?? x1),
    encodeUnsignedInteger(parts.y ?? y1),
    encodeOctetString(parts.hash ?? C3),
    encodeOctetString(parts.cipher ?? C2),
  );
const published = build({});
const flip = (bytes: Uint8Array, index: number) =>
  Uint8Array.from(bytes, (byte, at) => (at === index ? byte ^ 1 : byte));

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a ciphertext is refused by name', () => {
  const { p } = sm2Curve.CURVE();
  test.each([
    ['C1 off the curve', build({ y: y1 ^ 1n }), 'Sm2Error', 'pointOffCurve'],
    ['C1 of zeros', build({ x: 0n, y: 0n }), 'Sm2Error', 'pointOffCurve'],
    ['x of p and more', build({ x: x1 + p }), 'Sm2Error', 'pointOffCurve'],
    ['C3 altered', build({ hash: flip(C3, 31) }), 'Sm2Error', 'decryptionFailed'],
    ['C2 altered', build({ cipher: flip(C2, 0) }), 'Sm2Error', 'decryptionFailed'],
    ['C2 cut', build({ cipher: C2.subarray(1) }), 'Sm2Error', 'decryptionFailed'],
    ['C2 empty', build({ cipher: new Uint8Array() }), 'Sm2Error', 'malformedCiphertext'],
    ['C3 cut', build({ hash: C3.subarray(1) }), 'Sm2Error', 'malformedCiphertext'],
    ['negative x', encodeSequence(encode(2, Uint8Array.of(0x80)), published), 'DerError', 'negativeInteger'],
    ['trailing byte', concatBytes(published, Uint8Array.of(0)), 'DerError', 'trailingBytes'],
    ['raw C1C3C2', concatBytes(publicKey, C3, C2), 'DerError', 'trailingBytes'],
  ])('%s', (_, ciphertext, name, reason) => {
    expect(refusalOf(() => decryptSm2(privateKey, ciphertext))).toBe(`${name}: ${reason}`);
  });

  it('at every truncation', () => {
    for (let length = 0; length < published.length; length += 1) {
      expect(refusalOf(() => decryptSm2(privateKey, published.subarray(0, length)))).toBe(
        'DerError: truncated',
      );
    }
  });

  it('for another key', () => {
    const other = generateSm2KeyPair().privateKey;
    expect(refusalOf(() => decryptSm2(other, published))).toBe('Sm2Error: decryptionFailed');
  });
});

describe('encryption refuses by name', () => {
  it('an empty message and a public key off the curve', () => {
    expect(refusalOf(() => encryptSm2(publicKey, new Uint8Array()))).toBe('Sm2Error: emptyMessage');
    expect(refusalOf(() => encryptSm2(flip(publicKey, 40), message))).toBe('Sm2Error: pointOffCurve');
  });
});

describe('the standard’s encryption (GB/T 32918.5, appendix C)', () => {
  it('decrypts', () => {
    expect(decryptSm2(privateKey, published)).toEqual(message);
  });

  it('comes out bit for bit when the generator gives the published nonce', () => {
    scriptRandom(fromHex(k));
    expect(toHex(encryptSm2(publicKey, message))).toBe(toHex(published));
  });
});

test.each([1, 16, 31, 32, 33, 64, 1_000])('a message of %i bytes comes back', (length) => {
  const long = Uint8Array.from({ length }, (_, index) => index & 0xff);
  const ciphertext = encryptSm2(publicKey, long);
  expect(decryptSm2(privateKey, ciphertext)).toEqual(long);
  expect(toHex(ciphertext)).not.toContain(toHex(long.subarray(0, 16)).padEnd(32, 'x'));
});
