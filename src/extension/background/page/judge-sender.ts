import type { ErrorCode } from '../../../protocol/error-codes.ts';
import { isTrustworthyOrigin } from '../../../protocol/origins.ts';

/** What the browser says of whoever opened a port; nothing of it comes from the page. */
export interface PortSender {
  readonly extensionId?: string | undefined;
  readonly origin?: string | undefined;
  readonly frameId?: number | undefined;
  readonly documentId?: string | undefined;
  readonly documentLifecycle?: string | undefined;
  readonly tabId?: number | undefined;
}

export interface AllowedPage {
  readonly origin: string;
  readonly tabId: number;
  readonly documentId: string;
}

/** May this sender ask for sessions? The page it speaks for, or the one code that says why not. */
export function judgeSender(
  sender: PortSender,
  ownExtensionId: string,
  sites: readonly string[],
): AllowedPage | ErrorCode {
  const { extensionId, origin, frameId, documentId, documentLifecycle, tabId } = sender;
  if (extensionId !== ownExtensionId) return 'ORIGIN_NOT_ALLOWED';
  if (origin === undefined || documentId === undefined || tabId === undefined || tabId < 0) {
    return 'ORIGIN_NOT_ALLOWED';
  }
  if (frameId !== 0) return 'FRAME_NOT_ALLOWED';
  if (documentLifecycle !== undefined && documentLifecycle !== 'active') return 'PAGE_GONE';
  if (origin === 'null') return 'ORIGIN_NOT_ALLOWED';
  // Our own page: the self-test asks as a site does.
  if (origin === `chrome-extension://${ownExtensionId}`) return { origin, tabId, documentId };
  if (!isTrustworthyOrigin(origin)) return 'INSECURE_CONTEXT';
  if (!sites.includes(origin)) return 'ORIGIN_NOT_ALLOWED';
  return { origin, tabId, documentId };
}
