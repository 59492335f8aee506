import type { LocalServiceUse } from '../../../protocol/mirror-view.ts';

/** Carries calls of pages to a vendor's local service through the native client, on sites where that is turned on. */
export interface LocalServices {
  /** Puts the page script on exactly the sites where it is turned on. */
  refresh(): Promise<void>;
  uses(): readonly LocalServiceUse[];
}
