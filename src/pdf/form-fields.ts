import type { ObjectView } from './object-view.ts';
import { PdfError } from './pdf-error.ts';
import { as, isArray, type PdfDictionary, type PdfObject, type PdfReference } from './pdf-values.ts';
import { readText } from './text-string.ts';

const maxFields = 50_000;
const maxDepth = 32;

/** A field of the form that has no further fields below it (ISO 32000-1 §12.7.3). */
export interface FormField {
  /** The names from the top down to it, joined by full stops. */
  readonly name: string;
  /** Undefined for one that is written into its parent's /Kids; nobody should, some do. */
  readonly reference: PdfReference | undefined;
  readonly dictionary: PdfDictionary;
  /** Its own or its parents' /FT. */
  readonly type: string | undefined;
  /** Its own or its parents' /V, references followed. */
  readonly value: PdfObject;
  readonly valueReference: PdfReference | undefined;
  /** Its widget annotations: itself, or those of its kids that are no fields. */
  readonly widgets: readonly {
    readonly reference: PdfReference | undefined;
    readonly dictionary: PdfDictionary;
  }[];
}

interface Parent {
  readonly name: string;
  readonly type: string | undefined;
  readonly value: PdfObject;
}

/**
 * All fields of the form, in its order.
 * @throws PdfError `damaged` when fields contain one another, `tooComplex`
 */
export async function readFormFields(view: ObjectView, form: PdfObject): Promise<readonly FormField[]> {
  const fields: FormField[] = [];
  const seen = new Set<number>();
  let count = 0;

  async function visit(value: PdfObject, parent: Parent, depth: number): Promise<void> {
    count += 1;
    if (depth > maxDepth || count > maxFields) throw new PdfError('tooComplex', 'form fields');
    const reference = as('reference', value);
    if (reference !== undefined && seen.has(reference.number)) {
      // One field that the form lists twice is one field; one that is below itself is none.
      if (depth > 0) throw new PdfError('damaged', 'fields that contain one another');
      return;
    }
    if (reference !== undefined) seen.add(reference.number);
    const dictionary = as('dictionary', await view.resolve(value));
    if (dictionary === undefined) return;
    const own = await readOwn(view, dictionary, parent);
    const kids = await view.entry(dictionary, 'Kids');
    const opened = await openKids(view, isArray(kids) ? kids : []);
    const below = opened.filter((kid) => kid.dictionary.entries.has('T'));
    for (const { value: kid } of below) await visit(kid, own, depth + 1);
    if (below.length > 0) return;
    const itself = dictionary.entries.has('Rect') ? [{ reference, dictionary }] : [];
    const widgets = [...itself, ...opened.map((kid) => ({ ...kid, reference: as('reference', kid.value) }))];
    const valueReference = as('reference', dictionary.entries.get('V'));
    fields.push({ ...own, reference, dictionary, valueReference, widgets });
  }

  const top = await view.entry(form, 'Fields');
  const root: Parent = { name: '', type: undefined, value: null };
  for (const value of isArray(top) ? top : []) await visit(value, root, 0);
  return fields;
}

async function readOwn(view: ObjectView, dictionary: PdfDictionary, parent: Parent): Promise<Parent> {
  const partial = as('string', await view.entry(dictionary, 'T'));
  const type = as('name', await view.entry(dictionary, 'FT'))?.text ?? parent.type;
  const value = (await view.entry(dictionary, 'V')) ?? parent.value;
  const names = [parent.name, partial === undefined ? '' : readText(partial)].filter((part) => part !== '');
  return { name: names.join('.'), type, value };
}

async function openKids(view: ObjectView, kids: readonly PdfObject[]) {
  const opened: { readonly value: PdfObject; readonly dictionary: PdfDictionary }[] = [];
  if (kids.length > maxFields) throw new PdfError('tooComplex', 'form fields');
  for (const value of kids) {
    const dictionary = as('dictionary', await view.resolve(value));
    if (dictionary !== undefined) opened.push({ value, dictionary });
  }
  return opened;
}
