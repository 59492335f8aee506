import type { ByteSource } from '../lib/byte-source.ts';
import { cachedSource } from './cached-source.ts';
import { findRevisions, findTail, type Revision, type Tail } from './find-revisions.ts';
import { latin1 } from './latin1.ts';
import { createCaches, createObjectView, type ObjectView } from './object-view.ts';
import { openPageTree, type PageTree, type PdfPage } from './page-tree.ts';
import { PdfError } from './pdf-error.ts';
import { as, type PdfDictionary } from './pdf-values.ts';
import { readCrossReference } from './read-cross-reference.ts';

export { PdfError, type PdfErrorReason } from './pdf-error.ts';
export type { PdfPage } from './page-tree.ts';

/** An open PDF. Nothing of it is held but what is being looked at; the source must stay readable. */
export interface PdfDocument {
  readonly source: ByteSource;
  readonly pageCount: number;
  /** A page, counted from 1, as it is displayed. @throws PdfError `noSuchPage`, `damaged` */
  page(number: number): Promise<PdfPage>;
  readonly catalog: PdfDictionary;
  /** The objects as the newest revision has them. */
  readonly view: ObjectView;
  readonly pages: PageTree;
  /** Oldest first. */
  readonly revisions: readonly Revision[];
  /** The objects as the revision of that index had them. */
  viewAt(revision: number): ObjectView;
  /** File offset of `%PDF-`, from which the file's own offsets count. */
  readonly base: number;
  readonly tail: Tail;
}

/**
 * Opens a PDF: reads its tail, its cross-reference chain and its catalog. A broken file is refused, never rebuilt.
 * @param options.signal ends everything that is later asked of the document, too
 * @throws PdfError; whatever the source rejects with; the signal's reason
 */
export async function openPdf(
  source: ByteSource,
  options: { readonly signal?: AbortSignal } = {},
): Promise<PdfDocument> {
  const cached = cachedSource(source, options.signal);
  const header = await findHeader(cached);
  const tail = await findTail(cached);
  const { base, sections } = await readFromStart(cached, header, tail);
  const revisions = await findRevisions(cached, sections, base, tail);
  const caches = createCaches();
  const viewAt = (revision: number) => createObjectView(cached, revisions.slice(0, revision + 1), caches);
  const view = viewAt(revisions.length - 1);
  const catalog = await readCatalog(view);
  if ((await view.entry(await view.entry(catalog, 'AcroForm'), 'XFA')) !== null) throw new PdfError('xfa');
  const pages = await openPageTree(view, catalog);
  return {
    source: cached,
    pageCount: pages.count,
    page: (number) => pages.page(number),
    catalog,
    view,
    pages,
    revisions,
    viewAt,
    base,
    tail,
  };
}

/** The catalog of a view. @throws PdfError `damaged` */
export async function readCatalog(view: ObjectView): Promise<PdfDictionary> {
  const root = as('reference', view.trailer.entries.get('Root'));
  const catalog = as('dictionary', await view.resolve(root));
  if (catalog === undefined || catalog.hasDuplicates) throw new PdfError('damaged', 'catalog');
  return catalog;
}

async function findHeader(source: ByteSource): Promise<number> {
  const text = latin1(await source.read(0, 1024));
  const offset = text.search(/%PDF-\d\.\d/);
  if (offset === -1) throw new PdfError('notPdf');
  return offset;
}

/** Offsets count from `%PDF-`; some writers count from the first byte even when something stands before it. */
async function readFromStart(source: ByteSource, header: number, tail: Tail) {
  const read = async (base: number) => ({
    base,
    sections: await readCrossReference(source, base + tail.startOffset, base),
  });
  if (header === 0) return read(0);
  return read(header).catch((error: unknown) => {
    if (error instanceof PdfError && error.reason === 'damaged') return read(0);
    throw error;
  });
}
