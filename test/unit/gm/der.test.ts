import { randomBytes } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import {
  encode,
  encodeNamedBits,
  encodeObjectIdentifier,
  encodeSequence,
  encodeSetOf,
  encodeTime,
  encodeUnsignedInteger,
} from '../../../src/gm/der-encode.ts';
import {
  bitStringBits,
  bitStringOctets,
  booleanValue,
  objectIdentifier,
  textValue,
  timeValue,
  unsignedInteger,
} from '../../../src/gm/der-values.ts';
import { onlyChild, openFields, parseDer, tags, type DerElement } from '../../../src/gm/der.ts';
import { concatBytes, fromHex, toHex, utf8 } from '../../../src/lib/bytes.ts';
import { refusalOf } from './refusal-of.ts';

const parseHex = (hex: string) => parseDer(fromHex(hex.replaceAll(' ', '')));

describe('bytes that are not strict DER are refused by name', () => {
  test.each([
    ['nothing', '', 'truncated'],
    ['a tag alone', '30', 'truncated'],
    ['content cut', '0403 0102', 'truncated'],
    ['length octets cut', '0482 01', 'truncated'],
    ['a length of 4 GiB', '0484 ffffffff', 'truncated'],
    ['a length of 2⁴⁰ and more', '0486 010000000000', 'tooLong'],
    ['a reserved length', '04ff 00', 'tooLong'],
    ['an inner element longer than its parent', '3003 0402 0000', 'truncated'],
    ['a byte after the end', '0500 00', 'trailingBytes'],
    ['a second element', '0500 0500', 'trailingBytes'],
    ['indefinite length', '3080 0500 0000', 'indefiniteLength'],
    ['indefinite length inside', '3004 3080 0000', 'indefiniteLength'],
    ['long form for a short length', '0481 01 ff', 'nonMinimalLength'],
    ['length with a leading zero', `048200ff ${'00'.repeat(255)}`, 'nonMinimalLength'],
    ['end-of-contents', '0000', 'unsupportedTag'],
    ['a high tag number', '1f8101 00', 'unsupportedTag'],
    ['a primitive SEQUENCE', '1000', 'wrongForm'],
    ['a primitive SET', '1100', 'wrongForm'],
    ['a constructed OCTET STRING', '2402 0400', 'wrongForm'],
    ['a constructed INTEGER', '2203 020101', 'wrongForm'],
    ['an empty INTEGER', '0200', 'nonMinimalInteger'],
    ['a padded positive INTEGER', '0202 007f', 'nonMinimalInteger'],
    ['a padded negative INTEGER', '0202 ff80', 'nonMinimalInteger'],
    ['a BOOLEAN of 1', '0101 01', 'malformedBoolean'],
    ['a BOOLEAN of two octets', '0102 ffff', 'malformedBoolean'],
    ['a NULL with content', '0501 00', 'malformedNull'],
    ['an empty BIT STRING', '0300', 'malformedBitString'],
    ['eight unused bits', '0302 08 00', 'malformedBitString'],
    ['unused bits of nothing', '0301 01', 'malformedBitString'],
    ['unused bits that are set', '0302 04 ff', 'malformedBitString'],
    ['an empty OBJECT IDENTIFIER', '0600', 'malformedObjectIdentifier'],
    ['an OBJECT IDENTIFIER cut within an arc', '0602 2a86', 'malformedObjectIdentifier'],
    ['an OBJECT IDENTIFIER with a padded arc', '0603 2a8001', 'malformedObjectIdentifier'],
    ['an OBJECT IDENTIFIER that begins padded', '0602 8001', 'malformedObjectIdentifier'],
  ])('%s (%s): %s', (_, hex, reason) => {
    expect(refusalOf(() => parseHex(hex))).toBe(`DerError: ${reason}`);
  });

  it('nesting beyond the limit: tooDeep', () => {
    const nest = (levels: number): Uint8Array =>
      levels === 0 ? fromHex('0500') : encodeSequence(nest(levels - 1));
    expect(parseDer(nest(23)).tag).toBe(tags.sequence);
    expect(refusalOf(() => parseDer(nest(24)))).toBe('DerError: tooDeep');
    expect(refusalOf(() => parseDer(nest(5_000)))).toBe('DerError: tooDeep');
  });

  it('more bytes than the caller allows: tooLong', () => {
    expect(parseDer(fromHex('040100'), { maxLength: 3 }).content).toEqual(Uint8Array.of(0));
    expect(refusalOf(() => parseDer(fromHex('040100'), { maxLength: 2 }))).toBe('DerError: tooLong');
  });

  it('random bytes are read or refused, and nothing else happens', () => {
    for (let round = 0; round < 2_000; round += 1) {
      const bytes = new Uint8Array(randomBytes(round % 64));
      if (bytes.length > 1) bytes.set([tags.sequence, bytes.length - 2]);
      expect(() => refusalOf(() => parseDer(bytes))).not.toThrow();
    }
  });
});

