import { expect, test } from 'vitest';
import {
  clampToPage,
  toPagePoint,
  toPercentages,
} from '../../../../src/extension/documents/seal-geometry.ts';
import { mmToPoints, pointsToMm, readableMm } from '../../../../src/extension/documents/length-units.ts';
import { a4, seal } from './fake-pdf.ts';

test.each([
  ['wider', { width: 596, height: 10 }],
  ['higher', { width: 10, height: 843 }],
  ['without size', { width: 0, height: 0 }],
  ['of no number', { width: Number.NaN, height: 10 }],
])('a seal that is %s than the page goes nowhere', (_, size) => {
  expect(clampToPage({ x: 100, y: 100 }, size, a4)).toBeUndefined();
});

test.each([
  ['far beyond the upper right', { x: 1e300, y: Infinity }, { x: 535, y: 782 }],
  ['far beyond the lower left', { x: -Infinity, y: -1e300 }, { x: 60, y: 60 }],
  ['where no number says', { x: Number.NaN, y: Number.NaN }, { x: 297.5, y: 421 }],
  ['half over an edge', { x: 10, y: 400 }, { x: 60, y: 400 }],
])('a seal %s comes back onto the page', (_, middle, inside) => {
  expect(clampToPage(middle, seal, a4)).toEqual(inside);
});

test('a seal that fills the page exactly has one place', () => {
  expect(clampToPage({ x: 0, y: 900 }, a4, a4)).toEqual({ x: 297.5, y: 421 });
});

test('a seal that lies on the page stays where it is', () => {
  expect(clampToPage({ x: 300.25, y: 200.5 }, seal, a4)).toEqual({ x: 300.25, y: 200.5 });
});

test('the screen counts from the top, the page from the bottom', () => {
  const box = { left: 50, top: 20, width: 1190, height: 1684 };
  expect(toPagePoint(50, 20, box, a4)).toEqual({ x: 0, y: 842 });
  expect(toPagePoint(50 + 1190, 20 + 1684, box, a4)).toEqual({ x: 595, y: 0 });
  expect(toPagePoint(50 + 595, 20 + 421, box, a4)).toEqual({ x: 297.5, y: 631.5 });
});

test('a seal is drawn in its true part of the page', () => {
  const page = { width: 600, height: 800 };
  expect(toPercentages({ x: 300, y: 100 }, { width: 60, height: 80 }, page)).toEqual({
    left: '45%',
    top: '82.5%',
    width: '10%',
    height: '10%',
  });
});

test('an inch is 72 points and 25.4 millimetres', () => {
  expect(mmToPoints(25.4)).toBe(72);
  expect(pointsToMm(72)).toBe(25.4);
  expect(readableMm(mmToPoints(42.04))).toBe(42);
});
