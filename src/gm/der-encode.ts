import { concatBytes, utf8 } from '../lib/bytes.ts';
import { tags } from './der.ts';

/** One element: identifier octet, minimal definite length, the parts as content. */
export function encode(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...parts);
  return concatBytes(encodeHeader(tag, content.length), content);
}

/** Identifier and length octets alone, for content of `length` octets (below 2⁵³) that is not held. */
export function encodeHeader(tag: number, length: number): Uint8Array {
  return Uint8Array.of(tag, ...encodeLength(length));
}

function encodeLength(length: number): number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}

export function encodeSequence(...elements: readonly Uint8Array[]): Uint8Array {
  return encode(tags.sequence, ...elements);
}

/** SET OF, its elements in the ascending order that DER demands (X.690 §11.6). */
export function encodeSetOf(...elements: readonly Uint8Array[]): Uint8Array {
  return encode(tags.set, ...elements.toSorted(compareOctets));
}

function compareOctets(left: Uint8Array, right: Uint8Array): number {
  const differs = left.findIndex((octet, index) => octet !== right[index]);
  return differs === -1 ? left.length - right.length : (left[differs] ?? 0) - (right[differs] ?? -1);
}

/** INTEGER of a value that is not negative. */
export function encodeUnsignedInteger(value: bigint): Uint8Array {
  const octets: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 8n) octets.unshift(Number(rest & 0xffn));
  const needsZero = octets.length === 0 || (octets[0] ?? 0) >= 0x80;
  return encode(tags.integer, Uint8Array.from(needsZero ? [0, ...octets] : octets));
}

export function encodeObjectIdentifier(dotted: string): Uint8Array {
  const [root = 0, second = 0, ...arcs] = dotted.split('.').map(Number);
  return encode(tags.objectIdentifier, Uint8Array.from([root * 40 + second, ...arcs].flatMap(encodeArc)));
}

function encodeArc(arc: number): number[] {
  const octets = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
    octets.unshift(0x80 | (rest % 128));
  }
  return octets;
}

/** BIT STRING of whole octets. */
export function encodeBitString(octets: Uint8Array): Uint8Array {
  return encode(tags.bitString, Uint8Array.of(0), octets);
}

/** BIT STRING of named bits, without the zeros at its end (X.690 §11.2.2). */
export function encodeNamedBits(set: readonly number[]): Uint8Array {
  const length = Math.max(-1, ...set) + 1;
  const octets = new Uint8Array(Math.ceil(length / 8));
  for (const bit of set) octets[bit >> 3] = (octets[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return encode(tags.bitString, Uint8Array.of(octets.length * 8 - length), octets);
}

export function encodeOctetString(octets: Uint8Array): Uint8Array {
  return encode(tags.octetString, octets);
}

export function encodeUtf8String(text: string): Uint8Array {
  return encode(tags.utf8String, utf8(text));
}

export function encodePrintableString(text: string): Uint8Array {
  return encode(tags.printableString, utf8(text));
}

/** IA5String. @throws RangeError when a character is not ASCII */
export function encodeIa5String(text: string): Uint8Array {
  const octets = utf8(text);
  if (octets.some((octet) => octet > 0x7f)) throw new RangeError('not ASCII');
  return encode(tags.ia5String, octets);
}

/** The same element under an IMPLICIT tag. */
export function retag(element: Uint8Array, tag: number): Uint8Array {
  return concatBytes(Uint8Array.of(tag), element.subarray(1));
}

/** GeneralizedTime of any year, without fractions of a second. */
export function encodeGeneralizedTime(date: Date): Uint8Array {
  return encode(tags.generalizedTime, utf8(timeDigits(date)));
}

function timeDigits(date: Date): string {
  return `${date.toISOString().slice(0, 19).replaceAll(/\D/g, '')}Z`;
}

/** UTCTime through 2049, GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5); fractions of a second are cut. */
export function encodeTime(date: Date): Uint8Array {
  const year = date.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? encode(tags.utcTime, utf8(timeDigits(date).slice(2)))
    : encodeGeneralizedTime(date);
}
