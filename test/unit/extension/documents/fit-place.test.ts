import { expect, test } from 'vitest';
import { fitPlace } from '../../../../src/extension/documents/fit-place.ts';
import { movePlace } from '../../../../src/extension/documents/move-place.ts';
import { a4, fakePdf, seal } from './fake-pdf.ts';

const small = { width: 300, height: 200 };
const stamp = { width: 100, height: 50 };
const mixed = fakePdf([{ size: stamp }, { size: a4 }, { size: small }]);

test.each([
  ['a page that does not exist', { kind: 'point', page: 99, x: 1, y: 1 }, { page: 3, x: 60, y: 60 }],
  ['half a page', { kind: 'point', page: 1.6, x: 1, y: 1 }, { page: 2, x: 60, y: 60 }],
  ['no page', { kind: 'point', page: Number.NaN, x: 1, y: 1 }, undefined],
] as const)('%s becomes one that exists, if the seal fits there', async (_, place, fitted) => {
  const result = await fitPlace(place, seal, mixed);
  expect(result).toEqual(fitted && { kind: 'point', ...fitted });
});

test('on all pages means within each of them, also the smallest', async () => {
  const pages = fakePdf([{ size: a4 }, { size: small }, { size: { width: 842, height: 595 } }]);
  expect(await fitPlace({ kind: 'allPages', x: 590, y: 800 }, seal, pages)).toEqual({
    kind: 'allPages',
    x: 240,
    y: 140,
  });
});

test('one page that is too small keeps a seal from all pages', async () => {
  expect(await fitPlace({ kind: 'allPages', x: 60, y: 60 }, seal, mixed)).toBeUndefined();
});

test('a seam that runs backwards is turned round, and its pages are named', async () => {
  const seam = { kind: 'seam', y: 5_000, firstPage: 3, lastPage: 2 } as const;
  expect(await fitPlace(seam, seal, mixed)).toEqual({ kind: 'seam', y: 140, firstPage: 2, lastPage: 3 });
});

test('a page that is broken is no silent guess', async () => {
  const broken = fakePdf([{ size: a4 }, undefined]);
  await expect(fitPlace({ kind: 'allPages', x: 1, y: 1 }, seal, broken)).rejects.toThrow('broken');
});

test('across the edge only the height moves, and a seal on all pages stays one', () => {
  const to = { x: 0, y: 0 };
  const seam = { kind: 'seam', y: 300, firstPage: 1, lastPage: 3 } as const;
  expect(movePlace(seam, 2, to, seal, a4)).toEqual({ ...seam, y: 60 });
  expect(movePlace({ kind: 'allPages', x: 9, y: 9 }, 2, to, seal, a4)).toEqual({
    kind: 'allPages',
    x: 60,
    y: 60,
  });
});
