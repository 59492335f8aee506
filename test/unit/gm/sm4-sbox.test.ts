import { expect, it } from 'vitest';
import { substituteBytes } from '../../../src/gm/sm4-sbox.ts';

/** Product in GF(2⁸) modulo x⁸+x⁷+x⁶+x⁵+x⁴+x²+x+1. */
function multiply(left: number, right: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ (product & 0x80 ? 0x1f5 : 0) ^ ((right >> bit) & 1 ? left : 0);
  }
  return product;
}

/** x^254, which is the inverse, and 0 for 0. */
function invert(x: number): number {
  return Array.from({ length: 254 }).reduce<number>((power) => multiply(power, x), 1);
}

const rows = [0xa7, 0x4f, 0x9e, 0x3d, 0x7a, 0xf4, 0xe9, 0xd3];

/** A·x: bit i is the parity of what row i selects. */
function transform(x: number): number {
  return rows.reduce((sum, row, i) => sum | ((onesOf(row & x) % 2) << i), 0);
}

const onesOf = (x: number): number => x.toString(2).replaceAll('0', '').length;

/** What the circuit makes of one byte, which stands at each of the 32 places in turn. */
function substituted(byte: number, place: number): number {
  const planes = Int32Array.from({ length: 8 }, (_, bit) => ((byte >> bit) & 1) << place);
  substituteBytes(planes);
  return planes.reduce((sum, plane, bit) => sum | (((plane >>> place) & 1) << bit), 0);
}

const everyByte = Array.from({ length: 256 }, (_, byte) => byte);

it('is the inversion between two affine maps that defines the table, for each of the 256 bytes', () => {
  const defined = everyByte.map((x) => transform(invert(transform(x) ^ 0xd3)) ^ 0xd3);
  expect(everyByte.map((x) => substituted(x, 0))).toEqual(defined);
});

it('has the corners that the published table has', () => {
  expect([0x00, 0x0f, 0xf0, 0xff].map((x) => substituted(x, 0))).toEqual([0xd6, 0x05, 0x18, 0x48]);
});

it('does the same at each of the 32 places', () => {
  const places = Array.from({ length: 32 }, (_, place) => substituted(0xef, place));
  expect(new Set(places)).toEqual(new Set([0x84]));
});
