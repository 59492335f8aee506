import { expect, test } from 'vitest';
import { visibleText } from '../../../../src/extension/documents/visible-text.ts';

const hiddenIn = (text: string): string[] =>
  visibleText(text)
    .filter(({ isHidden }) => isHidden)
    .map((part) => part.text);

test.each([
  ['turned direction', 'a\u202Eb', ['U+202E']],
  ['an isolate', '\u2066x\u2069', ['U+2066', 'U+2069']],
  ['no width', 'a\u200Bb\uFEFF', ['U+200B', 'U+FEFF']],
  ['zero bytes and bells', '\0\u0007', ['U+0000', 'U+0007']],
  ['an escape', '\u001B[31m', ['U+001B']],
  ['a lone carriage return', 'one\rtwo', ['U+000D']],
  ['line separators', '\u2028\u2029', ['U+2028', 'U+2029']],
  ['private use and unassigned', '\uE000\u{10FFFF}', ['U+E000', 'U+10FFFF']],
])('%s is made visible', (_, text, codes) => {
  expect(hiddenIn(text)).toEqual(codes);
});

test('lines, tabs and letters of any script stay as they are', () => {
  const text = '第一行\n\t第二行：𠮷 é\n';
  expect(visibleText(text)).toEqual([{ text, isHidden: false }]);
});

test('a line end of two characters is one', () => {
  expect(visibleText('a\r\nb')).toEqual([{ text: 'a\nb', isHidden: false }]);
});

test('nothing is shown of nothing', () => {
  expect(visibleText('')).toEqual([]);
});
