import type { ObjectView } from './object-view.ts';
import { normalRectangle, pageGeometry, type PageGeometry, type Rectangle } from './page-geometry.ts';
import { PdfError } from './pdf-error.ts';
import {
  as,
  asCount,
  isArray,
  nameText,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from './pdf-values.ts';

const maxPages = 200_000;
const maxDepth = 64;

export interface PdfPage extends PageGeometry {
  /** Counted from 1. */
  readonly number: number;
  readonly reference: PdfReference;
  readonly dictionary: PdfDictionary;
}

/** The pages of a view; the tree is walked as far as pages were asked for. */
export interface PageTree {
  /** What the tree's root says. */
  readonly count: number;
  /** @throws PdfError `noSuchPage`, `damaged` when the tree contradicts itself */
  page(number: number): Promise<PdfPage>;
  /** The number of the page with that object number; undefined for none. Walks the whole tree once. */
  numberOf(objectNumber: number): Promise<number | undefined>;
  /** The page objects in order, and the numbers of the tree's inner nodes. Walks the whole tree once. */
  walk(): Promise<{ readonly pages: readonly PdfReference[]; readonly nodes: ReadonlySet<number> }>;
}

const inheritable = ['MediaBox', 'CropBox', 'Rotate', 'Resources'] as const;
type Inherited = Readonly<Partial<Record<(typeof inheritable)[number], PdfValue>>>;

interface Leaf {
  readonly reference: PdfReference;
  readonly inherited: Inherited;
}

/** @throws PdfError `damaged`, `tooComplex` */
export async function openPageTree(view: ObjectView, catalog: PdfDictionary): Promise<PageTree> {
  const rootReference = as('reference', catalog.entries.get('Pages'));
  const root = as('dictionary', await view.resolve(rootReference));
  const count = asCount(await view.entry(root, 'Count')) ?? -1;
  if (rootReference === undefined || root === undefined || count < 0) {
    throw new PdfError('damaged', 'page tree');
  }
  if (count > maxPages) throw new PdfError('tooComplex', 'number of pages');
  const leaves: Leaf[] = [];
  const numbers = new Map<number, number>();
  const nodes = new Set<number>();
  const walker = walkNode(view, rootReference, {}, [], nodes);
  let turn: Promise<unknown> = Promise.resolve();

  async function walkTo(wanted: number): Promise<void> {
    while (leaves.length < wanted) {
      const next = await walker.next();
      if (next.done === true) break;
      leaves.push(next.value);
      if (leaves.length > count) throw new PdfError('damaged', `more than ${count} pages`);
      numbers.set(next.value.reference.number, leaves.length);
    }
    if (leaves.length < Math.min(wanted, count)) throw new PdfError('damaged', `less than ${count} pages`);
  }

  /** One walk at a time, whoever asks. */
  function reach(wanted: number): Promise<void> {
    const walked = turn.then(() => walkTo(wanted));
    turn = walked.catch(() => undefined);
    return walked;
  }

  return {
    count,
    async page(number) {
      if (!Number.isInteger(number) || number < 1 || number > count) throw new PdfError('noSuchPage');
      // The last page is asked for together with the end, so that a tree with more pages is found out.
      await reach(number === count ? count + 1 : number);
      const leaf = leaves[number - 1];
      if (leaf === undefined) throw new PdfError('noSuchPage');
      return openPage(view, leaf, number);
    },
    async numberOf(objectNumber) {
      await reach(count + 1);
      return numbers.get(objectNumber);
    },
    async walk() {
      await reach(count + 1);
      return { pages: leaves.map((leaf) => leaf.reference), nodes };
    },
  };
}

async function* walkNode(
  view: ObjectView,
  reference: PdfReference,
  inherited: Inherited,
  path: readonly number[],
  nodes: Set<number>,
): AsyncGenerator<Leaf, void> {
  if (path.includes(reference.number)) throw new PdfError('damaged', 'the page tree is a circle');
  if (path.length > maxDepth) throw new PdfError('tooComplex', 'depth of the page tree');
  const node = as('dictionary', await view.resolve(reference));
  if (node === undefined) throw new PdfError('damaged', 'a page that is not there');
  const kids = await view.entry(node, 'Kids');
  const type = nameText(await view.entry(node, 'Type'));
  if (!isArray(kids)) {
    if (type === 'Pages') throw new PdfError('damaged', 'a page tree node without kids');
    yield { reference, inherited };
    return;
  }
  if (type === 'Page') throw new PdfError('damaged', 'a page with kids');
  if (nodes.has(reference.number)) throw new PdfError('damaged', 'a page tree node with two parents');
  nodes.add(reference.number);
  const passedOn = inherit(node, inherited);
  for (const kid of kids) {
    const target = as('reference', kid);
    if (target === undefined) throw new PdfError('damaged', 'a page that is no object');
    yield* walkNode(view, target, passedOn, [...path, reference.number], nodes);
  }
}

function inherit(node: PdfDictionary, inherited: Inherited): Inherited {
  const own = inheritable.filter((key) => node.entries.has(key));
  if (own.length === 0) return inherited;
  return { ...inherited, ...Object.fromEntries(own.map((key) => [key, node.entries.get(key) ?? null])) };
}

async function openPage(view: ObjectView, { reference, inherited }: Leaf, number: number): Promise<PdfPage> {
  const dictionary = as('dictionary', await view.resolve(reference));
  if (dictionary === undefined) throw new PdfError('damaged', 'a page that is not there');
  const attribute = (key: keyof Inherited) =>
    view.resolve(dictionary.entries.get(key) ?? inherited[key] ?? null);
  const mediaBox = await readRectangle(view, await attribute('MediaBox'));
  if (mediaBox === undefined) throw new PdfError('damaged', 'a page without a size');
  const cropBox = await readRectangle(view, await attribute('CropBox'));
  const rotate = await attribute('Rotate');
  const userUnit = await view.entry(dictionary, 'UserUnit');
  const geometry = pageGeometry(
    mediaBox,
    cropBox,
    typeof rotate === 'number' ? rotate : 0,
    typeof userUnit === 'number' && userUnit > 0 ? userUnit : 1,
  );
  return { ...geometry, number, reference, dictionary };
}

/** A rectangle of four numbers, each direct or not; undefined for anything else. */
export async function readRectangle(view: ObjectView, value: unknown): Promise<Rectangle | undefined> {
  if (!isRectangleLike(value)) return undefined;
  const numbers: number[] = [];
  for (const item of value) {
    const number = await view.resolve(item);
    if (typeof number !== 'number') return undefined;
    numbers.push(number);
  }
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers;
  return normalRectangle([x1, y1, x2, y2]);
}

function isRectangleLike(value: unknown): value is readonly PdfValue[] {
  return Array.isArray(value) && value.length === 4;
}
