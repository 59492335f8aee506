import { expect, test } from 'vitest';
import { seamSlice } from '../../../../src/extension/documents/seam-slices.ts';
import { marksOnPage } from '../../../../src/extension/documents/seal-marks.ts';
import { a4, seal } from './fake-pdf.ts';

/** The groups of pages that share one picture: how many pages each has. */
function groups(first: number, last: number, width: number): number[] {
  const sizes: number[] = [];
  const counts: number[] = [];
  for (let page = first; page <= last; page += 1) {
    const slice = seamSlice(page, first, last, width);
    if (slice === undefined) throw new Error(`page ${page} has no slice`);
    if (slice.index === 0) sizes.push(0);
    const own = (sizes.at(-1) ?? 0) + 1;
    expect(slice.index).toBe(own - 1);
    counts[sizes.length - 1] = slice.count;
    sizes[sizes.length - 1] = own;
  }
  expect(counts).toEqual(sizes);
  return sizes;
}

test.each([1, 2, 3, 20, 21, 22, 41, 63, 100, 4_999])(
  '%i pages carry whole pictures, none in slices narrower than 2 mm',
  (pages) => {
    const sizes = groups(1, pages, seal.width);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(pages);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(21);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(sizes).toHaveLength(Math.ceil(pages / 21));
  },
);

test('a seal narrower than one slice is whole on each page', () => {
  expect(groups(1, 3, 2)).toEqual([1, 1, 1]);
});

test('pages outside the range carry nothing', () => {
  expect(seamSlice(2, 3, 5, 120)).toBeUndefined();
  expect(seamSlice(6, 3, 5, 120)).toBeUndefined();
  expect(seamSlice(3, 3, 5, 120)).toEqual({ index: 0, count: 3 });
});

test('a slice ends at the right edge of its own page', () => {
  const [mark] = marksOnPage([{ kind: 'seam', y: 400 }], seal, a4, 2, 4);
  expect(mark).toMatchObject({
    middle: { x: 595 - 15, y: 400 },
    size: { width: 30, height: 120 },
    slice: { index: 1, count: 4 },
  });
});

test('a place on one page leaves the others alone, one on all pages none', () => {
  const places = [
    { kind: 'point', page: 2, x: 100, y: 100 },
    { kind: 'allPages', x: 200, y: 200 },
  ] as const;
  expect(marksOnPage(places, seal, a4, 1, 2).map(({ place }) => place)).toEqual([1]);
  expect(marksOnPage(places, seal, a4, 2, 2).map(({ place }) => place)).toEqual([0, 1]);
});
