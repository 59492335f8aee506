import { compareCatalogs, compareFormDictionaries } from './compare-catalog.ts';
import { compareForm, explainAdded } from './compare-form.ts';
import { compareAnnotations, comparePage, type KnownAnnotations } from './compare-page.ts';
import { readFormFields } from './form-fields.ts';
import { equalValues } from './compare-values.ts';
import { findOwners, type ObjectOwners, type Owner } from './object-owners.ts';
import type { ObjectView } from './object-view.ts';
import { readCatalog, type PdfDocument } from './open-pdf.ts';
import { openPageTree, type PageTree } from './page-tree.ts';
import { PdfError } from './pdf-error.ts';
import { as, dictionaryOf, isArray, nameText, type PdfDictionary } from './pdf-values.ts';
import type { RevisionChange, RevisionChangeKind } from './revision-change.ts';
import { isStructure, missingObjectStreams, touchedObjects, type TouchedObject } from './touched-objects.ts';

type Walked = Awaited<ReturnType<PageTree['walk']>>;

/**
 * Says what each revision from index `first` on did to the document before it, in order; what follows the last
 * revision is told last. Nothing is thrown for a broken revision: it is `notCompared`.
 */
export async function compareRevisions(
  document: PdfDocument,
  first: number,
): Promise<readonly RevisionChange[]> {
  const changes: RevisionChange[] = [];
  const { revisions } = document;
  try {
    let state: State | undefined;
    for (let index = first; index < revisions.length; index += 1) {
      const found = await compareRevision(document, index, state);
      state = found.state;
      changes.push(...unique(found.changes));
    }
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    const compared = new Set(changes.map(({ revision }) => revision));
    for (let revision = first; revision < revisions.length; revision += 1) {
      if (!compared.has(revision)) changes.push({ kind: 'notCompared', revision });
    }
  }
  if (await hasBytesAppended(document)) changes.push({ kind: 'bytesAppended', revision: revisions.length });
  return changes;
}

/** At most 64 KiB are there: the end of a file is not looked for further up. */
async function hasBytesAppended({ source, revisions }: PdfDocument): Promise<boolean> {
  const end = revisions.at(-1)?.end ?? 0;
  if (source.size - end > 2 ** 17) return true;
  const rest = await source.read(end, source.size - end);
  return rest.some((byte) => ![0, 9, 10, 12, 13, 32].includes(byte));
}

function unique(changes: readonly RevisionChange[]): readonly RevisionChange[] {
  const known = new Map(
    changes.map((change) => [
      `${change.kind} ${change.page} ${change.fieldName} ${change.objectNumber}`,
      change,
    ]),
  );
  return [...known.values()];
}

interface State {
  readonly owners: ObjectOwners;
  readonly tree: Walked;
}

