import { describe, expect, it, test } from 'vitest';
import { isBoundedData } from '../../../src/lib/bounded-data.ts';

const bounds = { characters: 20, values: 10, depth: 3 };
const nested = (levels: number): unknown => (levels === 0 ? 'core' : [nested(levels - 1)]);

function ring(): unknown {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

describe('refused', () => {
  test.each<[what: string, value: unknown]>([
    ['undefined', undefined],
    ['a function', () => undefined],
    ['a bigint', 1n],
    ['a number that is none', Number.NaN],
    ['an infinite number', Number.POSITIVE_INFINITY],
    ['a date', new Date(0)],
    ['a map', new Map([['key', 'value']])],
    ['bytes', new Uint8Array(4)],
    ['a file', new Blob(['content'])],
    ['an error', new Error('no')],
    ['a text one too long', 'x'.repeat(21)],
    ['texts that are too long together', ['x'.repeat(11), 'x'.repeat(10)]],
    ['keys that are too long together', { ['x'.repeat(11)]: 1, ['y'.repeat(10)]: 1 }],
    ['too many values', Array.from({ length: 10 }, () => 1)],
    ['too many holes', Array.from({ length: 11 })],
    ['a list of four thousand million holes', Object.assign([], { length: 4_294_967_295 })],
    ['a level too deep', nested(4)],
    ['a ring', ring()],
    ['something in a list that is no data', [1, Symbol.iterator]],
    ['a hole in a list', [1, undefined, 2]],
  ])('%s', (_what, value) => {
    expect(isBoundedData(value, bounds)).toBe(false);
  });
});

it('stops at the first excess', () => {
  const looked: number[] = [];
  const value = Array.from({ length: 5 }, (_, index) => ({
    get text() {
      looked.push(index);
      return 'x'.repeat(15);
    },
  }));
  expect(isBoundedData(value, { ...bounds, values: 100 })).toBe(false);
  expect(looked).toEqual([0, 1]);
});

test.each<[what: string, value: unknown]>([
  ['a text at its bound', 'x'.repeat(20)],
  ['null', null],
  ['a level at its bound', nested(3)],
  ['values at their bound', Array.from({ length: 9 }, () => 1)],
  ['an object of no prototype', Object.assign(Object.create(null), { key: true })],
  ['what JSON holds', { a: [1, 'two', null, false], b: { c: 3 } }],
])('accepted: %s', (_what, value) => {
  expect(isBoundedData(value, bounds)).toBe(true);
});

describe('with gaps', () => {
  it('takes an undefined entry of an object for an absent one', () => {
    expect(
      isBoundedData({ a: 1, b: { c: undefined } }, { characters: 9, values: 9, depth: 2, gaps: true }),
    ).toBe(true);
  });

  it('refuses one in a list', () => {
    expect(isBoundedData([undefined], { characters: 9, values: 9, depth: 2, gaps: true })).toBe(false);
  });
});
