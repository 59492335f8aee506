import { CodedError } from '../../../protocol/coded-error.ts';
import { bounded } from '../bounded.ts';
import type { LoopbackSocketAddress } from '../open-web-socket.ts';
import { openXtxLine, type XtxLine } from './xtx-line.ts';
import { textOf } from './xtx-wire.ts';

export interface FoundXtx {
  readonly line: XtxLine;
  /** What the service says of its version, at most 60 characters. */
  readonly version: string;
}

export interface XtxIdentification {
  /** Milliseconds in all. */
  readonly limit: number;
  readonly onKeyChange?: () => void;
}

/**
 * Connects to one address and asks whoever answers for its version; whoever says none is let go.
 * @throws CodedError `VENDOR_NOT_RUNNING`, `VENDOR_PROTOCOL`, `VENDOR_SILENT`, `REQUEST_ABORTED`
 */
export async function identifyXtx(
  address: LoopbackSocketAddress,
  { limit, onKeyChange = () => undefined }: XtxIdentification,
  signal: AbortSignal,
): Promise<FoundXtx> {
  const begun = performance.now();
  const attempt = new AbortController();
  const line = await bounded(openXtxLine(address, onKeyChange, attempt.signal), { signal, limit }).catch(
    (error: unknown) => {
      attempt.abort();
      throw error;
    },
  );
  try {
    const left = limit - (performance.now() - begun);
    const version = textOf(await line.call('SOF_GetVersion', [], { signal, limit: left }));
    if (!isVersion(version)) throw new CodedError('VENDOR_PROTOCOL', 'no version');
    return { line, version };
  } catch (error) {
    line.close();
    throw error;
  }
}

/** Numbers with points between them, and little else. */
function isVersion(text: string): boolean {
  return text.length <= 60 && /^[\x20-\x7e]*\d+(?:\.\d+)+[\x20-\x7e]*$/.test(text);
}
