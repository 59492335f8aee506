import type { BlobLike } from '../../lib/blob-like.ts';
import { countLimits } from '../../protocol/limits.ts';
import type { ProposedPlace, SealPlace } from '../../protocol/seal-places.ts';
import { fitPlace } from './fit-place.ts';
import type { PdfDocument } from './pdf-document.ts';
import { resolveProposals } from './resolve-proposals.ts';
import type { Size } from './seal-geometry.ts';

/** A document to be sealed. */
export interface ArrangedDocument {
  readonly name: string;
  readonly blob: BlobLike | undefined;
  readonly proposals: readonly ProposedPlace[];
}

/** Why a place was not taken. */
export type PlacingProblem = 'tooLarge' | 'tooMany';

export interface ArrangementState {
  /** One list a document, in their order. */
  readonly places: readonly (readonly SealPlace[])[];
  readonly problem?: PlacingProblem | undefined;
  /** Keywords of the site that a document does not have, by document. */
  readonly notFound: readonly (readonly string[])[];
  /** What applying one document's places to all came to. */
  readonly applied?: { readonly count: number; readonly skipped: readonly string[] } | undefined;
  /** Pages are being measured: places may still move. */
  readonly busy: boolean;
}

/** Lends an open document; `undefined` where it cannot be opened. */
export type LendPdf = <T>(document: number, use: (pdf: PdfDocument) => Promise<T>) => Promise<T | undefined>;

/**
 * Where the seal goes in each document. Whatever is asked is first made to fit: no state holds a place outside its
 * page, documents that cannot be opened aside. Asynchronous changes run one after another.
 */
export interface Arrangement {
  state(): ArrangementState;
  /** Size of the chosen seal in points; refits what is placed and, the first time, takes the site's proposals. */
  setSeal(size: Size): Promise<void>;
  add(document: number, places: readonly SealPlace[]): Promise<void>;
  /** Changes a place at once, as it is; for places that are known to fit. */
  move(document: number, index: number, place: SealPlace): void;
  replace(document: number, index: number, place: SealPlace): Promise<void>;
  remove(document: number, index: number): void;
  /** Gives all documents the places of one, as far as they have room. */
  applyToAll(document: number): Promise<void>;
}

export function createArrangement(
  documents: readonly ArrangedDocument[],
  lend: LendPdf,
  onChange: (state: ArrangementState) => void,
): Arrangement {
  let state: ArrangementState = {
    places: documents.map(() => []),
    notFound: documents.map(() => []),
    busy: false,
  };
  let seal: Size | undefined;
  let waiting = 0;
  let queue = Promise.resolve();

  const become = (changes: Partial<ArrangementState>): void => {
    state = { ...state, ...changes };
    onChange(state);
  };
  const setPlaces = (
    document: number,
    change: (places: readonly SealPlace[]) => readonly SealPlace[],
  ): void =>
    become({ places: state.places.map((places, index) => (index === document ? change(places) : places)) });
  const inTurn = (task: () => Promise<void>): Promise<void> => {
    waiting += 1;
    become({ busy: true });
    queue = queue
      .then(task)
      .catch(() => undefined)
      .then(() => {
        waiting -= 1;
        become({ busy: waiting > 0 });
      });
    return queue;
  };
  const fitAll = async (document: number, places: readonly SealPlace[], size: Size) =>
    lend(document, async (pdf) => {
      const fitted: SealPlace[] = [];
      for (const place of places) {
        const fit = await fitPlace(place, size, pdf);
        if (fit !== undefined) fitted.push(fit);
      }
      return fitted;
    });

  const takeProposals = async (size: Size): Promise<void> => {
    for (const [document, { proposals }] of documents.entries()) {
      if (proposals.length === 0) continue;
      const resolved = await lend(document, async (pdf) => resolveProposals(proposals, size, pdf));
      if (resolved === undefined) continue;
      setPlaces(document, (places) => [...resolved.places, ...places].slice(0, countLimits.sealPlaces));
      become({ notFound: state.notFound.with(document, resolved.notFound) });
    }
  };

  return {
    state: () => state,
    setSeal: async (size) =>
      inTurn(async () => {
        const isFirst = seal === undefined;
        seal = size;
        if (isFirst) return takeProposals(size);
        for (const [document, places] of state.places.entries()) {
          if (places.length === 0) continue;
          const fitted = (await fitAll(document, places, size)) ?? [];
          if (fitted.length < places.length) become({ problem: 'tooLarge' });
          setPlaces(document, () => fitted);
        }
      }),
    add: async (document, places) =>
      inTurn(async () => {
        if (seal === undefined) return;
        const fitted = (await fitAll(document, places, seal)) ?? [];
        const room = countLimits.sealPlaces - (state.places[document]?.length ?? 0);
        const tooMany = fitted.length > room ? 'tooMany' : undefined;
        become({ applied: undefined, problem: fitted.length < places.length ? 'tooLarge' : tooMany });
        setPlaces(document, (old) => [...old, ...fitted.slice(0, room)]);
      }),
    move(document, index, place) {
      setPlaces(document, (places) => places.map((old, at) => (at === index ? place : old)));
    },
    async replace(document, index, place) {
      const before = state.places[document]?.[index];
      await inTurn(async () => {
        if (seal === undefined || before === undefined) return;
        const [fitted] = (await fitAll(document, [place], seal)) ?? [];
        become({ applied: undefined, problem: fitted === undefined ? 'tooLarge' : undefined });
        if (fitted === undefined) return;
        // Removed or moved again meanwhile, it is left alone.
        setPlaces(document, (places) => places.map((old) => (old === before ? fitted : old)));
      });
    },
    remove(document, index) {
      become({ applied: undefined, problem: undefined });
      setPlaces(document, (places) => places.filter((_, at) => at !== index));
    },
    applyToAll: async (document) =>
      inTurn(async () => {
        const wanted = state.places[document] ?? [];
        if (seal === undefined || wanted.length === 0) return;
        const skipped: string[] = [];
        for (const [other, { name }] of documents.entries()) {
          if (other === document) continue;
          const fitted = await fitCopy(other, wanted, seal);
          if (fitted === undefined) skipped.push(name);
          else setPlaces(other, () => fitted);
        }
        become({ applied: { count: documents.length - 1 - skipped.length, skipped }, problem: undefined });
      }),
  };

  /** The same places in another document; undefined where it lacks a page or the room. */
  async function fitCopy(
    document: number,
    wanted: readonly SealPlace[],
    size: Size,
  ): Promise<readonly SealPlace[] | undefined> {
    // Across the edge of one means across all of the other's pages, however many they are.
    const source = wanted.map((place): SealPlace => {
      return place.kind === 'seam' ? { kind: 'seam', y: place.y } : place;
    });
    return lend(document, async (pdf) => {
      if (source.some((place) => place.kind === 'point' && place.page > pdf.pageCount)) return undefined;
      const fitted = (await fitAll(document, source, size)) ?? [];
      return fitted.length === source.length ? fitted : undefined;
    });
  }
}
