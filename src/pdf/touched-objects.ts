import type { ObjectLocation } from './cross-reference.ts';
import { equalObjects } from './compare-values.ts';
import type { ObjectView } from './object-view.ts';
import { PdfError } from './pdf-error.ts';
import { as, nameText, type PdfObject } from './pdf-values.ts';

/** Entries of one revision that are compared at most. */
const maxEntries = 50_000;
const maxPackedEntries = 500_000;

export interface TouchedObject {
  readonly before: PdfObject;
  readonly after: PdfObject;
}

/**
 * The objects that the newest revision of `newer` wrote, removed or moved so that they say something else than in
 * `older`, which is the view of the revision before it.
 * @throws PdfError `tooComplex` when there are too many to look at
 */
export async function touchedObjects(
  older: ObjectView,
  newer: ObjectView,
): Promise<ReadonlyMap<number, TouchedObject>> {
  const sections = newer.revisions.at(-1)?.sections ?? [];
  if (sections.reduce((sum, { count }) => sum + count, 0) > maxEntries) {
    throw new PdfError('tooComplex', 'objects of a revision');
  }
  const touched = new Map<number, TouchedObject>();
  const numbers = new Set(sections.flatMap((section) => [...section.numbers()]));
  for (const number of numbers) {
    const [locationBefore, locationAfter] = [await older.locate(number), await newer.locate(number)];
    if (samePlace(locationBefore, locationAfter)) continue;
    const before = await readAt(older, number, locationBefore);
    const after = await readAt(newer, number, locationAfter);
    if (number === 0 || (await equalObjects(before, older, after, newer))) continue;
    touched.set(number, { before, after });
  }
  return touched;
}

function samePlace(left: ObjectLocation | undefined, right: ObjectLocation | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  if (left.type === 'inFile' && right.type === 'inFile') return left.offset === right.offset;
  if (left.type !== 'inStream' || right.type !== 'inStream') return false;
  return left.stream === right.stream && left.index === right.index;
}

function readAt(view: ObjectView, number: number, location: ObjectLocation | undefined): Promise<PdfObject> {
  return view.get(number, location?.type === 'inFile' ? location.generation : 0);
}

/** True for the structure that a revision brings along: cross-reference streams and streams of packed objects. */
export function isStructure(object: PdfObject): boolean {
  const type = nameText(as('stream', object)?.dictionary.entries.get('Type'));
  return type === 'XRef' || type === 'ObjStm';
}

/** The object streams that entries of the view's revisions name but that are not there: a later revision could fill them. */
export async function missingObjectStreams(
  view: ObjectView,
  candidates: readonly number[],
): Promise<ReadonlySet<number>> {
  const missing = new Set<number>();
  const sections = view.revisions.flatMap((revision) => revision.sections);
  const packed = sections.filter(({ kind, trailer }) => kind === 'stream' || trailer.entries.has('XRefStm'));
  if (candidates.length === 0 || packed.length === 0) return missing;
  if (packed.reduce((sum, { count }) => sum + count, 0) > maxPackedEntries) {
    throw new PdfError('tooComplex', 'packed objects');
  }
  const wanted = new Set(candidates);
  for (const section of packed) {
    for (const number of section.numbers()) {
      const location = await section.lookup(number);
      if (location?.type === 'inStream' && wanted.has(location.stream)) missing.add(location.stream);
    }
  }
  return missing;
}
