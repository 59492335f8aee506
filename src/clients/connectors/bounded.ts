import { CodedError } from '../../protocol/coded-error.ts';

export interface Bound {
  /** Rejects with `REQUEST_ABORTED` when it aborts. */
  readonly signal: AbortSignal;
  /** Milliseconds, after which it rejects with `VENDOR_SILENT`; without it only the signal ends the waiting. */
  readonly limit?: number;
}

/** Settles as `work` does, or earlier when nobody wants it any more or time is up; `work` itself goes on then. */
export function bounded<T>(work: Promise<T>, { signal, limit }: Bound): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
    const abort = () => {
      end();
      reject(new CodedError('REQUEST_ABORTED'));
    };
    const giveUp = () => {
      end();
      reject(new CodedError('VENDOR_SILENT'));
    };
    const timer = limit === undefined ? undefined : setTimeout(giveUp, limit);
    signal.addEventListener('abort', abort);
    work.finally(end).then(resolve, reject);
    if (signal.aborted) abort();
  });
}
