import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { Sm4Cipher } from '../../../src/gm/sm4-cipher.ts';
import { sm4CbcDecrypt, sm4CbcEncrypt, sm4Ctr, sm4EncryptBlocks } from '../../../src/gm/sm4.ts';
import { fromHex, toHex } from '../../../src/lib/bytes.ts';
import { sm4Vector } from '../../vectors/sm4-vectors.ts';

const key = fromHex(sm4Vector.key);
const iv = fromHex('000102030405060708090a0b0c0d0e0f');
const random = (length: number) => new Uint8Array(randomBytes(length));

function nodeSm4(
  mode: 'ecb' | 'ctr' | 'cbc',
  usedKey: Uint8Array,
  start: Uint8Array,
  data: Uint8Array,
): string {
  const cipher = createCipheriv(`sm4-${mode}`, usedKey, mode === 'ecb' ? null : start);
  if (mode === 'ecb') cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]).toString('hex');
}

const lengths = [0, 1, 15, 16, 17, 31, 32, 33, 127, 128, 129, 143, 144, 145, 255, 256, 257, 4_099];

describe('the block cipher', () => {
  it('gives the published ciphertext', () => {
    expect(toHex(sm4EncryptBlocks(key, key))).toBe(sm4Vector.once);
  });

  it('gives the published ciphertext of a million encryptions', { timeout: 60_000 }, () => {
    const cipher = new Sm4Cipher(key, 'encrypt');
    const block = Uint8Array.from(key);
    for (let round = 0; round < 1_000_000; round += 1) cipher.transform(block);
    expect(toHex(block)).toBe(sm4Vector.millionTimes);
  });

  test.each([1, 2, 7, 8, 9, 100])('agrees with OpenSSL on %i blocks under another key each time', (count) => {
    const [otherKey, blocks] = [random(16), random(16 * count)];
    expect(toHex(sm4EncryptBlocks(otherKey, blocks))).toBe(nodeSm4('ecb', otherKey, iv, blocks));
  });

  it('decrypts what it encrypted', () => {
    const blocks = random(16 * 11);
    const worked = Uint8Array.from(blocks);
    new Sm4Cipher(key, 'encrypt').transform(worked);
    new Sm4Cipher(key, 'decrypt').transform(worked);
    expect(worked).toEqual(blocks);
  });

  test.each([1, 15, 17])('does not take %i bytes for blocks', (length) => {
    expect(() => sm4EncryptBlocks(key, random(length))).toThrow(RangeError);
  });
});

test.each([0, 15, 17, 32])('no mode takes a key of %i bytes', (length) => {
  const wrong = random(length);
  expect(() => sm4EncryptBlocks(wrong, random(16))).toThrow('malformedKey');
  expect(() => sm4Ctr(wrong, iv, random(16))).toThrow('malformedKey');
  expect(() => sm4CbcEncrypt(wrong, iv, random(16))).toThrow('malformedKey');
  expect(() => sm4CbcDecrypt(wrong, iv, random(16))).toThrow('malformedKey');
});

describe('counter mode', () => {
  test.each(lengths)('agrees with OpenSSL on %i bytes', (length) => {
    const data = random(length);
    expect(toHex(sm4Ctr(key, iv, data))).toBe(nodeSm4('ctr', key, iv, data));
  });

  test.each([
    '000000000000000000000000000000fe',
    '0000000000000000000000007fffffff',
    '000000000000000000000000ffffffff',
    '0000000000000000ffffffffffffffff',
    'ffffffffffffffffffffffffffffffff',
  ])('carries where OpenSSL does, from %s on', (counter) => {
    const data = random(300);
    expect(toHex(sm4Ctr(key, fromHex(counter), data))).toBe(nodeSm4('ctr', key, fromHex(counter), data));
  });

  it('leaves what it was given as it was', () => {
    const [usedKey, counter, data] = [Uint8Array.from(key), Uint8Array.from(iv), random(40)];
    const before = Uint8Array.from(data);
    sm4Ctr(usedKey, counter, data);
    expect([usedKey, counter, data]).toEqual([key, iv, before]);
  });

  test.each([0, 8, 15, 17])('does not take %i bytes for a counter', (length) => {
    expect(() => sm4Ctr(key, random(length), random(16))).toThrow(RangeError);
  });
});

describe('cipher block chaining', () => {
  test.each(lengths)('agrees with OpenSSL on %i bytes, and takes them back', (length) => {
    const data = random(length);
    const encrypted = sm4CbcEncrypt(key, iv, data);
    expect(toHex(encrypted)).toBe(nodeSm4('cbc', key, iv, data));
    expect(sm4CbcDecrypt(key, iv, encrypted)).toEqual(data);
  });

  /** Encrypts exactly these blocks, without padding of its own. */
  const encryptedUnpadded = (blocks: Uint8Array) => {
    const cipher = createCipheriv('sm4-cbc', key, iv).setAutoPadding(false);
    return new Uint8Array(cipher.update(blocks));
  };

  test.each([
    ['is zero', '00112233445566778899aabbccddee00'],
    ['is longer than a block', '11111111111111111111111111111111'],
    ['is the greatest byte', 'ffffffffffffffffffffffffffffffff'],
    ['differs in its first byte', '00112233445566778899aabbcc030404'],
    ['differs in its first byte of a whole block', '0f101010101010101010101010101010'],
    ['differs in its middle', '00112233445566778805050405050505'],
  ])('refuses padding that %s', (_, block) => {
    const padded = fromHex(sm4Vector.key + block);
    expect(() => sm4CbcDecrypt(key, iv, encryptedUnpadded(padded))).toThrow('badPadding');
  });

  it('takes a block of nothing but padding', () => {
    const padding = encryptedUnpadded(new Uint8Array(16).fill(16));
    expect(sm4CbcDecrypt(key, iv, padding)).toEqual(new Uint8Array(0));
  });

  test.each([0, 1, 15, 17, 31])('refuses a ciphertext of %i bytes', (length) => {
    expect(() => sm4CbcDecrypt(key, iv, random(length))).toThrow('malformedCiphertext');
  });

  test.each([0, 15, 17])('refuses to open with a vector of %i bytes', (length) => {
    expect(() => sm4CbcDecrypt(key, random(length), random(16))).toThrow('malformedCiphertext');
    expect(() => sm4CbcEncrypt(key, random(length), random(16))).toThrow(RangeError);
  });
});
