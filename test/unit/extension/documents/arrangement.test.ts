import { expect, test } from 'vitest';
import {
  createArrangement,
  type ArrangedDocument,
  type Arrangement,
} from '../../../../src/extension/documents/arrangement.ts';
import type { PdfDocument } from '../../../../src/extension/documents/pdf-document.ts';
import { isArranged } from '../../../../src/extension/documents/arrange-summary.tsx';
import type { ProposedPlace, SealPlace } from '../../../../src/protocol/seal-places.ts';
import { a4, fakePdf, run, seal } from './fake-pdf.ts';

const blob = new Blob(['%PDF']);
const document = (name: string, proposals: readonly ProposedPlace[] = []): ArrangedDocument => ({
  name,
  blob,
  proposals,
});
const point = (page: number, x: number, y: number): SealPlace => ({ kind: 'point', page, x, y });

/** An arrangement of these files; `undefined` cannot be opened. */
function arrange(
  pdfs: readonly (PdfDocument | undefined)[],
  proposals: readonly ProposedPlace[] = [],
): Arrangement {
  const documents = pdfs.map((_, index) => document(`${index}.pdf`, index === 0 ? proposals : []));
  return createArrangement(
    documents,
    async (index, use) => {
      const pdf = pdfs[index];
      return pdf === undefined ? undefined : use(pdf);
    },
    () => undefined,
  );
}

test('nothing is placed before a seal is chosen', async () => {
  const arrangement = arrange([fakePdf([{}])]);
  await arrangement.add(0, [point(1, 100, 100)]);
  expect(arrangement.state().places).toEqual([[]]);
});

test('what lies outside its page is moved in, what has no room is refused with the reason', async () => {
  const arrangement = arrange([fakePdf([{}, { size: { width: 50, height: 50 } }])]);
  await arrangement.setSeal(seal);
  await arrangement.add(0, [point(1, 9_999, 9_999)]);
  expect(arrangement.state().places[0]).toEqual([point(1, 535, 782)]);
  await arrangement.add(0, [point(2, 10, 10)]);
  expect(arrangement.state()).toMatchObject({ problem: 'tooLarge', places: [[point(1, 535, 782)]] });
});

test('no document takes more than 100 places', async () => {
  const arrangement = arrange([fakePdf([{}])]);
  await arrangement.setSeal(seal);
  await arrangement.add(
    0,
    Array.from({ length: 101 }, () => point(1, 100, 100)),
  );
  expect(arrangement.state().places[0]).toHaveLength(100);
  expect(arrangement.state().problem).toBe('tooMany');
});

test('what the site proposes is taken once, keywords as points, and what is not there is told', async () => {
  const pdf = fakePdf([{}, { text: [run('盖章处', 200, 500)] }]);
  const arrangement = arrange(
    [pdf],
    [
      { kind: 'keyword', text: '盖章', dx: 5, dy: -4 },
      { kind: 'keyword', text: '没有' },
      { kind: 'seam', y: 400 },
      { kind: 'point', page: 7, x: 0, y: 0 },
    ],
  );
  await arrangement.setSeal(seal);
  await arrangement.setSeal(seal);
  expect(arrangement.state().places[0]).toEqual([
    point(2, 215, 500),
    { kind: 'seam', y: 400, firstPage: 1, lastPage: 2 },
    point(2, 60, 60),
  ]);
  expect(arrangement.state().notFound).toEqual([['没有']]);
});

test('only the occurrence that the site named is taken', async () => {
  const pdf = fakePdf([{ text: [run('盖章', 200, 500), run('盖章', 200, 300)] }]);
  const arrangement = arrange([pdf], [{ kind: 'keyword', text: '盖章', occurrence: 2 }]);
  await arrangement.setSeal(seal);
  expect(arrangement.state().places[0]).toEqual([point(1, 210, 304)]);
});

test('a larger seal moves what would lie over the edge', async () => {
  const arrangement = arrange([fakePdf([{}])]);
  await arrangement.setSeal(seal);
  await arrangement.add(0, [point(1, 60, 60)]);
  await arrangement.setSeal({ width: 200, height: 300 });
  expect(arrangement.state().places[0]).toEqual([point(1, 100, 150)]);
});

test('the same places go to all documents that have room; the others keep theirs and are named', async () => {
  const arrangement = arrange([fakePdf([{}, {}]), fakePdf([{}, {}, {}]), fakePdf([{}]), undefined]);
  await arrangement.setSeal(seal);
  await arrangement.add(0, [point(2, 100, 100), { kind: 'seam', y: 300 }]);
  await arrangement.add(2, [point(1, 200, 200)]);
  await arrangement.applyToAll(0);
  const { places, applied } = arrangement.state();
  expect(places[1]).toEqual([point(2, 100, 100), { kind: 'seam', y: 300, firstPage: 1, lastPage: 3 }]);
  expect(places[2]).toEqual([point(1, 200, 200)]);
  expect(applied).toEqual({ count: 1, skipped: ['2.pdf', '3.pdf'] });
});

test('a place that was removed while it was measured does not come back over another', async () => {
  const arrangement = arrange([fakePdf([{}])]);
  await arrangement.setSeal(seal);
  await arrangement.add(0, [point(1, 100, 100), point(1, 300, 300)]);
  const replacing = arrangement.replace(0, 0, point(1, 500, 500));
  arrangement.remove(0, 0);
  await replacing;
  expect(arrangement.state().places[0]).toEqual([point(1, 300, 300)]);
});

test('a document whose pages are broken takes no place, and the next change still works', async () => {
  const arrangement = arrange([fakePdf([undefined, {}])]);
  await arrangement.setSeal(seal);
  await arrangement.add(0, [point(1, 100, 100)]);
  await arrangement.add(0, [point(2, 100, 100)]);
  expect(arrangement.state().places[0]).toEqual([point(2, 100, 100)]);
});

test('it may be sent only when every document has a place and nothing still moves', async () => {
  const arrangement = arrange([fakePdf([{}]), fakePdf([{ size: a4 }])]);
  await arrangement.setSeal(seal);
  await arrangement.add(0, [point(1, 100, 100)]);
  expect(isArranged('seal', arrangement.state())).toBe(false);
  const adding = arrangement.add(1, [point(1, 100, 100)]);
  expect(isArranged('seal', arrangement.state())).toBe(false);
  await adding;
  expect(isArranged('seal', arrangement.state())).toBe(true);
  expect(isArranged(undefined, arrangement.state())).toBe(false);
});
