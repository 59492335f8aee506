import type { DetectorMessage, DetectorOrders } from '../../../protocol/observed-prompts.ts';
import type { MirrorView } from '../../../protocol/mirror-view.ts';

/** A document's detector, as the browser vouches for it. */
export interface DetectorSource {
  readonly origin: string;
  /** Of the tab's top page. */
  readonly topOrigin: string;
  readonly tabId: number;
  readonly documentId: string;
}

/** What the background does with the prompts that unmodified pages show. Kept in memory: detectors report again to a worker that was started anew. */
export interface MirrorDesk {
  /** A detector has come; `send` gives it its orders, now and whenever they change. */
  attach(source: DetectorSource, send: (orders: DetectorOrders) => void): void;
  /** One message of it, decoded. */
  take(source: DetectorSource, message: DetectorMessage): void;
  /** Its port has ended: page gone, frame gone, or extension updated. */
  detach(source: DetectorSource): void;
  /** Oldest first. */
  views(): readonly MirrorView[];
  /** Brings the prompt's window to the front, opening it if need be. */
  show(mirrorId: string): Promise<void>;
  showTab(mirrorId: string): Promise<void>;
  windowClosed(windowId: number): void;
  /** Rules or behaviours have changed. */
  refresh(): void;
}
