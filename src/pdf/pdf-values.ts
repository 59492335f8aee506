/** A PDF object (ISO 32000-1 §7.3), streams aside. */
export type PdfValue =
  null | boolean | number | PdfName | PdfString | PdfReference | PdfDictionary | readonly PdfValue[];

export interface PdfName {
  readonly kind: 'name';
  /** Without the slash, escapes resolved, one character a byte. */
  readonly text: string;
}

export interface PdfString {
  readonly kind: 'string';
  readonly bytes: Uint8Array;
  readonly form: 'literal' | 'hex';
  /** Where its first delimiter stands in the file; undefined for one that came out of an object stream. */
  readonly start: number | undefined;
  /** Position after its last delimiter. */
  readonly end: number | undefined;
}

export interface PdfReference {
  readonly kind: 'reference';
  readonly number: number;
  readonly generation: number;
}

export interface PdfDictionary {
  readonly kind: 'dictionary';
  /** Without entries whose value is null, which are the same as absent ones. */
  readonly entries: ReadonlyMap<string, PdfValue>;
  /** A key stands in it twice: readers differ in which one they take. Here it is the first. */
  readonly hasDuplicates: boolean;
}

/** An indirect object that is a stream; its data stay in the file. */
export interface PdfStream {
  readonly kind: 'stream';
  readonly dictionary: PdfDictionary;
  /** Where the data begin in the file. */
  readonly dataOffset: number;
  /** Where the file ended in the revision that holds the stream: its data cannot go on after it. */
  readonly limit: number;
}

export type PdfObject = PdfValue | PdfStream;

export function name(text: string): PdfName {
  return { kind: 'name', text };
}

export function reference(number: number, generation = 0): PdfReference {
  return { kind: 'reference', number, generation };
}

export function dictionary(entries: Readonly<Record<string, PdfValue>>): PdfDictionary {
  return { kind: 'dictionary', entries: new Map(Object.entries(entries)), hasDuplicates: false };
}

/** A copy with some entries replaced or added. */
export function withEntries(
  original: PdfDictionary,
  changes: Readonly<Record<string, PdfValue>>,
): PdfDictionary {
  const entries = new Map([...original.entries, ...Object.entries(changes)]);
  return { kind: 'dictionary', entries, hasDuplicates: original.hasDuplicates };
}

export function string(bytes: Uint8Array, form: PdfString['form'] = 'literal'): PdfString {
  return { kind: 'string', bytes, form, start: undefined, end: undefined };
}

export function isArray(value: PdfObject | undefined): value is readonly PdfValue[] {
  return Array.isArray(value);
}

type Kind = PdfName | PdfString | PdfReference | PdfDictionary | PdfStream;

/** The value if it is of that kind. */
export function as<K extends Kind['kind']>(
  kind: K,
  value: PdfObject | undefined,
): Extract<Kind, { kind: K }> | undefined {
  if (value === undefined || value === null || typeof value !== 'object' || isArray(value)) return undefined;
  return value.kind === kind ? (value as Extract<Kind, { kind: K }>) : undefined;
}

/** The text of a name; undefined for anything else. */
export function nameText(value: PdfObject | undefined): string | undefined {
  return as('name', value)?.text;
}

/** A whole number that is not negative and that JavaScript holds exactly. */
export function asCount(value: PdfObject | undefined): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** The dictionary that a dictionary or a stream is described by. */
export function dictionaryOf(value: PdfObject | undefined): PdfDictionary | undefined {
  return as('dictionary', value) ?? as('stream', value)?.dictionary;
}
