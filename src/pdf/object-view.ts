import type { ByteSource } from '../lib/byte-source.ts';
import { boundedCache, type BoundedCache } from './bounded-cache.ts';
import type { CrossReferenceSection, ObjectLocation } from './cross-reference.ts';
import { checkStreamEnd, type StreamPlace } from './decode-stream.ts';
import type { Revision } from './find-revisions.ts';
import { readObjectStream, type ObjectStream } from './object-stream.ts';
import { PdfError } from './pdf-error.ts';
import {
  as,
  dictionaryOf,
  type PdfDictionary,
  type PdfObject,
  type PdfStream,
  type PdfValue,
} from './pdf-values.ts';
import { readObject } from './read-object.ts';

/** Bytes of the file behind the parsed objects that are kept; parsed they take some ten times as much. */
const maxObjects = 2 ** 21;
const maxStreams = 2 ** 25;
/** What a document may cost in all: 1 KiB an object that is read and 4 bytes a byte of it. */
const maxWork = 2 ** 30;
const maxHops = 16;

/** What the views of one file share. */
export interface ObjectCaches {
  readonly objects: BoundedCache<PdfObject>;
  readonly streams: BoundedCache<ObjectStream>;
  /** Counts the reading of so many bytes. @throws PdfError `tooComplex` when it is too much in all */
  charge(bytes: number): void;
}

export function createCaches(): ObjectCaches {
  let work = 0;
  return {
    objects: boundedCache(maxObjects),
    streams: boundedCache(maxStreams),
    charge(bytes) {
      work += 2 ** 10 + 4 * bytes;
      if (work > maxWork) throw new PdfError('tooComplex', 'objects that must be read');
    },
  };
}

/** The objects of a file as some revision of it had them. */
export interface ObjectView {
  readonly source: ByteSource;
  readonly revisions: readonly Revision[];
  /** Of the newest section. */
  readonly trailer: PdfDictionary;
  /** Where an object stands; undefined when it is free or not there. */
  locate(number: number): Promise<ObjectLocation | undefined>;
  /** An object; null when it is not there, is free, or has another generation. @throws PdfError */
  get(number: number, generation?: number): Promise<PdfObject>;
  /** Follows references. @throws PdfError `damaged` when they go in a circle */
  resolve(value: PdfObject | undefined): Promise<PdfObject>;
  /** The value of a key, references followed. */
  entry(holder: PdfObject | undefined, key: string): Promise<PdfObject>;
  /** Where the data of a stream are. @throws PdfError `damaged` */
  streamPlace(stream: PdfStream): Promise<StreamPlace>;
}

interface BoundSection {
  readonly section: CrossReferenceSection;
  /** An object of this section that stands here or later was not in the file when the section was written. */
  readonly limit: number;
}

/** The view of the newest of `revisions`, which are the oldest of the file, one after the other. */
export function createObjectView(
  source: ByteSource,
  revisions: readonly Revision[],
  caches: ObjectCaches,
): ObjectView {
  const bound: readonly BoundSection[] = revisions
    .toReversed()
    .flatMap(({ sections, endWithLineEnd }) =>
      sections.map((section) => ({ section, limit: endWithLineEnd })),
    );
  const [newest] = bound;
  if (newest === undefined) throw new PdfError('damaged', 'no cross-reference');

  async function find(number: number, from = 0) {
    for (let index = from; index < bound.length; index += 1) {
      const entry = bound[index];
      const location = entry?.section.has(number) ? await entry.section.lookup(number) : undefined;
      if (entry === undefined || location === undefined) continue;
      if (location.type === 'free') return undefined;
      if (location.type === 'inFile' && location.offset >= entry.limit) return undefined;
      return { location, limit: entry.limit, index };
    }
    return undefined;
  }

  async function read(number: number, generation: number, depth: number, from = 0): Promise<PdfObject> {
    if (depth > maxHops) throw new PdfError('damaged', 'objects that need themselves');
    const found = await find(number, from);
    if (found === undefined) return null;
    const { location, limit } = found;
    if (location.type === 'inStream') {
      return generation === 0 ? readPacked(location, number, depth, found.index) : null;
    }
    if (location.type !== 'inFile' || location.generation !== generation) return null;
    const key = `${location.offset} ${number} ${limit}`;
    const known = caches.objects.get(key);
    if (known !== undefined) return known;
    const object = await readObject(source, location.offset, limit);
    if (object.number !== number || object.generation !== generation) {
      throw new PdfError('damaged', `object ${number} is not where it should be`);
    }
    caches.charge(object.end - location.offset);
    caches.objects.set(key, object.value, object.end - location.offset);
    return object.value;
  }

  /** The object stream is looked for from the section of the entry on: later ones cannot exchange it. */
  async function readPacked(
    location: ObjectLocation & { type: 'inStream' },
    number: number,
    depth: number,
    from: number,
  ): Promise<PdfObject> {
    const found = await find(location.stream, from);
    if (found === undefined) return null;
    if (found.location.type !== 'inFile') throw new PdfError('damaged', 'an object stream in another');
    const key = `${found.location.offset} ${found.limit}`;
    const known = caches.streams.get(key);
    if (known !== undefined) return known.value(location.index, number);
    const stream = as('stream', await read(location.stream, 0, depth + 1, from));
    if (stream === undefined) throw new PdfError('damaged', `no object stream ${location.stream}`);
    const length = await follow(stream.dictionary.entries.get('Length'), depth + 1);
    const opened = await readObjectStream(source, stream, asValue(length));
    caches.charge(opened.byteLength);
    caches.streams.set(key, opened, opened.byteLength);
    return opened.value(location.index, number);
  }

  async function follow(value: PdfObject | undefined, depth: number): Promise<PdfObject> {
    let current = value ?? null;
    for (let hops = 0; ; hops += 1) {
      const target = as('reference', current);
      if (target === undefined) return current;
      if (hops > maxHops) throw new PdfError('damaged', 'references in a circle');
      current = await read(target.number, target.generation, depth);
    }
  }

  return {
    source,
    revisions,
    trailer: newest.section.trailer,
    locate: async (number) => (await find(number))?.location,
    get: (number, generation = 0) => read(number, generation, 0),
    resolve: (value) => follow(value, 0),
    entry: (holder, key) => follow(dictionaryOf(holder)?.entries.get(key), 0),
    async streamPlace(stream) {
      const length = await follow(stream.dictionary.entries.get('Length'), 0);
      return checkStreamEnd(source, stream, asValue(length));
    },
  };
}

function asValue(object: PdfObject): PdfValue {
  return as('stream', object) === undefined ? (object as PdfValue) : null;
}
