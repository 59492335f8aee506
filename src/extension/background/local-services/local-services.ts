import type { LocalServiceNews } from '../../../protocol/local-service-messages.ts';
import type { LocalServiceUse } from '../../../protocol/mirror-view.ts';

/** What the browser says of whoever opened a port named `localServicePortName`; nothing of it comes from the page. */
export interface LocalServiceSender {
  readonly extensionId?: string | undefined;
  readonly origin?: string | undefined;
  readonly documentId?: string | undefined;
  readonly documentLifecycle?: string | undefined;
  readonly tabId?: number | undefined;
}

/** The port's two directions towards the page. */
export interface LocalServicePort {
  post(news: LocalServiceNews): void;
  disconnect(): void;
}

/** What comes from the page, and its end. */
export interface LocalServiceLine {
  receive(message: unknown): void;
  /** The document is gone, or its port is. */
  end(): void;
}

/** Carries calls of pages to a vendor's local service through the native client, on sites where that is turned on. */
export interface LocalServices {
  /**
   * Puts the page script on exactly the sites where it is turned on, and lets go of the pages of others. To be called
   * whenever settings or permissions may have changed. Never rejects.
   */
  refresh(): Promise<void>;
  /** Pages that have a connection now. */
  uses(): readonly LocalServiceUse[];
  /** Takes up a page; whoever is none that may is disconnected. */
  attach(sender: LocalServiceSender, port: LocalServicePort): LocalServiceLine;
}
