import type { TextRun } from '../../../../src/extension/documents/find-keyword.ts';
import type { PdfDocument } from '../../../../src/extension/documents/pdf-document.ts';
import type { Size } from '../../../../src/extension/documents/seal-geometry.ts';

export const a4: Size = { width: 595, height: 842 };
/** 42 mm on a side, nearly. */
export const seal: Size = { width: 120, height: 120 };

/** Text in letters of 10 points, upright, beginning at `x`, `y`. */
export function run(text: string, x = 100, y = 700): TextRun {
  const length = [...text].length * 10;
  return { text, start: { x, y }, advance: { x: length, y: 0 }, rise: { x: 0, y: 8 } };
}

interface FakePage {
  readonly size?: Size;
  readonly text?: readonly TextRun[];
}

/** A document that draws nothing. A page that is `undefined` is broken. */
export function fakePdf(pages: readonly (FakePage | undefined)[]): PdfDocument {
  const pageOf = async (page: number): Promise<FakePage> => {
    const found = pages[page - 1];
    if (found === undefined) throw new Error(`page ${page} is broken`);
    return found;
  };
  return {
    pageCount: pages.length,
    pageSize: async (page) => (await pageOf(page)).size ?? a4,
    pageText: async (page) => (await pageOf(page)).text ?? [],
    drawPage: async (page) => void (await pageOf(page)),
    close: () => undefined,
  };
}
