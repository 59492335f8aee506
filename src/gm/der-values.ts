import { fromUtf8 } from '../lib/bytes.ts';
import { DerError, expectTag, tags, type DerElement } from './der.ts';

/** Value of an INTEGER that must not be negative. @throws DerError `negativeInteger`, `unexpectedElement` */
export function unsignedInteger(element: DerElement): bigint {
  const { content } = expectTag(element, tags.integer);
  if ((content[0] ?? 0) & 0x80) throw new DerError('negativeInteger');
  return content.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

/** @throws DerError `unexpectedElement` */
export function booleanValue(element: DerElement): boolean {
  return expectTag(element, tags.boolean).content[0] === 0xff;
}

/** Dotted form of an OBJECT IDENTIFIER. @throws DerError `malformedObjectIdentifier` above 2⁵³ in one arc */
export function objectIdentifier(element: DerElement): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of expectTag(element, tags.objectIdentifier).content) {
    arc = arc * 128 + (octet & 0x7f);
    if (!Number.isSafeInteger(arc)) throw new DerError('malformedObjectIdentifier');
    if (octet & 0x80) continue;
    if (arcs.length === 0) {
      const root = Math.min(Math.floor(arc / 40), 2);
      arcs.push(root, arc - 40 * root);
    } else {
      arcs.push(arc);
    }
    arc = 0;
  }
  return arcs.join('.');
}

/** Octets of a BIT STRING of whole octets. @throws DerError `malformedBitString` */
export function bitStringOctets(element: DerElement): Uint8Array {
  const { content } = expectTag(element, tags.bitString);
  if (content[0] !== 0) throw new DerError('malformedBitString', 'not whole octets');
  return content.subarray(1);
}

/** Bits of a BIT STRING, the first one first. */
export function bitStringBits(element: DerElement): boolean[] {
  const [unused = 0, ...octets] = expectTag(element, tags.bitString).content;
  return octets.flatMap((octet, index) => {
    const bits = index === octets.length - 1 ? 8 - unused : 8;
    return Array.from({ length: bits }, (_, bit) => Boolean(octet & (0x80 >> bit)));
  });
}

/**
 * UTCTime or GeneralizedTime in the forms of RFC 5280 §4.1.2.5: UTC, with seconds, no fraction.
 * @throws DerError `malformedTime`, `unexpectedElement`
 */
export function timeValue(element: DerElement): Date {
  if (element.tag !== tags.utcTime) expectTag(element, tags.generalizedTime);
  const text = String.fromCharCode(...element.content.subarray(0, 16));
  const pattern = element.tag === tags.utcTime ? /^(\d{2})(\d{10})Z$/ : /^(\d{4})(\d{10})Z$/;
  const [, yearDigits, rest] = pattern.exec(text) ?? [];
  if (yearDigits === undefined || rest === undefined || element.content.length > 15) {
    throw new DerError('malformedTime');
  }
  const year = yearDigits.length === 4 ? yearDigits : `${Number(yearDigits) < 50 ? 20 : 19}${yearDigits}`;
  const iso = `${year}-${rest.replace(/^(..)(..)(..)(..)(..)$/, '$1-$2T$3:$4:$5')}.000Z`;
  const date = new Date(iso);
  if (Number.isNaN(date.getTime()) || date.toISOString() !== iso) throw new DerError('malformedTime');
  return date;
}

const textTags: ReadonlySet<number> = new Set([
  tags.utf8String,
  tags.printableString,
  tags.teletexString,
  tags.ia5String,
  tags.bmpString,
]);

/** True for an element that `textValue` reads. */
export function isText(element: DerElement): boolean {
  return textTags.has(element.tag);
}

/**
 * Text of any string type that names are written in.
 * @throws DerError `malformedText` for octets that the type does not allow, `unexpectedElement` for no string
 */
export function textValue({ tag, content }: DerElement): string {
  switch (tag) {
    case tags.utf8String:
      return decodeUtf8(content);
    case tags.printableString:
    case tags.ia5String:
      if (content.some((octet) => octet > 0x7f)) throw new DerError('malformedText');
      return decodeUtf8(content);
    case tags.teletexString:
      return Array.from(content, (octet) => String.fromCharCode(octet)).join('');
    case tags.bmpString:
      return decodeUtf16(content);
    default:
      throw new DerError('unexpectedElement', 'no text');
  }
}

function decodeUtf8(content: Uint8Array): string {
  try {
    return fromUtf8(content);
  } catch {
    throw new DerError('malformedText');
  }
}

function decodeUtf16(content: Uint8Array): string {
  if (content.length % 2 !== 0) throw new DerError('malformedText');
  const units = Array.from({ length: content.length / 2 }, (_, index) => {
    return (content[2 * index] ?? 0) * 256 + (content[2 * index + 1] ?? 0);
  });
  return String.fromCharCode(...units);
}
