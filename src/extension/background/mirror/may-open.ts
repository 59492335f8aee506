import { assertNever } from '../../../lib/assert-never.ts';
import type { PromptBehaviour } from '../../../protocol/settings.ts';
import type { MirroredQrVerdict } from './judge-qr.ts';
import type { Mirror } from './mirror.ts';

/** Most windows that a site's prompts open by themselves within `openingWindowMs`. */
const mostOpenings = 3;
const openingWindowMs = 30_000;

/** Is the prompt one whose window the user wants without asking for it? Whether it had one before is not asked here. */
export function mayOpen(
  { prompt, state }: Mirror,
  verdict: MirroredQrVerdict | undefined,
  behaviour: PromptBehaviour | undefined,
): boolean {
  if (behaviour !== 'open' || state !== 'shown') return false;
  switch (prompt.kind) {
    case 'qr':
      // A QR that only the page can show needs no window in front of the page.
      return verdict !== undefined && verdict.trust !== 'foreign';
    case 'keyWanted':
    case 'driverMissing':
      return true;
    case 'browserUnsupported':
      // It stands on every page of such a site.
      return false;
    default:
      return assertNever(prompt.kind);
  }
}

/** Holds back a site whose prompts come and go. */
export interface OpeningLimit {
  /** Counts one opening; false where the site has had its share. */
  take(site: string): boolean;
}

export function createOpeningLimit(now: () => number): OpeningLimit {
  const openings = new Map<string, readonly number[]>();
  return {
    take(site) {
      const recent = (openings.get(site) ?? []).filter((at) => now() - at < openingWindowMs);
      if (recent.length >= mostOpenings) return false;
      openings.set(site, [...recent, now()]);
      return true;
    },
  };
}
