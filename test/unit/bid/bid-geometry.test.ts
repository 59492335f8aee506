import { describe, expect, it, test } from 'vitest';
import { bidGeometry, counterBlock, type BidShape } from '../../../src/bid/bid-geometry.ts';
import { toHex } from '../../../src/lib/bytes.ts';
import { seededIntegers } from './seeded-random.ts';

const shape = { headerLength: 909, chunkSize: 65_536, plainSize: 100 };

describe('a shape is refused', () => {
  test.each([
    ['a header of its fixed fields alone', { headerLength: 40 }],
    ['a header above 131,072 bytes', { headerLength: 131_073 }],
    ['a header that is no number', { headerLength: Number.NaN }],
    ['chunks that are no power of two', { chunkSize: 65_537 }],
    ['chunks of half bytes', { chunkSize: 65_536.5 }],
    ['small chunks', { chunkSize: 32_768 }],
    ['large chunks', { chunkSize: 2 ** 25 }],
    ['less than nothing', { plainSize: -1 }],
    ['half a byte', { plainSize: 0.5 }],
    ['more than 2^46 bytes', { plainSize: 2 ** 46 + 1 }],
  ])('%s', (_, part) => {
    expect(() => bidGeometry({ ...shape, ...part })).toThrow(RangeError);
  });

  test.each([-1, 1, 0.5, Number.NaN])('there is no chunk %d of one', (index) => {
    expect(() => bidGeometry(shape).chunk(index)).toThrow(RangeError);
  });

  it('a counter block of a short nonce, or before the first', () => {
    expect(() => counterBlock(new Uint8Array(7), 0)).toThrow(RangeError);
    expect(() => counterBlock(new Uint8Array(8), -1)).toThrow(RangeError);
  });
});

describe('at the borders of chunks', () => {
  test.each([
    [0, 1, 0],
    [1, 1, 1],
    [65_535, 1, 65_535],
    [65_536, 1, 65_536],
    [65_537, 2, 1],
    [131_072, 2, 65_536],
    [131_073, 3, 1],
  ])('%i bytes have %i chunks, the last of %i', (plainSize, chunkCount, lastLength) => {
    const geometry = bidGeometry({ ...shape, plainSize });
    const last = geometry.chunk(chunkCount - 1);
    expect(geometry.chunkCount).toBe(chunkCount);
    expect(last).toMatchObject({ kind: 'last', length: lastLength });
    expect(geometry.length).toBe(909 + 32 + plainSize + 32 * chunkCount + 1_056);
  });
});

/** A shape whose every field is drawn, borders more often than they would come by chance. */
function drawShape(integer: (limit: number) => number): BidShape {
  const chunkSize = 65_536 * 2 ** integer(8);
  const near = chunkSize * integer(1_000) + integer(2) - 1;
  const anywhere = integer(2 ** integer(46));
  const plainSize = Math.max(0, integer(1) === 0 ? near : anywhere);
  return { headerLength: 41 + integer(131_031), chunkSize, plainSize };
}

/** Indices of a few chunks: the first, the last, and some between. */
function sample(count: number, integer: (limit: number) => number): number[] {
  return [...new Set([0, count - 1, ...Array.from({ length: 8 }, () => integer(count - 1))])];
}

describe('whatever the shape', () => {
  const integer = seededIntegers(0x5eed);
  const shapes = Array.from({ length: 1_000 }, () => drawShape(integer));

  it('all parts together are the whole, and no number is inexact', () => {
    for (const drawn of shapes) {
      const { chunkCount, length, trailer, chunk } = bidGeometry(drawn);
      const whole =
        BigInt(drawn.headerLength) + 32n + BigInt(drawn.plainSize) + 32n * BigInt(chunkCount) + 1_056n;
      expect(BigInt(length)).toBe(whole);
      expect(chunk(0).offset).toBe(drawn.headerLength + 32);
      expect(chunk(chunkCount - 1).macOffset + 32).toBe(trailer.offset);
      expect(trailer).toMatchObject({ index: chunkCount, kind: 'trailer', length: 1_024 });
      expect(trailer.macOffset + 32).toBe(length);
    }
  });

  it('a chunk begins where the one before it ends, in the file, the plaintext and the counter', () => {
    for (const drawn of shapes) {
      const geometry = bidGeometry(drawn);
      for (const index of sample(geometry.chunkCount, integer)) {
        const part = geometry.chunk(index);
        const isLast = index === geometry.chunkCount - 1;
        const next = isLast ? geometry.trailer : geometry.chunk(index + 1);
        expect(part.offset + part.length + 32).toBe(next.offset);
        expect(part.firstBlock * 16).toBe(index * drawn.chunkSize);
        expect(Math.ceil(part.length / 16)).toBeLessThanOrEqual(next.firstBlock - part.firstBlock);
        expect(part.kind).toBe(isLast ? 'last' : 'more');
        expect(part.length).toBe(isLast ? drawn.plainSize - index * drawn.chunkSize : drawn.chunkSize);
      }
    }
  });

  it('the plaintext is as long as all its chunks', () => {
    for (const drawn of shapes.filter(({ plainSize, chunkSize }) => plainSize / chunkSize < 2_000)) {
      const { chunkCount, chunk } = bidGeometry(drawn);
      const lengths = Array.from({ length: chunkCount }, (_, index) => chunk(index).length);
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(drawn.plainSize);
    }
  });
});

test('a counter block is the nonce and the number of the block', () => {
  const nonce = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  expect(toHex(counterBlock(nonce, 0))).toBe('01020304050607080000000000000000');
  expect(toHex(counterBlock(nonce, 2 ** 42 + 1))).toBe('01020304050607080000040000000001');
});
