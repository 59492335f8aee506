import { changedKeys, equalValues } from './compare-values.ts';
import type { ObjectView } from './object-view.ts';
import { as, dictionaryOf, isArray, type PdfObject, type PdfValue } from './pdf-values.ts';
import type { RevisionChangeKind } from './revision-change.ts';

export interface PageChange {
  readonly kind: RevisionChangeKind;
  readonly fieldName?: string;
}

/** What the form says about annotations. */
export interface KnownAnnotations {
  readonly sealMarks: ReadonlyMap<number, string>;
  readonly widgets: ReadonlySet<number>;
}

const unseen = new Set(['LastModified', 'Tabs', 'StructParents']);

/** Compares two versions of a page object, its annotations by what refers to them. */
export async function comparePage(
  before: PdfObject,
  after: PdfObject,
  older: ObjectView,
  newer: ObjectView,
  known: KnownAnnotations,
): Promise<readonly PageChange[]> {
  const [oldPage, newPage] = [as('dictionary', before), as('dictionary', after)];
  if (oldPage === undefined || newPage === undefined) return [{ kind: 'pagesChanged' }];
  const changes: PageChange[] = [];
  for (const key of changedKeys(oldPage, newPage)) {
    if (key === 'Annots') {
      const [oldList, newList] = [await older.entry(oldPage, key), await newer.entry(newPage, key)];
      changes.push(...compareAnnotations(oldList, newList, known));
    } else if (key === 'Resources') changes.push({ kind: 'resourceChanged' });
    else if (key === 'Parent' || key === 'Type' || key === 'Kids') changes.push({ kind: 'pagesChanged' });
    else if (!unseen.has(key)) changes.push({ kind: 'pageContentChanged' });
  }
  return changes;
}

/** Compares two lists of annotations. */
export function compareAnnotations(
  before: PdfObject,
  after: PdfObject,
  { sealMarks, widgets }: KnownAnnotations,
): readonly PageChange[] {
  const oldItems = isArray(before) ? before : [];
  const newItems = isArray(after) ? after : [];
  const oldNumbers = numbersIn(oldItems);
  const newNumbers = numbersIn(newItems);
  const changes: PageChange[] = [];
  for (const number of newNumbers) {
    if (oldNumbers.has(number)) continue;
    const fieldName = sealMarks.get(number);
    if (fieldName !== undefined) changes.push({ kind: 'sealMarkAdded', fieldName });
    // The form's own comparison tells of its widgets.
    else if (!widgets.has(number)) changes.push({ kind: 'annotationAdded' });
  }
  if ([...oldNumbers].some((number) => !newNumbers.has(number))) changes.push({ kind: 'annotationRemoved' });
  const kept = (numbers: ReadonlySet<number>, others: ReadonlySet<number>) =>
    [...numbers].filter((number) => others.has(number)).join(' ');
  const isReordered = kept(oldNumbers, newNumbers) !== kept(newNumbers, oldNumbers);
  if (isReordered || !equalValues(directIn(oldItems), directIn(newItems))) {
    changes.push({ kind: 'annotationChanged' });
  }
  return changes;
}

function numbersIn(items: readonly PdfValue[]): ReadonlySet<number> {
  return new Set(items.flatMap((item) => as('reference', item)?.number ?? []));
}

function directIn(items: readonly PdfValue[]): readonly PdfValue[] {
  return items.filter((item) => dictionaryOf(item) !== undefined);
}
