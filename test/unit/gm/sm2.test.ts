import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { encode, encodeSequence, encodeUnsignedInteger } from '../../../src/gm/der-encode.ts';
import { sm2Curve } from '../../../src/gm/sm2-curve.ts';
import {
  generateSm2KeyPair,
  signSm2,
  sm2PublicKey,
  sm2SignatureHolds,
  userDigest,
  verifySm2,
} from '../../../src/gm/sm2.ts';
import { sm3 } from '../../../src/gm/sm3.ts';
import { concatBytes, fromHex, toHex, utf8 } from '../../../src/lib/bytes.ts';
import { sm2Vector } from '../../vectors/sm2-vectors.ts';
import { refusalOf } from './refusal-of.ts';
import { scriptRandom } from './scripted-random.ts';

const { p, n } = sm2Curve.CURVE();
const { d, k, x, y, signature: vector } = sm2Vector;
const privateKey = fromHex(d);
const publicKey = fromHex(`04${x}${y}`);
const message = utf8(vector.text);
const bigint = (hex: string) => BigInt(`0x${hex}`);
const bytes32 = (value: bigint) => fromHex(value.toString(16).padStart(64, '0'));
const signatureOf = (r: bigint, s: bigint) =>
  encodeSequence(encodeUnsignedInteger(r), encodeUnsignedInteger(s));
const r = bigint(vector.r);
const s = bigint(vector.s);
const sound = signatureOf(r, s);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a public key is refused by name', () => {
  const flipped = Uint8Array.from(publicKey, (byte, index) => (index === 64 ? byte ^ 1 : byte));
  test.each([
    ['of no bytes', new Uint8Array()],
    ['one byte short', publicKey.subarray(0, 64)],
    ['one byte long', concatBytes(publicKey, Uint8Array.of(0))],
    ['without its 04', publicKey.subarray(1)],
    ['compressed', concatBytes(Uint8Array.of(3), fromHex(x))],
    ['in hybrid form', concatBytes(Uint8Array.of(7), publicKey.subarray(1))],
    ['at infinity, as one byte', Uint8Array.of(0)],
    ['at infinity, as 65 bytes', new Uint8Array(65)],
  ])('%s: malformedPublicKey', (_, key) => {
    expect(refusalOf(() => verifySm2(key, message, sound))).toBe('Sm2Error: malformedPublicKey');
  });
  test.each([
    ['off the curve', flipped],
    ['of zeros', concatBytes(Uint8Array.of(4), new Uint8Array(64))],
    ['with x = p', concatBytes(Uint8Array.of(4), bytes32(p), fromHex(y))],
    ['with y = p', concatBytes(Uint8Array.of(4), fromHex(x), bytes32(p))],
  ])('%s: pointOffCurve', (_, key) => {
    expect(refusalOf(() => verifySm2(key, message, sound))).toBe('Sm2Error: pointOffCurve');
  });
});

describe('a signature is refused by name', () => {
  test.each([
    ['r = 0', 0n, s],
    ['s = 0', r, 0n],
    ['r = n', n, s],
    ['s = n', r, n],
    ['r above n', r + n, s],
    ['s above n', r, s + n],
  ])('%s: signatureOutOfRange', (_, badR, badS) => {
    expect(refusalOf(() => verifySm2(publicKey, message, signatureOf(badR, badS)))).toBe(
      'Sm2Error: signatureOutOfRange',
    );
  });

  const integerR = encodeUnsignedInteger(r);
  const integerS = encodeUnsignedInteger(s);
  test.each([
    ['negative r', encodeSequence(encode(2, bytes32(r)), integerS), 'negativeInteger'],
    ['padded r', encodeSequence(encode(2, new Uint8Array(2), bytes32(r)), integerS), 'nonMinimalInteger'],
    ['long-form length', concatBytes(fromHex('3081'), sound.subarray(1)), 'nonMinimalLength'],
    [
      'indefinite length',
      concatBytes(fromHex('3080'), integerR, integerS, fromHex('0000')),
      'indefiniteLength',
    ],
    ['trailing byte', concatBytes(sound, Uint8Array.of(0)), 'trailingBytes'],
    ['r alone', encodeSequence(integerR), 'missingElement'],
    ['a third number', encodeSequence(integerR, integerS, integerS), 'unexpectedElement'],
    ['a SET', encode(0x31, integerR, integerS), 'unexpectedElement'],
    ['an OCTET STRING for s', encodeSequence(integerR, encode(4, bytes32(s))), 'unexpectedElement'],
    ['raw r ‖ s', concatBytes(bytes32(r), bytes32(s)), 'tooLong'],
    ['too long', encodeSequence(integerR, encode(2, new Uint8Array(200).fill(1))), 'tooLong'],
  ])('%s', (_, signature, reason) => {
    expect(refusalOf(() => verifySm2(publicKey, message, signature))).toBe(`DerError: ${reason}`);
  });

  it('at every truncation', () => {
    for (let length = 0; length < sound.length; length += 1) {
      expect(refusalOf(() => verifySm2(publicKey, message, sound.subarray(0, length)))).toBe(
        'DerError: truncated',
      );
    }
  });
});

