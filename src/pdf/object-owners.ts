import type { ObjectView } from './object-view.ts';
import { PdfError } from './pdf-error.ts';
import {
  as,
  dictionaryOf,
  isArray,
  type PdfDictionary,
  type PdfObject,
  type PdfReference,
} from './pdf-values.ts';

const maxObjects = 200_000;

/** What an object is part of, as far as that is told apart. */
export type OwnerKind =
  'catalog' | 'pageTree' | 'page' | 'content' | 'resource' | 'annotations' | 'form' | 'metadata' | 'other';

export interface Owner {
  readonly kind: OwnerKind;
  readonly page?: number;
}

/** Which object of a document is part of what. An object that several things use belongs to the first of them. */
export interface ObjectOwners {
  /** Undefined for an object that nothing refers to. References to objects that are not there count. */
  ownerOf(number: number): Owner | undefined;
  /** Follows what these objects, which have owners, refer to in a later view. @throws PdfError `tooComplex` */
  extend(view: ObjectView, numbers: Iterable<number>): Promise<void>;
}

interface Root {
  readonly catalog: PdfReference | undefined;
  readonly catalogDictionary: PdfDictionary;
  readonly pages: readonly PdfReference[];
  readonly nodes: ReadonlySet<number>;
}

/** Goes through all that the view's document consists of, but for its logical structure. @throws PdfError */
export async function findOwners(view: ObjectView, root: Root): Promise<ObjectOwners> {
  const owners = new Map<number, Owner>();

  function claim(value: PdfObject | undefined, owner: Owner, waiting: number[]): void {
    for (const { number } of referencesIn(value)) {
      if (owners.has(number)) continue;
      if (owners.size >= maxObjects) throw new PdfError('tooComplex', 'objects to compare');
      owners.set(number, owner);
      waiting.push(number);
    }
  }

  /** All that `value` leads to and that belongs to nothing yet. */
  async function claimAll(from: ObjectView, value: PdfObject | undefined, owner: Owner): Promise<void> {
    const waiting: number[] = [];
    claim(value, owner, waiting);
    for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
      claim(await readable(from, number), owner, waiting);
    }
  }

  async function claimPage(from: ObjectView, reference: PdfReference, page: number): Promise<void> {
    const dictionary = dictionaryOf(await readable(from, reference.number));
    for (const [key, value] of dictionary?.entries ?? []) {
      if (key === 'Parent') continue;
      const kind = key === 'Contents' ? 'content' : key === 'Annots' ? 'annotations' : 'resource';
      await claimAll(from, value, { kind, page });
    }
  }

  const { trailer } = view;
  const { catalog, catalogDictionary, pages, nodes } = root;
  if (catalog !== undefined) owners.set(catalog.number, { kind: 'catalog' });
  for (const number of nodes) owners.set(number, { kind: 'pageTree' });
  for (const [index, { number }] of pages.entries()) owners.set(number, { kind: 'page', page: index + 1 });
  await claimAll(view, catalogDictionary.entries.get('AcroForm'), { kind: 'form' });
  for (const [index, reference] of pages.entries()) await claimPage(view, reference, index + 1);
  for (const number of nodes) {
    const node = dictionaryOf(await readable(view, number));
    await claimAll(view, node?.entries.get('Resources'), { kind: 'resource' });
  }
  await claimAll(view, trailer.entries.get('Info'), { kind: 'metadata' });
  await claimAll(view, catalogDictionary.entries.get('Metadata'), { kind: 'metadata' });
  for (const [key, value] of catalogDictionary.entries) {
    if (key !== 'StructTreeRoot') await claimAll(view, value, { kind: 'other' });
  }

  return {
    ownerOf: (number) => owners.get(number),
    async extend(later, numbers) {
      for (const number of numbers) {
        const owner = owners.get(number);
        if (owner === undefined) continue;
        if (owner.kind === 'page' && owner.page !== undefined) {
          await claimPage(later, { kind: 'reference', number, generation: 0 }, owner.page);
        } else if (owner.kind === 'catalog') {
          const changed = dictionaryOf(await readable(later, number));
          await claimAll(later, changed?.entries.get('AcroForm'), { kind: 'form' });
          await claimAll(later, changed, { kind: 'other' });
        } else {
          await claimAll(later, await readable(later, number), owner);
        }
      }
    },
  };
}

/** What cannot be read refers to nothing, in this document as in a later one that has it unchanged. */
async function readable(view: ObjectView, number: number): Promise<PdfObject> {
  try {
    const location = await view.locate(number);
    return await view.get(number, location?.type === 'inFile' ? location.generation : 0);
  } catch (error) {
    if (error instanceof PdfError && error.reason !== 'tooComplex') return null;
    throw error;
  }
}

function* referencesIn(value: PdfObject | undefined): Generator<PdfReference> {
  if (value === undefined || value === null || typeof value !== 'object') return;
  if (isArray(value)) {
    for (const item of value) yield* referencesIn(item);
    return;
  }
  const target = as('reference', value);
  if (target !== undefined) yield target;
  for (const item of dictionaryOf(value)?.entries.values() ?? []) yield* referencesIn(item);
}
