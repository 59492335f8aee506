import { changedKeys } from './compare-values.ts';
import type { ObjectView } from './object-view.ts';
import { as, type PdfDictionary } from './pdf-values.ts';
import type { RevisionChangeKind } from './revision-change.ts';

const kinds: Readonly<Record<string, RevisionChangeKind>> = {
  Metadata: 'metadataChanged',
  DSS: 'validationDataAdded',
  Pages: 'pagesChanged',
};

/** Changes of them are told elsewhere, or say nothing about what is seen. */
const skipped = new Set(['AcroForm', 'Version', 'Extensions']);

/** What two catalogs and trailers say differently, the form aside. */
export function compareCatalogs(
  before: PdfDictionary,
  after: PdfDictionary,
  older: ObjectView,
  newer: ObjectView,
): readonly RevisionChangeKind[] {
  const changes = changedKeys(before, after)
    .filter((key) => !skipped.has(key))
    .map((key) => kinds[key] ?? 'catalogChanged');
  const target = (view: ObjectView, key: string) => as('reference', view.trailer.entries.get(key))?.number;
  if (target(older, 'Root') !== target(newer, 'Root')) changes.push('catalogChanged');
  if (target(older, 'Info') !== target(newer, 'Info')) changes.push('metadataChanged');
  return changes;
}

/** What the two form dictionaries say differently besides their fields. */
export function compareFormDictionaries(
  before: PdfDictionary | undefined,
  after: PdfDictionary | undefined,
): readonly RevisionChangeKind[] {
  const told = new Set(['Fields', 'SigFlags']);
  return changedKeys(before, after).some((key) => !told.has(key)) ? ['formChanged'] : [];
}