describe('a value is refused by name', () => {
  test.each<[string, (element: DerElement) => unknown, string, string]>([
    ['a negative INTEGER', unsignedInteger, '0201 80', 'negativeInteger'],
    ['a BOOLEAN for an INTEGER', unsignedInteger, '0101 ff', 'unexpectedElement'],
    ['an INTEGER for a BOOLEAN', booleanValue, '0201 01', 'unexpectedElement'],
    ['an arc above 2⁵³', objectIdentifier, `060a 2a ${'ff'.repeat(8)}7f`, 'malformedObjectIdentifier'],
    ['a BIT STRING of 7 bits for octets', bitStringOctets, '0302 01 00', 'malformedBitString'],
    ['an INTEGER for a text', textValue, '0201 01', 'unexpectedElement'],
    ['broken UTF-8', textValue, '0c02 c328', 'malformedText'],
    ['overlong UTF-8', textValue, '0c02 c080', 'malformedText'],
    ['a PrintableString beyond ASCII', textValue, '1302 c3a9', 'malformedText'],
    ['a BMPString of odd length', textValue, '1e03 4e2d 00', 'malformedText'],
  ])('%s', (_, read, hex, reason) => {
    expect(refusalOf(() => read(parseHex(hex)))).toBe(`DerError: ${reason}`);
  });

  test.each([
    ['without seconds', tags.utcTime, '2601010000Z'],
    ['with an offset', tags.utcTime, '260101000000+0800'],
    ['without Z', tags.utcTime, '260101000000'],
    ['with month 13', tags.utcTime, '261301000000Z'],
    ['on 30 February', tags.utcTime, '260230000000Z'],
    ['at 24 o’clock', tags.utcTime, '260101240000Z'],
    ['with second 60', tags.utcTime, '260101000060Z'],
    ['with a fraction', tags.generalizedTime, '20260101000000.5Z'],
    ['in the form of the other tag', tags.generalizedTime, '260101000000Z'],
    ['with a tail', tags.generalizedTime, '20260101000000ZZ'],
    ['that is empty', tags.utcTime, ''],
  ])('a time %s: malformedTime', (_, tag, text) => {
    expect(refusalOf(() => timeValue(parseDer(encode(tag, utf8(text)))))).toBe('DerError: malformedTime');
  });
});

describe('fields of a SEQUENCE are refused by name', () => {
  const pair = parseHex('3006 020101 020102');
  it('when one is missing, left over or another', () => {
    expect(refusalOf(() => openFields(pair).take(tags.null))).toBe('DerError: unexpectedElement');
    expect(refusalOf(() => openFields(pair).end())).toBe('DerError: unexpectedElement');
    expect(refusalOf(() => openFields(parseHex('3000')).takeAny())).toBe('DerError: missingElement');
    expect(refusalOf(() => openFields(pair, tags.set))).toBe('DerError: unexpectedElement');
    expect(refusalOf(() => onlyChild(pair))).toBe('DerError: unexpectedElement');
  });

  it('but an optional one may be absent', () => {
    const fields = openFields(pair);
    expect(fields.takeIf(tags.null)).toBeUndefined();
    expect(unsignedInteger(fields.take(tags.integer))).toBe(1n);
    expect(unsignedInteger(fields.take(tags.integer))).toBe(2n);
    expect(fields.takeIf(tags.integer)).toBeUndefined();
    fields.end();
  });
});

describe('what is written is read back', () => {
  test.each([0n, 1n, 127n, 128n, 255n, 256n, 2n ** 255n, 2n ** 256n - 1n])('INTEGER %s', (value) => {
    expect(unsignedInteger(parseDer(encodeUnsignedInteger(value)))).toBe(value);
  });

  test.each([0, 1, 127, 128, 255, 256, 65_535, 65_536])('%i octets', (length) => {
    const content = new Uint8Array(length).fill(7);
    expect(parseDer(encode(tags.octetString, content)).content).toEqual(content);
  });

  test.each(['1.2.156.10197.1.301', '2.5.29.15', '0.9.2342', '2.999.3', '1.3.6.1.4.1.4294967296'])(
    'OBJECT IDENTIFIER %s',
    (dotted) => {
      expect(objectIdentifier(parseDer(encodeObjectIdentifier(dotted)))).toBe(dotted);
    },
  );

  test.each(['1950-01-01T00:00:00.000Z', '2049-12-31T23:59:59.000Z', '2050-01-01T00:00:00.000Z'])(
    'time %s',
    (iso) => {
      expect(timeValue(parseDer(encodeTime(new Date(iso)))).toISOString()).toBe(iso);
    },
  );

  it('times change their type in 2050', () => {
    expect(encodeTime(new Date('2049-12-31T23:59:59Z'))[0]).toBe(tags.utcTime);
    expect(encodeTime(new Date('2050-01-01T00:00:00Z'))[0]).toBe(tags.generalizedTime);
  });

  test.each([[[0]], [[0, 1]], [[5, 6]], [[8]], [[7, 8]]])('named bits %j', (bits) => {
    const read = bitStringBits(parseDer(encodeNamedBits(bits)));
    expect(read.flatMap((isSet, bit) => (isSet ? [bit] : []))).toEqual(bits);
  });

  it('a SET OF is in ascending order', () => {
    const elements = ['020102', '020101', '0500', '02020101', '0c00'].map(fromHex);
    expect(toHex(encodeSetOf(...elements))).toBe('310e0201010201020202010105000c00');
  });

  it('text of every type that names are written in', () => {
    expect(textValue(parseDer(encode(tags.utf8String, utf8('湛江𠮷'))))).toBe('湛江𠮷');
    expect(textValue(parseHex('1e04 6e5b 6c5f'))).toBe('湛江');
    expect(textValue(parseHex('1402 41e9'))).toBe('Aé');
    expect(textValue(parseHex('1302 434e'))).toBe('CN');
  });

  it('an element’s raw bytes are the ones that came', () => {
    const bytes = encodeSequence(encodeUnsignedInteger(5n), encodeSequence(fromHex('0500')));
    const [number, inner] = parseDer(bytes).children;
    expect(concatBytes(number?.raw ?? bytes, inner?.raw ?? bytes)).toEqual(bytes.subarray(2));
  });
});
