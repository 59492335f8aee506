import { PdfError } from './pdf-error.ts';

/** Values in one object. */
const maxValues = 400_000;

/** Part of a file, or the data of an object stream, with a reading position. */
export interface Scanner {
  readonly bytes: Uint8Array;
  position: number;
  /** Where `bytes` begin in the file; undefined for what came out of an object stream. */
  readonly base: number | undefined;
  valuesLeft: number;
}

/** Thrown where `bytes` end before the thing that is read does: there may be more of it in the file. */
export class WindowEnd extends Error {}

export function scan(bytes: Uint8Array, base?: number, position = 0): Scanner {
  return { bytes, base, position, valuesLeft: maxValues };
}

const whitespace = new Set([0, 9, 10, 12, 13, 32]);
const delimiters = new Set([...'()<>[]{}/%'].map((character) => character.charCodeAt(0)));

/** The byte at the reading position. @throws WindowEnd */
export function peek(scanner: Scanner, ahead = 0): number {
  const byte = scanner.bytes[scanner.position + ahead];
  if (byte === undefined) throw new WindowEnd();
  return byte;
}

function isRegular(byte: number): boolean {
  return !whitespace.has(byte) && !delimiters.has(byte);
}

/** Goes over white space and comments. */
export function skipSpace(scanner: Scanner): void {
  for (;;) {
    const byte = peek(scanner);
    if (whitespace.has(byte)) scanner.position += 1;
    else if (byte === 0x25) skipComment(scanner);
    else return;
  }
}

function skipComment(scanner: Scanner): void {
  for (let byte = peek(scanner); byte !== 10 && byte !== 13; byte = peek(scanner)) scanner.position += 1;
}

/** The run of regular characters at the reading position, which may be empty. */
export function readToken(scanner: Scanner): string {
  let text = '';
  for (let byte = peek(scanner); isRegular(byte); byte = peek(scanner)) {
    text += String.fromCharCode(byte);
    scanner.position += 1;
    if (text.length > 256) throw new PdfError('damaged', 'a token without end');
  }
  return text;
}

/** The next token after white space must be this keyword. @throws PdfError `damaged` */
export function expectKeyword(scanner: Scanner, keyword: string): void {
  skipSpace(scanner);
  const found = readToken(scanner);
  if (found !== keyword) throw new PdfError('damaged', `${JSON.stringify(found)} instead of ${keyword}`);
}

/** The next token after white space must be a whole number without a sign. @throws PdfError `damaged` */
export function expectCount(scanner: Scanner): number {
  skipSpace(scanner);
  const found = readToken(scanner);
  if (!/^\d{1,15}$/.test(found)) {
    throw new PdfError('damaged', `${JSON.stringify(found)} instead of a number`);
  }
  return Number(found);
}
