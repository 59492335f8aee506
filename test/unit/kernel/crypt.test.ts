import { randomInt } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { createChunkCipher } from '../../../src/kernel/chunk-cipher.ts';
import { fromHex } from '../../../src/lib/bytes.ts';
import { sm4Vector } from '../../vectors/sm4-vectors.ts';
import { hex, kernel, kinds, nonce, opensslCtr, random, regionBytes } from './ciphers.ts';

const chunk = 262_144;
const borders = [16, 32, 64, 128, 256, 512, 1_024, 4_096, chunk, 4 * chunk];
const lengths = [0, 1, 2, ...borders.flatMap((border) => [border - 1, border, border + 1])];

describe.each(kinds)('%s', (_, create) => {
  const cipher = create();

  /** What becomes of a range, and what OpenSSL makes of the same bytes. */
  function crypted(offset: number, length: number, firstBlock: bigint) {
    const expected = opensslCtr(cipher.memory.slice(offset, offset + length), firstBlock);
    cipher.crypt(offset, length, nonce, firstBlock);
    return { actual: hex(cipher.memory.subarray(offset, offset + length)), expected };
  }

  test.each(lengths)('encrypts %i bytes as OpenSSL does', (length) => {
    const { actual, expected } = crypted(0, length, 0n);
    expect(actual === expected).toBe(true);
  });

  test.each([1n, 15n, 31n, 32n, 33n, 16_383n, 16_384n, 2n ** 46n / 16n])(
    'begins at block %i where OpenSSL does',
    (firstBlock) => {
      const { actual, expected } = crypted(5, 1_100, firstBlock);
      expect(actual).toBe(expected);
    },
  );

  test.each([
    ['8 bits', 0xf0n],
    ['16 bits', 0xfff0n],
    ['31 bits', 0x7fff_fff0n],
    ['32 bits', 0xffff_fff0n],
    ['32 bits, at the start of a batch', 0xffff_ffe0n],
    ['48 bits', 0xffff_ffff_fff0n],
    ['63 bits', 0x7fff_ffff_ffff_fff0n],
  ])('carries over %s', (_bits, firstBlock) => {
    const { actual, expected } = crypted(0, 1_600, firstBlock);
    expect(actual).toBe(expected);
  });

  it('agrees with OpenSSL wherever a range lies and begins', () => {
    for (let round = 0; round < 60; round += 1) {
      const offset = randomInt(0, 3_000);
      const { actual, expected } = crypted(offset, randomInt(0, 3_000), BigInt(randomInt(0, 2 ** 40)));
      expect(actual).toBe(expected);
    }
  });

  it('gives the same for a message as for its chunks one by one', () => {
    const message = cipher.memory.slice(0, 4_096);
    cipher.crypt(0, 4_096, nonce, 77);
    const whole = cipher.memory.slice(0, 4_096);
    cipher.memory.set(message);
    for (const start of [3_072, 1_024, 0, 2_048]) cipher.crypt(start, 1_024, nonce, 77 + start / 16);
    expect(cipher.memory.slice(0, 4_096)).toEqual(whole);
  });

  it('gives back what it encrypted', () => {
    const before = cipher.memory.slice();
    cipher.crypt(0, regionBytes, nonce, 3);
    cipher.crypt(0, regionBytes, nonce, 3);
    expect(Buffer.compare(cipher.memory, before)).toBe(0);
  });

  it('touches nothing outside the range', () => {
    const before = cipher.memory.slice();
    cipher.crypt(700, 333, nonce, 9);
    expect(cipher.memory.subarray(0, 700)).toEqual(before.subarray(0, 700));
    expect(Buffer.compare(cipher.memory.subarray(1_033), before.subarray(1_033))).toBe(0);
  });

  test.each([
    ['before the memory', -1, 16],
    ['behind the memory', regionBytes - 15, 16],
    ['of negative length', 64, -16],
    ['between two bytes', 0.5, 16],
    ['of no number', Number.NaN, 16],
  ])('refuses a range %s', (_place, offset, length) => {
    expect(() => cipher.crypt(offset, length, nonce, 0)).toThrow('outside the memory');
  });

  test.each([
    ['a shorter nonce', random(7), 0n],
    ['a longer nonce', random(9), 0n],
    ['a block before the first', nonce, -1n],
    ['a block behind the last', nonce, 2n ** 64n],
    ['blocks that run over the last', nonce, 2n ** 64n - 1n],
  ])('refuses %s', (_fault, wrongNonce, firstBlock) => {
    expect(() => cipher.crypt(0, 17, wrongNonce, firstBlock)).toThrow('no counter block');
  });

  it('goes up to the last block', () => {
    const { actual, expected } = crypted(0, 16, 2n ** 64n - 1n);
    expect(actual).toBe(expected);
  });
});

test.each([
  ['the kernel', kernel()],
  ['the scalar path', undefined],
])('%s gives the published ciphertext of the block that is the counter', (_, module) => {
  const cipher = createChunkCipher(module, 16);
  const key = fromHex(sm4Vector.key);
  cipher.setKeys(key, new Uint8Array(32));
  cipher.crypt(0, 16, key.subarray(0, 8), 0xfedc_ba98_7654_3210n);
  expect(hex(cipher.memory)).toBe(sm4Vector.once);
});
