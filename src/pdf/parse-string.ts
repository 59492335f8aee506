import { concatBytes } from '../lib/bytes.ts';
import { latin1 } from './latin1.ts';
import { PdfError } from './pdf-error.ts';
import type { PdfString } from './pdf-values.ts';
import { peek, WindowEnd, type Scanner } from './scanner.ts';

function finishString(
  scanner: Scanner,
  start: number,
  bytes: Uint8Array,
  form: PdfString['form'],
): PdfString {
  const { base } = scanner;
  return {
    kind: 'string',
    bytes,
    form,
    start: base === undefined ? undefined : base + start,
    end: base === undefined ? undefined : base + scanner.position,
  };
}

/** `<48656C6C6F>` (ISO 32000-1 §7.3.4.3). @throws WindowEnd, PdfError `damaged` */
export function parseHexString(scanner: Scanner): PdfString {
  const start = scanner.position;
  const end = scanner.bytes.indexOf(0x3e, start);
  if (end === -1) throw new WindowEnd();
  const digits = latin1(scanner.bytes.subarray(start + 1, end)).replaceAll(/[\0\t\n\f\r ]+/g, '');
  if (!/^[0-9A-Fa-f]*$/.test(digits)) throw new PdfError('damaged', 'no hexadecimal digit');
  scanner.position = end + 1;
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
  return finishString(scanner, start, Uint8Array.from(bytes), 'hex');
}

const escapes = new Map(
  [...'nrtbf'].map((letter, index) => [letter.charCodeAt(0), [10, 13, 9, 8, 12][index]]),
);

/** `(Hello)` (ISO 32000-1 §7.3.4.2). @throws WindowEnd, PdfError `tooComplex` */
export function parseLiteralString(scanner: Scanner): PdfString {
  const start = scanner.position;
  const parts: Uint8Array[] = [];
  let open = 1;
  scanner.position += 1;
  for (;;) {
    const run = plainRun(scanner);
    scanner.position += run.length;
    if (run.length > 0) parts.push(run);
    const byte = peek(scanner);
    scanner.position += 1;
    if (byte === 0x5c) parts.push(parseEscape(scanner));
    else if (byte === 0x29 && open === 1) {
      return finishString(scanner, start, concatBytes(...parts), 'literal');
    } else if (byte === 0x0d) {
      if (peek(scanner) === 10) scanner.position += 1;
      parts.push(Uint8Array.of(10));
    } else {
      open += byte === 0x28 ? 1 : -1;
      parts.push(Uint8Array.of(byte));
    }
    scanner.valuesLeft -= 1;
    if (scanner.valuesLeft < 0) throw new PdfError('tooComplex', 'pieces of a string');
  }
}

/** The bytes before the next one that means something in a string. */
function plainRun({ bytes, position }: Scanner): Uint8Array {
  let end = position;
  for (; end < bytes.length; end += 1) {
    const byte = bytes[end];
    if (byte === 0x5c || byte === 0x28 || byte === 0x29 || byte === 0x0d) break;
  }
  return bytes.subarray(position, end);
}

/** What follows a backslash (§7.3.4.2): a letter, up to three octal digits, or a line end that is dropped. */
function parseEscape(scanner: Scanner): Uint8Array {
  const byte = peek(scanner);
  scanner.position += 1;
  if (byte === 13 && peek(scanner) === 10) scanner.position += 1;
  if (byte === 10 || byte === 13) return new Uint8Array();
  if (byte < 0x30 || byte > 0x37) return Uint8Array.of(escapes.get(byte) ?? byte);
  let code = byte - 0x30;
  for (let digits = 1; digits < 3 && peek(scanner) >= 0x30 && peek(scanner) <= 0x37; digits += 1) {
    code = code * 8 + peek(scanner) - 0x30;
    scanner.position += 1;
  }
  return Uint8Array.of(code & 0xff);
}
