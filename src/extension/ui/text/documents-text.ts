import type { StateText } from './ui-text.ts';

/** Texts of the scenes that sign documents. */
export interface DocumentsText {
  /** Where a signing scene says something else than a login. */
  readonly states: Readonly<
    Record<'requested' | 'scanned' | 'choosingSeal' | 'confirmed' | 'succeeded', StateText>
  >;
  readonly heading: (count: number) => string;
  /** Of a request that ended without a signature. */
  readonly notSigned: (count: number) => string;
  readonly size: (amount: string, bytes: string) => string;
  readonly digest: string;
  readonly copy: string;
  readonly copied: string;
  readonly reading: (percent: string) => string;
  readonly signer: string;
  readonly steps: Readonly<Record<'signed' | 'written' | 'delivered', string>>;
  readonly done: (count: number) => string;
  readonly switchTo: string;
  readonly pages: string;
  readonly page: (page: string, count: string) => string;
  readonly opening: string;
  readonly notHere: string;
  readonly notShown: string;
  readonly pageBroken: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fit: string;
  readonly text: string;
  readonly textCut: (bytes: string) => string;
  readonly notUtf8: string;
  readonly controlCharacters: string;
  readonly proposed: (count: number) => string;
  readonly openWindowToPlace: string;
  readonly seal: {
    readonly legend: string;
    readonly size: (width: string, height: string) => string;
    readonly validTo: (date: string) => string;
    readonly unusable: string;
    readonly none: string;
    readonly noneUsable: string;
    readonly drag: string;
  };
  readonly place: {
    readonly heading: string;
    readonly none: string;
    readonly click: string;
    readonly clickNow: string;
    readonly center: (page: string) => string;
    readonly allPages: string;
    readonly seam: string;
    readonly point: (page: string) => string;
    readonly onAllPages: string;
    readonly onSeam: (first: string, last: string) => string;
    readonly page: string;
    readonly firstPage: string;
    readonly lastPage: string;
    readonly fromLeft: string;
    readonly fromBottom: string;
    readonly remove: (number: string) => string;
    readonly mark: (number: string, where: string, position: string) => string;
    readonly position: (left: string, bottom: string) => string;
    readonly keys: string;
    readonly toAll: string;
    readonly toAllDone: (count: number) => string;
    readonly toAllSkipped: (names: string) => string;
    readonly tooLarge: string;
    readonly tooMany: string;
    readonly notFound: (text: string) => string;
  };
  readonly keyword: {
    readonly label: string;
    readonly search: string;
    readonly searching: (page: string, count: string) => string;
    readonly found: (count: number) => string;
    readonly more: string;
    readonly all: string;
    readonly add: (count: number) => string;
  };
  readonly summary: {
    readonly heading: string;
    readonly line: (count: number) => string;
    readonly pickSeal: string;
    readonly missing: (name: string) => string;
    readonly confirm: string;
  };
}
