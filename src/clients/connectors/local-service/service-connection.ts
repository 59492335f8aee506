import type { Batch } from './inbox.ts';

/** A page's connection to a vendor's service; raw texts, nothing looked into. */
export interface ServiceConnection {
  /** @throws CodedError `VENDOR_NOT_RUNNING` once the service has closed, or has to be taken for that */
  send(text: string): void;
  /** @throws CodedError `REQUEST_ABORTED` */
  receive(signal: AbortSignal): Promise<Batch>;
  close(): void;
}
