import { findKeyword, type KeywordHit } from './find-keyword.ts';
import type { PdfDocument } from './pdf-document.ts';

/** An occurrence of a keyword in a document. */
export interface DocumentHit extends KeywordHit {
  /** From 1. */
  readonly page: number;
}

interface SearchOptions {
  /** Occurrences after which the search stops. */
  readonly limit: number;
  readonly signal?: AbortSignal;
  /** Told before each page. */
  readonly onPage?: (page: number) => void;
}

/** Occurrences of `keyword`, page by page. A page that is broken has none. */
export async function searchDocument(
  pdf: PdfDocument,
  keyword: string,
  { limit, signal, onPage }: SearchOptions,
): Promise<readonly DocumentHit[]> {
  const hits: DocumentHit[] = [];
  for (let page = 1; page <= pdf.pageCount && hits.length < limit; page += 1) {
    if (signal?.aborted === true) break;
    onPage?.(page);
    const runs = await pdf.pageText(page).catch(() => []);
    hits.push(...findKeyword(keyword, runs).map((hit) => ({ ...hit, page })));
  }
  return hits.slice(0, limit);
}
