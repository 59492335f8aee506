import type { PdfDictionary } from './pdf-values.ts';

/** Where a cross-reference section says that an object stands. Offsets are those of the file, not of `%PDF-`. */
export type ObjectLocation =
  | { readonly type: 'free' }
  | { readonly type: 'inFile'; readonly offset: number; readonly generation: number }
  | { readonly type: 'inStream'; readonly stream: number; readonly index: number };

/** One part of the cross-reference chain: a table, a stream, or a table with the stream that its trailer names. */
export interface CrossReferenceSection {
  readonly kind: 'table' | 'stream';
  /** Where it stands in the file. */
  readonly offset: number;
  /** After its trailer dictionary or its `endobj`. */
  readonly end: number;
  /** The trailer dictionary, or the stream's dictionary. */
  readonly trailer: PdfDictionary;
  /** Greatest object number with an entry, plus 1. */
  readonly size: number;
  /** Number of entries. */
  readonly count: number;
  /** True when the section has an entry for the object. */
  has(number: number): boolean;
  /** The entry of an object; undefined when the section has none. @throws PdfError `damaged` for a broken one */
  lookup(number: number): Promise<ObjectLocation | undefined>;
  /** The numbers of all objects that have an entry. */
  numbers(): Iterable<number>;
}

/** `count` entries for the objects from `first` on, beginning at entry `start` or at file offset `start`. */
export interface Subsection {
  readonly first: number;
  readonly count: number;
  readonly start: number;
}

/** The subsection, of some in ascending order without overlap, that holds an object. */
export function subsectionOf(subsections: readonly Subsection[], number: number): Subsection | undefined {
  let low = 0;
  let high = subsections.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const subsection = subsections[middle];
    if (subsection === undefined) return undefined;
    if (number < subsection.first) high = middle - 1;
    else if (number >= subsection.first + subsection.count) low = middle + 1;
    else return subsection;
  }
  return undefined;
}

export function* numbersOf(subsections: readonly Subsection[]): Iterable<number> {
  for (const { first, count } of subsections) {
    for (let index = 0; index < count; index += 1) yield first + index;
  }
}
