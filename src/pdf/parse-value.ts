import { parseHexString, parseLiteralString } from './parse-string.ts';
import { PdfError } from './pdf-error.ts';
import type { PdfDictionary, PdfName, PdfValue } from './pdf-values.ts';
import { peek, readToken, skipSpace, type Scanner } from './scanner.ts';

/** Levels of arrays and dictionaries in one another. */
const maxDepth = 64;

/**
 * Reads one value (ISO 32000-1 §7.3) after white space.
 * @throws WindowEnd, PdfError `damaged`, `tooComplex`
 */
export function parseValue(scanner: Scanner, depth = 0): PdfValue {
  if (depth > maxDepth) throw new PdfError('tooComplex', 'nesting');
  scanner.valuesLeft -= 1;
  if (scanner.valuesLeft < 0) throw new PdfError('tooComplex', 'values in one object');
  skipSpace(scanner);
  switch (peek(scanner)) {
    case 0x2f:
      return parseName(scanner);
    case 0x28:
      return parseLiteralString(scanner);
    case 0x5b:
      return parseArray(scanner, depth);
    case 0x3c:
      return peek(scanner, 1) === 0x3c ? parseDictionary(scanner, depth) : parseHexString(scanner);
    default:
      return parseToken(scanner);
  }
}

function parseToken(scanner: Scanner): PdfValue {
  const text = readToken(scanner);
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text === 'null') return null;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text)) {
    throw new PdfError('damaged', `${JSON.stringify(text)} is no value`);
  }
  return (/^\d{1,10}$/.test(text) ? parseReference(scanner, Number(text)) : undefined) ?? Number(text);
}

/** `12 0 R`, of which the first number was read; goes back to after it when nothing of the kind follows. */
function parseReference(scanner: Scanner, number: number): PdfValue | undefined {
  const start = scanner.position;
  skipSpace(scanner);
  const generation = readToken(scanner);
  if (/^\d{1,5}$/.test(generation)) {
    skipSpace(scanner);
    if (readToken(scanner) === 'R') return { kind: 'reference', number, generation: Number(generation) };
  }
  scanner.position = start;
  return undefined;
}

function parseName(scanner: Scanner): PdfName {
  scanner.position += 1;
  const raw = readToken(scanner);
  if (!raw.includes('#')) return { kind: 'name', text: raw };
  const text = raw.replaceAll(/#([0-9A-Fa-f]{2})|#/g, (_, hex: string | undefined) => {
    if (hex === undefined || hex === '00') throw new PdfError('damaged', 'escape in a name');
    return String.fromCharCode(Number.parseInt(hex, 16));
  });
  return { kind: 'name', text };
}

function parseArray(scanner: Scanner, depth: number): readonly PdfValue[] {
  const items: PdfValue[] = [];
  scanner.position += 1;
  for (skipSpace(scanner); peek(scanner) !== 0x5d; skipSpace(scanner)) {
    items.push(parseValue(scanner, depth + 1));
  }
  scanner.position += 1;
  return items;
}

function parseDictionary(scanner: Scanner, depth: number): PdfDictionary {
  const entries = new Map<string, PdfValue>();
  const seen = new Set<string>();
  let hasDuplicates = false;
  scanner.position += 2;
  for (skipSpace(scanner); peek(scanner) !== 0x3e; skipSpace(scanner)) {
    if (peek(scanner) !== 0x2f) throw new PdfError('damaged', 'a dictionary key that is no name');
    const { text } = parseName(scanner);
    const value = parseValue(scanner, depth + 1);
    if (seen.has(text)) hasDuplicates = true;
    else if (value !== null) entries.set(text, value);
    seen.add(text);
  }
  if (peek(scanner, 1) !== 0x3e) throw new PdfError('damaged', 'a dictionary without end');
  scanner.position += 2;
  return { kind: 'dictionary', entries, hasDuplicates };
}
