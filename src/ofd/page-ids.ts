import { OfdError } from './ofd-error.ts';
import { ofdLimits } from './ofd-limits.ts';
import { childOf, childrenOf, parseXml } from './xml-document.ts';
import type { ZipPackage } from './zip-package.ts';

/**
 * Numbers of a document's pages, from 1, by their IDs (GB/T 33190-2016, 7.5). For people: a document that cannot be
 * read has none, and the signatures over it are judged all the same.
 */
export async function readPageIds(
  zip: ZipPackage,
  documentPath: string,
): Promise<ReadonlyMap<string, number>> {
  try {
    const pages = childOf(parseXml(await zip.read(documentPath, ofdLimits.xml)), 'Pages');
    const ids = pages ? childrenOf(pages, 'Page').map(({ attributes }) => attributes.get('ID') ?? '') : [];
    return new Map(ids.map((id, index) => [id, index + 1]));
  } catch (error) {
    if (error instanceof OfdError) return new Map();
    throw error;
  }
}
