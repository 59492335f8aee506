import { describe, expect, it, test } from 'vitest';
import type { MacItem } from '../../../src/kernel/chunk-cipher.ts';
import { hex, kinds, opensslMac, random, regionBytes } from './ciphers.ts';

const lengths = [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 1_000, 65_536, 262_143, 262_144];

describe.each(kinds)('%s', (_, create) => {
  const cipher = create();
  const rangeOf = ({ offset, length }: MacItem) => cipher.memory.subarray(offset, offset + length);
  const expected = (items: readonly MacItem[]) => items.map((item) => opensslMac(item.prefix, rangeOf(item)));
  const macs = (items: readonly MacItem[]) => cipher.macs(items).map(hex);
  const items = (...ofLengths: readonly number[]): MacItem[] =>
    ofLengths.map((length, index) => ({ prefix: random(64), offset: 1_001 * index, length }));

  test.each(lengths)('authenticates four times %i bytes as OpenSSL does', (length) => {
    const four = items(length, length, length, length);
    expect(macs(four)).toEqual(expected(four));
  });

  test.each([1, 2, 3, 5, 7, 8, 9])('authenticates %i ranges of one length', (count) => {
    const some = items(...Array.from({ length: count }, () => 777));
    expect(macs(some)).toEqual(expected(some));
  });

  it('authenticates ranges of mixed lengths, in the order in which they were given', () => {
    const mixed = items(100, 0, 262_144, 100, 63, 262_144, 0, 100, 64, 100, 100, 1, 262_144);
    expect(macs(mixed)).toEqual(expected(mixed));
  });

  it('has nothing to say to nothing', () => {
    expect(cipher.macs([])).toEqual([]);
  });

  it('takes one item twice', () => {
    const item = { prefix: random(64), offset: 3, length: 70 };
    expect(macs([item, item])).toEqual(expected([item, item]));
  });

  test.each([0, 1, 2, 3])('keeps the lanes apart: a bit of range %i changes its value alone', (changed) => {
    const four = [0, 1, 2, 3].map((index) => ({
      prefix: new Uint8Array(64),
      offset: 600 * index,
      length: 600,
    }));
    const before = macs(four);
    cipher.memory[600 * changed + 599] = (cipher.memory[600 * changed + 599] ?? 0) ^ 1;
    const different = macs(four).map((value, index) => value !== before[index]);
    expect(different).toEqual([0, 1, 2, 3].map((index) => index === changed));
  });

  test.each([0, 1, 2, 3])('keeps the lanes apart: a bit of prefix %i changes its value alone', (changed) => {
    const four = [0, 1, 2, 3].map(() => ({ prefix: new Uint8Array(64), offset: 0, length: 600 }));
    const before = macs(four);
    four[changed]?.prefix.set([1], 63);
    const different = macs(four).map((value, index) => value !== before[index]);
    expect(different).toEqual([0, 1, 2, 3].map((index) => index === changed));
  });

  it('leaves the memory as it was', () => {
    const before = cipher.memory.slice();
    cipher.macs(items(262_144, 262_144, 5));
    expect(Buffer.compare(cipher.memory, before)).toBe(0);
  });

  test.each([
    ['before the memory', -1, 16],
    ['behind the memory', regionBytes - 15, 16],
    ['of negative length', 64, -1],
    ['between two bytes', 0, 0.5],
  ])('refuses a range %s, also among others', (_place, offset, length) => {
    const wrong = { prefix: random(64), offset, length };
    expect(() => cipher.macs([...items(10), wrong])).toThrow('outside the memory');
  });

  test.each([0, 63, 65])('refuses a prefix of %i bytes', (length) => {
    expect(() => cipher.macs([{ prefix: random(length), offset: 0, length: 0 }])).toThrow('64 bytes');
  });
});
