import type { Recipient } from './bids.ts';
import type { PlatformId } from './platform-ids.ts';
import type { PromptKind, PromptScene } from './prompt-kinds.ts';

/** How much a QR that a page drew can be believed. */
export type QrTrust =
  /** Its address is the platform's, as the directory knows it. */
  | 'platform'
  /** Its address is the site's own. */
  | 'site'
  /** It has no address in it: nothing to compare. */
  | 'noHost'
  /** Its address is of neither: shown with a warning, and not as a prompt of a certificate app. */
  | 'foreign';

/** A prompt that an unmodified page shows (driver `mirror`). */
export interface MirrorView {
  /** The background's own id of it, a UUID. */
  readonly id: string;
  /** Of the frame that shows it, and of the page around it, as the browser vouches for them. */
  readonly origin: string;
  readonly topOrigin: string;
  readonly tabId: number;
  readonly kind: PromptKind;
  readonly scene: PromptScene;
  readonly platform?: PlatformId;
  /** The page's own words. */
  readonly words: string;
  /** `gone`: the page has moved on; shown for `pageLimits.promptGone`. */
  readonly state: 'shown' | 'expired' | 'gone';
  /** Of kind `qr`. */
  readonly qr?:
    | { readonly content: string; readonly trust: QrTrust; readonly host?: string }
    /** Only the page itself shows it. */
    | { readonly unreadable: 'foreign' | 'notDrawn' | 'notDecoded' };
  readonly openingTime?: number;
  /** When it was first seen, milliseconds since the epoch. */
  readonly since: number;
  /** The window that shows it. */
  readonly windowId?: number;
  /** The user has not chosen yet what happens on this site. */
  readonly asksBehaviour: boolean;
}

/** A certificate that was seen at an earlier scan: what can be said of it before the next one. */
export interface SeenCertificate {
  readonly platform: PlatformId;
  readonly purpose: 'signing' | 'encryption';
  readonly certificate: Recipient;
  /** Milliseconds since the epoch. */
  readonly seenAt: number;
}

/** A page whose calls to a vendor's local service go through the client right now. */
export interface LocalServiceUse {
  readonly origin: string;
  readonly tabId: number;
  readonly addresses: readonly string[];
}