async function compareRevision(document: PdfDocument, revision: number, earlier: State | undefined) {
  const older = document.viewAt(revision - 1);
  const newer = document.viewAt(revision);
  const touched = await touchedObjects(older, newer);
  const catalogs = { before: await readCatalog(older), after: await readCatalog(newer) };
  const oldTree = earlier?.tree ?? (await (await openPageTree(older, catalogs.before)).walk());
  const owners =
    earlier?.owners ??
    (await findOwners(older, {
      catalog: as('reference', older.trailer.entries.get('Root')),
      catalogDictionary: catalogs.before,
      ...oldTree,
    }));
  const newTree = await walkAfter(newer, catalogs, oldTree, touched);
  const pageNumbers = new Map(newTree.pages.map(({ number }, index) => [number, index + 1]));
  const changes: RevisionChange[] = [];
  const report = (kind: RevisionChangeKind, more: Omit<RevisionChange, 'kind' | 'revision'> = {}) =>
    changes.push({ kind, revision, ...more });

  const forms = {
    before: await older.entry(catalogs.before, 'AcroForm'),
    after: await newer.entry(catalogs.after, 'AcroForm'),
  };
  const form = await compareForm(
    await readFormFields(older, forms.before),
    await readFormFields(newer, forms.after),
    touched,
    newer,
  );
  const explained = new Set(form.explained);
  for (const { pageObject, ...change } of form.changes) {
    const page = pageObject === undefined ? undefined : pageNumbers.get(pageObject);
    report(change.kind, page === undefined ? change : { ...change, page });
  }
  for (const kind of compareCatalogs(catalogs.before, catalogs.after, older, newer)) report(kind);
  const formDictionaries = [as('dictionary', forms.before), as('dictionary', forms.after)] as const;
  for (const kind of compareFormDictionaries(...formDictionaries)) report(kind);
  for (const value of [
    newer.trailer.entries.get('Root'),
    catalogs.after.entries.get('AcroForm'),
    formDictionaries[1]?.entries.get('Fields'),
  ]) {
    const number = as('reference', value)?.number;
    if (number !== undefined) explained.add(number);
  }
  explainAdded(catalogs.after.entries.get('DSS'), touched, explained);

  const order = (tree: Walked) => tree.pages.map(({ number }) => number).join(' ');
  if (order(oldTree) !== order(newTree)) report('pagesChanged');
  const missing = await missingObjectStreams(older, addedStructure(touched));
  for (const [objectNumber, object] of touched) {
    const owner = owners.ownerOf(objectNumber);
    if (object.before === null) {
      if (owner !== undefined || missing.has(objectNumber))
        report('danglingFilled', pageOf(owner, objectNumber));
      continue;
    }
    if (explained.has(objectNumber)) continue;
    const found = await changesOf(object, owner, older, newer, form);
    for (const { kind, ...more } of found) report(kind, { ...pageOf(owner, objectNumber), ...more });
  }
  await owners.extend(newer, touched.keys());
  return { changes, state: { owners, tree: newTree } };
}

/** Walks the new page tree, unless nothing of it was touched but what stands on pages. */
async function walkAfter(
  newer: ObjectView,
  { before, after }: { readonly before: PdfDictionary; readonly after: PdfDictionary },
  oldTree: Walked,
  touched: ReadonlyMap<number, TouchedObject>,
): Promise<Walked> {
  const isPage = new Set(oldTree.pages.map(({ number }) => number));
  const isTreeTouched = [...touched].some(
    ([number, object]) =>
      oldTree.nodes.has(number) ||
      (isPage.has(number) && nameText(dictionaryOf(object.after)?.entries.get('Type')) !== 'Page') ||
      (isPage.has(number) && dictionaryOf(object.after)?.entries.has('Kids') === true),
  );
  if (!isTreeTouched && equalValues(before.entries.get('Pages'), after.entries.get('Pages'))) return oldTree;
  return (await openPageTree(newer, after)).walk();
}

function addedStructure(touched: ReadonlyMap<number, TouchedObject>): readonly number[] {
  return [...touched]
    .filter(([, { before, after }]) => before === null && isStructure(after))
    .map(([n]) => n);
}

function pageOf(owner: Owner | undefined, objectNumber: number) {
  return owner?.page === undefined ? { objectNumber } : { objectNumber, page: owner.page };
}

interface ObjectChange {
  readonly kind: RevisionChangeKind;
  readonly fieldName?: string;
}

/** What it means that an object of the earlier document, with a known part in it, says something else now. */
async function changesOf(
  { before, after }: TouchedObject,
  owner: Owner | undefined,
  older: ObjectView,
  newer: ObjectView,
  known: KnownAnnotations,
): Promise<readonly ObjectChange[]> {
  if (isStructure(before) || isStructure(after)) return [{ kind: 'objectReplaced' }];
  switch (owner?.kind) {
    case 'page':
      return comparePage(before, after, older, newer, known);
    case 'pageTree':
      return [{ kind: 'pagesChanged' }];
    case 'content':
      return [{ kind: 'pageContentChanged' }];
    case 'resource':
      return [{ kind: 'resourceChanged' }];
    case 'annotations':
      if (isArray(before)) return compareAnnotations(before, after, known);
      return [{ kind: after === null ? 'annotationRemoved' : 'annotationChanged' }];
    case 'form':
      return [{ kind: 'formChanged' }];
    case 'metadata':
      return [{ kind: 'metadataChanged' }];
    case 'catalog':
      return [{ kind: 'catalogChanged' }];
    case 'other':
    case undefined:
      return [{ kind: 'objectReplaced' }];
  }
}
