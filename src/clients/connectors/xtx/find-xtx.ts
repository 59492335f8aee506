import { codeOf, CodedError } from '../../../protocol/coded-error.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import { identifyXtx, type FoundXtx } from './identify-xtx.ts';
import { xtxAddresses, type XtxPorts } from './xtx-address.ts';

export interface XtxSearch {
  readonly ports: XtxPorts;
  /** Milliseconds for all addresses together. */
  readonly limit: number;
  readonly onKeyChange: () => void;
}

/** What tells the user most, first: another program at one port is no matter of starting the service at the other. */
const telling: readonly ErrorCode[] = ['VENDOR_PROTOCOL', 'VENDOR_SILENT', 'VENDOR_NOT_RUNNING'];

/**
 * Connects to the service at the first address at which a program says that it is it.
 * @throws CodedError `VENDOR_NOT_RUNNING` where nobody listens at any; `VENDOR_PROTOCOL` where somebody does who is not
 *   the service; `VENDOR_SILENT` where somebody says nothing; `REQUEST_ABORTED`
 */
export async function findXtx(
  { ports, limit, onKeyChange }: XtxSearch,
  signal: AbortSignal,
): Promise<FoundXtx> {
  const addresses = xtxAddresses(ports);
  const deadline = performance.now() + limit;
  const failures: CodedError[] = [];
  for (const [index, address] of addresses.entries()) {
    const share = (deadline - performance.now()) / (addresses.length - index);
    try {
      return await identifyXtx(address, { limit: share, onKeyChange }, signal);
    } catch (error) {
      if (!(error instanceof CodedError) || codeOf(error) === 'REQUEST_ABORTED') throw error;
      failures.push(error);
    }
  }
  const worst = telling.map((code) => failures.find((failure) => failure.code === code)).find(Boolean);
  throw worst ?? new CodedError('VENDOR_NOT_RUNNING');
}
