import { concatBytes } from '../lib/bytes.ts';
import { string, type PdfString } from './pdf-values.ts';
import { fromLatin1, latin1 } from './latin1.ts';

const bigEndianMark = Uint8Array.of(0xfe, 0xff);

/** A text string (ISO 32000-1 §7.9.2.2): as ASCII where that does, else as UTF-16BE. */
export function writeText(text: string): PdfString {
  if (/^[ -~]*$/.test(text)) return string(fromLatin1(text));
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  return string(
    concatBytes(bigEndianMark, Uint8Array.from(units.flatMap((unit) => [unit >> 8, unit & 0xff]))),
  );
}

/** Reads a text string; what is neither UTF-16BE nor UTF-8 by its mark is read as Latin-1. */
export function readText({ bytes }: PdfString): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes.subarray(2));
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return new TextDecoder('utf-8').decode(bytes.subarray(3));
  }
  return latin1(bytes);
}

/** `D:20260701075900+00'00'` (§7.9.4). */
export function writeDate(date: Date): PdfString {
  const digits = date.toISOString().slice(0, 19).replaceAll(/\D/g, '');
  return string(fromLatin1(`D:${digits}+00'00'`));
}

/** Undefined for what is no date; without a time zone it is read as UTC. */
export function readDate(text: string): Date | undefined {
  const match = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z.*|([+-])(\d\d)(?:'(\d\d)'?)?)?$/.exec(
    text,
  );
  if (match === null) return undefined;
  const part = (index: number, initial: string) => match[index] ?? initial;
  const zone = match[7] === undefined ? 'Z' : `${match[7]}${part(8, '00')}:${part(9, '00')}`;
  const date = new Date(
    `${part(1, '')}-${part(2, '01')}-${part(3, '01')}T${part(4, '00')}:${part(5, '00')}:${part(6, '00')}${zone}`,
  );
  return Number.isNaN(date.getTime()) ? undefined : date;
}