describe('a signature does not hold', () => {
  it('with r + s = n', () => {
    expect(verifySm2(publicKey, message, signatureOf(r, n - r))).toBe(false);
  });

  it('over another message, by another key or for another user id', () => {
    expect(verifySm2(publicKey, utf8('message digesu'), sound)).toBe(false);
    expect(verifySm2(generateSm2KeyPair().publicKey, message, sound)).toBe(false);
    expect(verifySm2(publicKey, message, sound, { userId: 'ALICE123@YAHOO.COM' })).toBe(false);
  });

  it('with r and s exchanged, or s negated', () => {
    expect(verifySm2(publicKey, message, signatureOf(s, r))).toBe(false);
    expect(verifySm2(publicKey, message, signatureOf(r, n - s))).toBe(false);
  });

  it('when it is malformed and the caller wants no reason', () => {
    expect(sm2SignatureHolds(publicKey, message, sound.subarray(1))).toBe(false);
    expect(sm2SignatureHolds(publicKey, message, signatureOf(0n, s))).toBe(false);
    expect(sm2SignatureHolds(publicKey, message, sound)).toBe(true);
  });
});

describe('a private key is refused by name', () => {
  test.each([
    ['zero', bytes32(0n)],
    ['n − 1', bytes32(n - 1n)],
    ['n', bytes32(n)],
    ['of 31 bytes', bytes32(1n).subarray(1)],
    ['of 33 bytes', concatBytes(Uint8Array.of(0), bytes32(1n))],
    ['of no bytes', new Uint8Array()],
  ])('%s: privateKeyOutOfRange', (_, key) => {
    expect(refusalOf(() => signSm2(key, message))).toBe('Sm2Error: privateKeyOutOfRange');
    expect(refusalOf(() => sm2PublicKey(key))).toBe('Sm2Error: privateKeyOutOfRange');
  });

  it('takes the smallest and the largest one', () => {
    for (const key of [bytes32(1n), bytes32(n - 2n)]) {
      expect(verifySm2(sm2PublicKey(key), message, signSm2(key, message))).toBe(true);
    }
  });
});

describe('the standard’s signature (GB/T 32918.5, appendix A)', () => {
  it('has the published public key, Z and e', () => {
    const Z = userDigest(publicKey);
    expect(sm2PublicKey(privateKey)).toEqual(publicKey);
    expect(toHex(Z)).toBe(vector.Z);
    expect(toHex(sm3(concatBytes(Z, message)))).toBe(vector.e);
  });

  it('verifies', () => {
    expect(verifySm2(publicKey, message, sound)).toBe(true);
  });

  it('comes out bit for bit when the generator gives the published nonce', () => {
    scriptRandom(fromHex(k));
    expect(toHex(signSm2(privateKey, message))).toBe(toHex(sound));
  });

  it('draws again when the generator gives no number below n', () => {
    scriptRandom(bytes32(0n), new Uint8Array(32).fill(0xff), bytes32(n), fromHex(k));
    expect(toHex(signSm2(privateKey, message))).toBe(toHex(sound));
  });
});

describe('signing', () => {
  it('takes a fresh nonce each time', () => {
    const signatures = Array.from({ length: 8 }, () => toHex(signSm2(privateKey, message)));
    expect(new Set(signatures).size).toBe(signatures.length);
  });

  it('holds for the user id it was made for alone', () => {
    const options = { userId: '张三@例子' };
    const signature = signSm2(privateKey, message, options);
    expect(verifySm2(publicKey, message, signature, options)).toBe(true);
    expect(verifySm2(publicKey, message, signature)).toBe(false);
  });

  it('signs an empty message', () => {
    expect(verifySm2(publicKey, new Uint8Array(), signSm2(privateKey, new Uint8Array()))).toBe(true);
  });

  it('refuses a user id of more than 8,191 bytes by name', () => {
    const longest = { userId: 'a'.repeat(8_191) };
    const tooLong = { userId: 'a'.repeat(8_192) };
    expect(verifySm2(publicKey, message, signSm2(privateKey, message, longest), longest)).toBe(true);
    expect(refusalOf(() => signSm2(privateKey, message, tooLong))).toBe('Sm2Error: userIdTooLong');
  });
});

describe('key pairs', () => {
  it('are new each time and fit together', () => {
    const pairs = Array.from({ length: 4 }, generateSm2KeyPair);
    expect(new Set(pairs.map((pair) => toHex(pair.privateKey))).size).toBe(pairs.length);
    for (const pair of pairs) expect(sm2PublicKey(pair.privateKey)).toEqual(pair.publicKey);
  });

  it('never have n − 1 as private key', () => {
    scriptRandom(bytes32(n - 1n), bytes32(5n));
    expect(generateSm2KeyPair().privateKey).toEqual(bytes32(5n));
  });
});
