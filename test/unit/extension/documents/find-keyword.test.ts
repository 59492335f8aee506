import { expect, test } from 'vitest';
import { findKeyword } from '../../../../src/extension/documents/find-keyword.ts';
import { searchDocument } from '../../../../src/extension/documents/search-document.ts';
import { fakePdf, run } from './fake-pdf.ts';

const matches = (keyword: string, ...texts: string[]): string[] =>
  findKeyword(
    keyword,
    texts.map((text) => run(text)),
  ).map(({ match }) => match);

test.each(['', ' ', '\u200b', '\u202e\u0000', '　'])(
  'a keyword that shows nothing (%j) is nowhere',
  (keyword) => {
    expect(matches(keyword, '盖章 \u200b')).toEqual([]);
  },
);

test.each(['.*', '(', '[a-z]+', '\\d', '$&'])('%s is text, not a pattern', (keyword) => {
  expect(matches(keyword, `x${keyword}y`)).toEqual([keyword]);
  expect(matches(keyword, 'abc 123')).toEqual([]);
});

test.each([
  ['spaces between letters', '盖章', '盖 　章'],
  ['full width', '(盖章)', '（盖章）'],
  ['half width', '（盖章）：', '(盖章):'],
  ['letter case', 'seal here', 'SEAL HERE'],
  ['invisible characters', '盖章', '盖\u200b章'],
  ['a character outside the first plane', '𠮷章', '盖𠮷章'],
])('%s make no difference', (_, keyword, text) => {
  expect(matches(keyword, text)).toHaveLength(1);
});

test('a keyword is found across runs and lines', () => {
  expect(matches('投标人盖章', '投标', '人盖', '章处')).toEqual(['投标人盖章']);
});

test('occurrences do not overlap', () => {
  expect(matches('章章', '章章章章章')).toHaveLength(2);
});

test('a hit is at the middle of its letters', () => {
  const [hit] = findKeyword('盖章', [run('（盖章）', 100, 700)]);
  expect(hit).toEqual({ middle: { x: 120, y: 704 }, before: '（', match: '盖章', after: '）' });
});

test('on a turned page the middle follows the text', () => {
  const [hit] = findKeyword('盖章', [
    { text: '盖章', start: { x: 50, y: 100 }, advance: { x: 0, y: 20 }, rise: { x: -8, y: 0 } },
  ]);
  expect(hit?.middle).toEqual({ x: 46, y: 110 });
});

test('a letter that folds into several is found whole or not at all', () => {
  expect(matches('㎜', '42㎜')).toEqual(['㎜']);
  expect(matches('4', '㎜4')).toEqual(['4']);
  expect(matches('2m', '2㎜')).toEqual([]);
});

test('broken pages are passed over, and the search ends at its limit', async () => {
  const page = { text: [run('盖章 盖章')] };
  const pdf = fakePdf([undefined, page, page]);
  expect((await searchDocument(pdf, '盖章', { limit: 3 })).map((hit) => hit.page)).toEqual([2, 2, 3]);
});

test('a search that was given up reads no further page', async () => {
  const controller = new AbortController();
  const read: number[] = [];
  const pdf = fakePdf([{}, {}, {}]);
  const onPage = (page: number): void => {
    read.push(page);
    controller.abort();
  };
  await searchDocument(pdf, 'x', { limit: 9, signal: controller.signal, onPage });
  expect(read).toEqual([1]);
});
