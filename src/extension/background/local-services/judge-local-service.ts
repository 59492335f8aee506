import { isTrustworthyOrigin } from '../../../protocol/origins.ts';
import type { LocalServiceSender } from './local-services.ts';

/** A page whose calls may be carried. */
export interface CarriedPage {
  readonly origin: string;
  readonly tabId: number;
}

/**
 * May this document's calls be carried? Frames may as well: a site's pages often are frames. Undefined for a document
 * that is not ours to serve, is no longer shown, or is of an origin on which the bridge is not turned on.
 */
export function judgeLocalService(
  { extensionId, origin, documentId, documentLifecycle, tabId }: LocalServiceSender,
  ownExtensionId: string,
  sites: readonly string[],
): CarriedPage | undefined {
  if (extensionId !== ownExtensionId || origin === undefined || documentId === undefined) return undefined;
  if (tabId === undefined || tabId < 0) return undefined;
  if (documentLifecycle !== undefined && documentLifecycle !== 'active') return undefined;
  if (!isTrustworthyOrigin(origin) || !sites.includes(origin)) return undefined;
  return { origin, tabId };
}
