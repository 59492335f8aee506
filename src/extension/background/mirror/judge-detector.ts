import { isTrustworthyOrigin } from '../../../protocol/origins.ts';
import type { DetectorSource } from './mirror-desk.ts';

/** What the browser says of whoever opened a detector's port. */
export interface DetectorSender {
  readonly extensionId?: string | undefined;
  readonly origin?: string | undefined;
  readonly documentId?: string | undefined;
  readonly tabId?: number | undefined;
  /** Address of the tab's top page; absent where the browser does not let extensions see it. */
  readonly tabUrl?: string | undefined;
}

/**
 * The document that the detector runs in, or undefined where it may report nothing: not ours, in no tab, or of an
 * origin that is not configured. A frame of a configured site on another page reports under the frame's own origin.
 */
export function judgeDetector(
  { extensionId, origin, documentId, tabId, tabUrl }: DetectorSender,
  ownExtensionId: string,
  sites: readonly string[],
): DetectorSource | undefined {
  if (extensionId !== ownExtensionId || origin === undefined || documentId === undefined) return undefined;
  if (tabId === undefined || tabId < 0) return undefined;
  if (!isTrustworthyOrigin(origin) || !sites.includes(origin)) return undefined;
  const top = tabUrl !== undefined && URL.canParse(tabUrl) ? new URL(tabUrl).origin : origin;
  return { origin, topOrigin: top, tabId, documentId };
}
