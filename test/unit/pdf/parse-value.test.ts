import { describe, expect, it, test } from 'vitest';
import { equalValues } from '../../../src/pdf/compare-values.ts';
import { parseValue } from '../../../src/pdf/parse-value.ts';
import { PdfError } from '../../../src/pdf/pdf-error.ts';
import { dictionary, name, reference, string, type PdfValue } from '../../../src/pdf/pdf-values.ts';
import { scan } from '../../../src/pdf/scanner.ts';
import { readDate, readText, writeDate, writeText } from '../../../src/pdf/text-string.ts';
import { writeValue } from '../../../src/pdf/write-value.ts';
import { latin1Bytes } from '../../support/pdf-samples.ts';

const parse = (text: string) => parseValue(scan(latin1Bytes(`${text} ]`)));
const literal = (text: string) => string(latin1Bytes(text));

describe('a value is read as ISO 32000-1 §7.3 says', () => {
  test.each<[string, PdfValue]>([
    ['true', true],
    ['null', null],
    ['-0.5', -0.5],
    ['+17', 17],
    ['4.', 4],
    ['-.002', -0.002],
    ['% a comment\n7', 7],
    ['12 0 R', reference(12)],
    ['[12 0 R 5 0 1]', [reference(12), 5, 0, 1]],
    ['/A#42#20C', name('AB C')],
    ['/', name('')],
    ['<</A<</B(x)>>/C[]>>', dictionary({ A: dictionary({ B: literal('x') }), C: [] })],
    ['<</A null /B 1>>', dictionary({ B: 1 })],
    ['<48 65 6C\n6c 6F 7>', literal('Hellop')],
    ['(a(b)c)', literal('a(b)c')],
    ['(\\n\\r\\t\\b\\f\\(\\)\\\\\\x)', literal('\n\r\t\b\f()\\x')],
    ['(\\053\\53\\0533\\400)', literal('+++3\0')],
    ['(a\\\r\nb\\\nc\rd\r\ne)', literal('abc\nd\ne')],
  ])('%j', (text, expected) => {
    expect(equalValues(parse(text), expected)).toBe(true);
    expect(equalValues(parse(writeValue(expected)), expected)).toBe(true);
  });

  test.each(['tru', '1e5', '--5', '1.2.3', '/A#0', '/A#00', '<</A>>', '<</A 1>', '<0x>', ')', '}', 'R'])(
    'or refused: %j',
    (text) => expect(() => parse(text)).toThrow(PdfError),
  );

  it('and a key that stands twice is noticed', () => {
    expect(parse('<</A 1 /A 2>>')).toMatchObject({ hasDuplicates: true });
    expect(parse('<</A null /A 2>>')).toMatchObject({ hasDuplicates: true });
  });
});

describe('numbers are written', () => {
  test.each<[number, string]>([
    [1e21, '1000000000000000000000'],
    [0.0000001, '0.0000001000'],
    [-3.25, '-3.25'],
  ])('%d without an exponent', (value, text) => expect(writeValue(value)).toBe(text));
});

describe('text and dates', () => {
  test.each(['Bid (1) \\ x', '湛江某建设有限公司', '😀'])('come back as they were: %j', (text) => {
    expect(readText(writeText(text))).toBe(text);
    const read = parse(writeValue(writeText(text)));
    expect(equalValues(read, writeText(text))).toBe(true);
  });

  it('a date comes back to the second', () => {
    const date = new Date('2026-07-01T07:59:31Z');
    expect(readDate(readText(writeDate(date)))).toEqual(date);
  });

  test.each<[string, string | undefined]>([
    ["D:20260701155931+08'00'", '2026-07-01T07:59:31.000Z'],
    ["D:20260701155931+08'00", '2026-07-01T07:59:31.000Z'],
    ['D:20260701', '2026-07-01T00:00:00.000Z'],
    ['D:20260701075931Z', '2026-07-01T07:59:31.000Z'],
    ['D:20261399', undefined],
    ['yesterday', undefined],
  ])('%s', (text, expected) => expect(readDate(text)?.toISOString()).toBe(expected));
});
