import { marksOf } from './compare-form.ts';
import type { FormField } from './form-fields.ts';
import type { PdfDocument } from './open-pdf.ts';
import { toDisplaySpace, type Rectangle } from './page-geometry.ts';
import { readRectangle } from './page-tree.ts';
import { as, isArray, type PdfDictionary } from './pdf-values.ts';

export interface SignaturePlace {
  readonly page: number;
  readonly rect: Rectangle;
}

/**
 * Where a signature is seen: its field's widgets and the further marks of the seal, as the revision that it closes
 * has them.
 */
export async function placesOf(
  document: PdfDocument,
  field: FormField,
  revision: number | undefined,
): Promise<readonly SignaturePlace[]> {
  const view = revision === undefined ? document.view : document.viewAt(revision);
  const dictionaries: { readonly number: number | undefined; readonly dictionary: PdfDictionary }[] =
    field.widgets.map(({ reference, dictionary }) => ({ number: reference?.number, dictionary }));
  for (const number of await marksOf(view, field)) {
    const dictionary = as('dictionary', await view.get(number));
    if (dictionary !== undefined) dictionaries.push({ number, dictionary });
  }
  const places: SignaturePlace[] = [];
  for (const { number, dictionary } of dictionaries) {
    const rectangle = await readRectangle(view, await view.entry(dictionary, 'Rect'));
    const page = await pageOf(document, dictionary, number);
    if (page === undefined || rectangle === undefined) continue;
    if (rectangle[0] === rectangle[2] || rectangle[1] === rectangle[3]) continue;
    places.push({ page, rect: toDisplaySpace(rectangle, await document.page(page)) });
  }
  return places;
}

async function pageOf(
  document: PdfDocument,
  annotation: PdfDictionary,
  number: number | undefined,
): Promise<number | undefined> {
  const named = as('reference', annotation.entries.get('P'));
  if (named !== undefined) return document.pages.numberOf(named.number);
  if (number === undefined) return undefined;
  for (let page = 1; page <= document.pageCount; page += 1) {
    const annotations = await document.view.entry((await document.page(page)).dictionary, 'Annots');
    const items = isArray(annotations) ? annotations : [];
    if (items.some((item) => as('reference', item)?.number === number)) return page;
  }
  return undefined;
}
