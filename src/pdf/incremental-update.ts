import { concatBytes } from '../lib/bytes.ts';
import type { PdfDocument } from './open-pdf.ts';
import { PdfError } from './pdf-error.ts';
import {
  name,
  reference,
  string,
  withEntries,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from './pdf-values.ts';
import { maxObjectNumber } from './subsections.ts';
import { fromLatin1 } from './latin1.ts';
import { writeValue } from './write-value.ts';

/** An appendix longer than this is refused. */
const maxAppendix = 2 ** 26;
/** A cross-reference table has ten digits for an offset. */
const maxSize = 10 ** 10 - 1;

/** Collects the objects of one more revision and writes it (ISO 32000-1 §7.5.6). */
export interface IncrementalUpdate {
  /** A number that the file does not use. */
  allocate(): PdfReference;
  put(target: PdfReference, value: PdfValue): void;
  putStream(target: PdfReference, dictionary: PdfDictionary, data: Uint8Array): void;
  /** `text` of one character a byte is the object, as it is. */
  putText(target: PdfReference, text: string): void;
  /** What to append to the file, and where the text of each object begins in the new file. */
  build(): { readonly bytes: Uint8Array; readonly textOffset: (target: PdfReference) => number };
}

interface Written {
  readonly target: PdfReference;
  readonly head: string;
  readonly parts: readonly Uint8Array[];
}

/**
 * Begins an update whose cross-reference will be of the kind of the document's newest section: a stream after a
 * stream, a table otherwise.
 * @param identity what makes the second half of the trailer's /ID differ from that of other revisions
 * @throws PdfError `tooComplex`; `damaged` later, when an object to write has a key twice
 */
export function createUpdate(document: PdfDocument, identity: string): IncrementalUpdate {
  const { trailer, revisions } = document.view;
  const sections = revisions.flatMap((revision) => revision.sections);
  const declared = sections.map((section) =>
    Math.max(section.size, Number(section.trailer.entries.get('Size')) || 0),
  );
  let next = Math.max(1, ...declared);
  if (next > maxObjectNumber) throw new PdfError('tooComplex', 'object numbers');
  const written = new Map<number, Written>();

  function add(target: PdfReference, ...parts: readonly Uint8Array[]): void {
    const head = `${target.number} ${target.generation} obj\n`;
    written.set(target.number, { target, head, parts: [...parts, fromLatin1('\nendobj\n')] });
  }

  const update: IncrementalUpdate = {
    allocate() {
      next += 1;
      return reference(next - 1);
    },
    put: (target, value) => add(target, fromLatin1(writeValue(value))),
    putText: (target, text) => add(target, fromLatin1(text)),
    putStream(target, dictionary, data) {
      const described = withEntries(dictionary, { Length: data.length });
      add(target, fromLatin1(`${writeValue(described)}\nstream\n`), data, fromLatin1('\nendstream'));
    },
    build() {
      const isStream = revisions.at(-1)?.sections[0]?.kind === 'stream';
      const self = isStream ? update.allocate() : undefined;
      const offsets = new Map<number, number>();
      const chunks: Uint8Array[] = [];
      let position = document.source.size;
      const push = (chunk: Uint8Array) => {
        chunks.push(chunk);
        position += chunk.length;
      };
      if (document.tail.endWithLineEnd !== position || document.tail.end === position) push(fromLatin1('\n'));
      const objects = [...written.values()].toSorted(
        (left, right) => left.target.number - right.target.number,
      );
      const entries = new Map<number, Entry>();
      for (const { target, head, parts } of objects) {
        entries.set(target.number, { offset: position - document.base, generation: target.generation });
        push(fromLatin1(head));
        offsets.set(target.number, position);
        for (const part of parts) push(part);
      }
      const start = position - document.base;
      const description = describe(trailer, next, document.tail.startOffset, identity);
      if (self === undefined) push(fromLatin1(writeTable(entries, description)));
      else {
        entries.set(self.number, { offset: start, generation: 0 });
        for (const part of writeStream(self, entries, description)) push(part);
      }
      push(fromLatin1(`startxref\n${start}\n%%EOF\n`));
      const bytes = concatBytes(...chunks);
      if (bytes.length > maxAppendix || position > maxSize)
        throw new PdfError('tooComplex', 'what would be appended');
      return { bytes, textOffset: (target) => offsets.get(target.number) ?? -1 };
    },
  };
  return update;
}

interface Entry {
  readonly offset: number;
  readonly generation: number;
}

function describe(trailer: PdfDictionary, size: number, previous: number, identity: string): PdfDictionary {
  const kept = ['Root', 'Info'].flatMap((key): [string, PdfValue][] => {
    const value = trailer.entries.get(key);
    return value === undefined ? [] : [[key, value]];
  });
  const id = trailer.entries.get('ID');
  const first = Array.isArray(id) ? (id as readonly PdfValue[])[0] : undefined;
  const entries = new Map<string, PdfValue>([['Size', size], ...kept, ['Prev', previous]]);
  if (first !== undefined) entries.set('ID', [first, string(spread(identity), 'hex')]);
  return { kind: 'dictionary', entries, hasDuplicates: false };
}

/** 16 bytes that tell texts apart (four times FNV-1a); an identifier, no protection. */
function spread(text: string): Uint8Array {
  const bytes = new Uint8Array(16);
  for (let lane = 0; lane < 4; lane += 1) {
    let hash = 0x811c9dc5 ^ (lane * 0x9e3779b1);
    for (const byte of fromLatin1(text)) hash = Math.imul(hash ^ byte, 0x01000193);
    new DataView(bytes.buffer).setUint32(lane * 4, hash >>> 0);
  }
  return bytes;
}

/** Consecutive numbers, run by run. */
function runs(numbers: readonly number[]): readonly (readonly number[])[] {
  const found: number[][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last?.at(-1) === number - 1) last.push(number);
    else found.push([number]);
  }
  return found;
}

function writeTable(entries: ReadonlyMap<number, Entry>, description: PdfDictionary): string {
  const sections = runs([...entries.keys()]).map((numbers) => {
    const lines = numbers.map((number) => {
      const { offset, generation } = entries.get(number) ?? { offset: 0, generation: 0 };
      return `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`;
    });
    return `${numbers[0]} ${numbers.length}\n${lines.join('')}`;
  });
  return `xref\n${sections.join('')}trailer\n${writeValue(description)}\n`;
}

function writeStream(
  self: PdfReference,
  entries: ReadonlyMap<number, Entry>,
  description: PdfDictionary,
): readonly Uint8Array[] {
  const data = new Uint8Array(entries.size * 9);
  const view = new DataView(data.buffer);
  for (const [index, { offset, generation }] of [...entries.values()].entries()) {
    view.setUint8(index * 9, 1);
    view.setUint16(index * 9 + 1, Math.floor(offset / 2 ** 32));
    view.setUint32(index * 9 + 3, offset % 2 ** 32);
    view.setUint16(index * 9 + 7, generation);
  }
  const described = withEntries(description, {
    Type: name('XRef'),
    W: [1, 6, 2],
    Index: runs([...entries.keys()]).flatMap((numbers) => [numbers[0] ?? 0, numbers.length]),
    Length: data.length,
  });
  const head = `${self.number} 0 obj\n${writeValue(described)}\nstream\n`;
  return [fromLatin1(head), data, fromLatin1('\nendstream\nendobj\n')];
}
