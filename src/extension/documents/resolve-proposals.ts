import { countLimits } from '../../protocol/limits.ts';
import type { ProposedPlace, SealPlace } from '../../protocol/seal-places.ts';
import { fitPlace } from './fit-place.ts';
import type { PdfDocument } from './pdf-document.ts';
import { searchDocument } from './search-document.ts';
import type { Size } from './seal-geometry.ts';

export interface ResolvedPlaces {
  readonly places: readonly SealPlace[];
  /** Keywords that the document does not have. */
  readonly notFound: readonly string[];
}

/** What a site proposes, as places of this document: keywords found, all moved onto the pages, what has no room left out. */
export async function resolveProposals(
  proposals: readonly ProposedPlace[],
  seal: Size,
  pdf: PdfDocument,
): Promise<ResolvedPlaces> {
  const places: SealPlace[] = [];
  const notFound: string[] = [];
  for (const proposal of proposals) {
    const found = proposal.kind === 'keyword' ? await placesOfKeyword(proposal, pdf) : [proposal];
    if (proposal.kind === 'keyword' && found.length === 0) notFound.push(proposal.text);
    for (const place of found) {
      const fitted = await fitPlace(place, seal, pdf);
      if (fitted !== undefined && places.length < countLimits.sealPlaces) places.push(fitted);
    }
  }
  return { places, notFound };
}

async function placesOfKeyword(
  { text, occurrence, dx = 0, dy = 0 }: Extract<ProposedPlace, { kind: 'keyword' }>,
  pdf: PdfDocument,
): Promise<readonly SealPlace[]> {
  const hits = await searchDocument(pdf, text, { limit: occurrence ?? countLimits.sealPlaces });
  const chosen = occurrence === undefined ? hits : hits.slice(occurrence - 1, occurrence);
  return chosen.map(({ page, middle }) => ({ kind: 'point', page, x: middle.x + dx, y: middle.y + dy }));
}
