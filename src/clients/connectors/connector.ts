import type { Envelope } from '../../gm/enveloped-data-message.ts';
import type { VendorKey } from '../../protocol/connector-methods.ts';

/**
 * Speaks one vendor's wire from inside a client. PINs are typed into the vendor's own window and never pass here.
 * Every method rejects with `VENDOR_…` or `REQUEST_ABORTED`.
 */
export interface Connector {
  /** Finds the service: what it says of its version, at most 60 characters. */
  probe(signal: AbortSignal): Promise<string>;
  /** The SM2 certificates that the service has, at least one. */
  list(signal: AbortSignal): Promise<VendorKey[]>;
  /** Has the vendor's window ask for the PIN, unless this process had it asked already. */
  login(key: string, signal: AbortSignal): Promise<void>;
  /** The service's signature over `content` as it came; not judged. */
  sign(key: string, content: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
  /**
   * What is in the envelope, or, where it has no content, its content-encryption key; undefined where the service
   * could not open it. The caller overwrites it.
   */
  open(key: string, envelope: Envelope, signal: AbortSignal): Promise<Uint8Array | undefined>;
}
