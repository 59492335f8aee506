import { useEffect, useState } from 'preact/hooks';
import type { ProposedPlace, SealPlace } from '../../protocol/seal-places.ts';
import type { PdfDocument } from './pdf-document.ts';
import { resolveProposals } from './resolve-proposals.ts';
import type { Size } from './seal-geometry.ts';

const none: readonly SealPlace[] = [];

/** Where a site proposes to seal the open document, for a seal of `size`; empty until that is known. */
export function useProposals(
  pdf: PdfDocument | undefined,
  proposals: readonly ProposedPlace[] | undefined,
  size: Size,
): readonly SealPlace[] {
  const [known, setKnown] = useState<{ readonly pdf: PdfDocument; readonly places: readonly SealPlace[] }>();
  useEffect(() => {
    if (pdf === undefined || proposals === undefined || proposals.length === 0) return undefined;
    let wanted = true;
    resolveProposals(proposals, size, pdf).then(
      ({ places }) => wanted && setKnown({ pdf, places }),
      // A document with broken pages shows no proposals; the client judges it.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [pdf, proposals, size]);
  return known !== undefined && known.pdf === pdf ? known.places : none;
}
