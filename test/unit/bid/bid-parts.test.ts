import { describe, expect, it, test } from 'vitest';
import { be32, be64, fromBigEndian } from '../../../src/bid/big-endian.ts';
import { chunkMacPrefix } from '../../../src/bid/chunk-mac.ts';
import { splitContentKey } from '../../../src/bid/content-key.ts';
import { fromHex, toHex } from '../../../src/lib/bytes.ts';
import { refusalOf } from '../gm/refusal-of.ts';

describe('what precedes a ciphertext in its mac', () => {
  const digest = Uint8Array.from({ length: 32 }, (_, index) => 0xe0 + index);
  test.each([
    ['more', 0, '00'],
    ['last', 2 ** 22 - 1, '01'],
    ['trailer', 2 ** 30, '02'],
  ] as const)('is one block of header, place and flag: %s', (kind, index, flag) => {
    const place = index.toString(16).padStart(16, '0');
    expect(toHex(chunkMacPrefix(digest, { kind, index }))).toBe(
      `${toHex(digest)}${place}${flag}${'00'.repeat(23)}`,
    );
  });

  it('is not made of another digest, or before the first place', () => {
    expect(() => chunkMacPrefix(digest.subarray(1), { kind: 'more', index: 0 })).toThrow(RangeError);
    expect(() => chunkMacPrefix(digest, { kind: 'more', index: -1 })).toThrow(RangeError);
  });
});

describe('a content key', () => {
  const key = Uint8Array.from({ length: 48 }, (_, index) => index);

  test.each([0, 16, 47, 49, 64])('of %i bytes is the wrong one', (length) => {
    expect(refusalOf(() => splitContentKey(new Uint8Array(length)))).toBe('BidError: keyWrong');
  });

  it('is sixteen bytes for the cipher and thirty-two for the macs', () => {
    const { encryptionKey, macKey } = splitContentKey(key);
    expect([encryptionKey, macKey]).toEqual([key.slice(0, 16), key.slice(16)]);
  });

  it('takes its parts with it when it is overwritten', () => {
    const own = key.slice();
    const { encryptionKey, macKey } = splitContentKey(own);
    own.fill(0);
    expect([...encryptionKey, ...macKey].every((byte) => byte === 0)).toBe(true);
  });
});

describe('numbers', () => {
  test.each([
    [0, '0000000000000000'],
    [0x01020304, '0000000001020304'],
    [2 ** 46, '0000400000000000'],
    [2 ** 53 - 1, '001fffffffffffff'],
  ])('%i has eight bytes', (value, hex) => {
    expect(toHex(be64(value))).toBe(hex);
    expect(fromBigEndian(fromHex(hex))).toBe(value);
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 32])('%d does not fit into four bytes', (value) => {
    expect(() => be32(value)).toThrow(RangeError);
  });

  it('above 2^53 are read as no less than that', () => {
    for (const hex of ['0020000000000000', '0020000000000001', 'ffffffffffffffff']) {
      expect(fromBigEndian(fromHex(hex))).toBeGreaterThanOrEqual(2 ** 53);
    }
  });
});
