import { expect, it } from 'vitest';
import { createOpeningBook } from '../../../../src/clients/encryption/opening-book.ts';
import { sm2PublicKey } from '../../../../src/gm/sm2.ts';

const unknown = expect.objectContaining({ code: 'OPENING_UNKNOWN' });

it('gives the private key of an opening to who knows its id', () => {
  const book = createOpeningBook();
  const { opening, publicKey } = book.create();
  expect(opening).toMatch(/^[\w-]{22}$/);
  expect(sm2PublicKey(book.privateKey(opening))).toEqual(publicKey);
  book.expect(opening);
  expect(() => book.privateKey('A'.repeat(22))).toThrow(unknown);
  expect(() => book.expect('A'.repeat(22))).toThrow(unknown);
});

it('overwrites what it drops: the oldest of more than eight, and all when it is cleared', () => {
  const book = createOpeningBook();
  const openings = Array.from({ length: 9 }, () => {
    const { opening } = book.create();
    return { opening, privateKey: book.privateKey(opening) };
  });
  const isZero = (bytes: Uint8Array | undefined) => bytes?.every((byte) => byte === 0);
  expect(openings.map(({ privateKey }) => isZero(privateKey))).toEqual([true, ...Array(8).fill(false)]);
  expect(() => book.privateKey(openings[0]?.opening ?? '')).toThrow(unknown);
  book.clear();
  expect(openings.every(({ privateKey }) => isZero(privateKey))).toBe(true);
  expect(() => book.privateKey(openings[8]?.opening ?? '')).toThrow(unknown);
});
