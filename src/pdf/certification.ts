import { readFormFields } from './form-fields.ts';
import type { PdfDocument } from './open-pdf.ts';
import { isArray, nameText, type PdfObject } from './pdf-values.ts';

/**
 * True when a signature in the document forbids every change after it: its /Reference has a DocMDP or FieldMDP
 * transform with P = 1 (ISO 32000-1 §12.8.2.2, ISO 32000-2 §12.7.5.5).
 */
export async function forbidsChanges(document: PdfDocument): Promise<boolean> {
  const { view, catalog } = document;
  const certification = await view.entry(await view.entry(catalog, 'Perms'), 'DocMDP');
  const fields = await readFormFields(view, await view.entry(catalog, 'AcroForm'));
  const values = fields.filter(({ type }) => type === 'Sig').map(({ value }) => value);
  for (const signature of [certification, ...values]) {
    if (await allowsNothing(document, signature)) return true;
  }
  return false;
}

async function allowsNothing({ view }: PdfDocument, signature: PdfObject): Promise<boolean> {
  const references = await view.entry(signature, 'Reference');
  if (!isArray(references)) return false;
  for (const item of references) {
    const reference = await view.resolve(item);
    const method = nameText(await view.entry(reference, 'TransformMethod'));
    const permission = await view.entry(await view.entry(reference, 'TransformParams'), 'P');
    if ((method === 'DocMDP' || method === 'FieldMDP') && permission === 1) return true;
  }
  return false;
}
