import { describe, expect, it, test } from 'vitest';
import { encode, encodeHeader } from '../../../src/gm/der-encode.ts';
import { readDerHeader, splitDer } from '../../../src/gm/der-header.ts';
import { parseDer } from '../../../src/gm/der.ts';
import { concatBytes, fromHex } from '../../../src/lib/bytes.ts';
import { refusalOf } from './refusal-of.ts';

describe('a header is refused by name', () => {
  test.each([
    ['nothing', '', 'truncated'],
    ['length octets cut', '04850100', 'truncated'],
    ['indefinite length', '3080', 'indefiniteLength'],
    ['a leading zero', '04850080000000', 'nonMinimalLength'],
    ['2⁵³', '048720000000000000', 'tooLong'],
    ['nine length octets', '0488010000000000000000', 'tooLong'],
    ['a high tag number', '1f8101', 'unsupportedTag'],
  ])('%s', (_, hex, reason) => {
    expect(refusalOf(() => readDerHeader(fromHex(hex)))).toBe(`DerError: ${reason}`);
  });
});

describe('a header says how long its content is', () => {
  test.each([0, 127, 128, 65_536, 2 ** 32, 2 ** 53 - 1])('%i octets', (length) => {
    const header = encodeHeader(0x04, length);
    expect(readDerHeader(header)).toEqual({ tag: 0x04, headerLength: header.length, length });
  });
});

describe('elements that follow one another', () => {
  it('come one by one, unread', () => {
    const parts = [fromHex('020101'), encode(0x04, new Uint8Array(200)), fromHex('3002ffff')];
    expect([...splitDer(concatBytes(...parts))]).toEqual(parts);
  });

  it('truncated when the last one is cut', () => {
    expect(refusalOf(() => [...splitDer(fromHex('0201010402'))])).toBe('DerError: truncated');
  });
});

it('more elements than anyone needs: tooMany', () => {
  const many = encode(
    0x30,
    new Uint8Array(2 * 65_536).map((_, index) => (index % 2 === 0 ? 0x30 : 0)),
  );
  expect(refusalOf(() => parseDer(many))).toBe('DerError: tooMany');
  expect(parseDer(many, { maxElements: 65_537 }).children.length).toBe(65_536);
});
