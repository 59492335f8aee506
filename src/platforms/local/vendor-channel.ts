import type { AbortSignalLike } from '../../lib/abort-signal-like.ts';
import type { connectorMethods } from '../../protocol/connector-methods.ts';
import type { MethodParams, MethodResult } from '../../protocol/native-messages.ts';

type Methods = typeof connectorMethods;

/** Calls a vendor's local service through a native client. */
export interface VendorChannel {
  /** @throws CodedError `VENDOR_…`, `CLIENT_…`, SIGNATURE_MISMATCH, REQUEST_ABORTED */
  call<M extends keyof Methods & `vendor.${string}`>(
    method: M,
    params: MethodParams<Methods, M>,
    signal: AbortSignalLike,
  ): Promise<MethodResult<Methods, M>>;
}
