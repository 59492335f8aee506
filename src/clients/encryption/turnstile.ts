import { CodedError } from '../../protocol/coded-error.ts';

/** Lets one in after the other. Rejects with `REQUEST_ABORTED` for one that gave up meanwhile. */
export type Turnstile = <Result>(signal: AbortSignal, work: () => Promise<Result>) => Promise<Result>;

/**
 * What needs every core and tens of megabytes is done one after the other: together it would take as long, and
 * several times the memory.
 */
export function createTurnstile(): Turnstile {
  let last = Promise.resolve();
  return (signal, work) => {
    const result = last.then(() => {
      if (signal.aborted) throw new CodedError('REQUEST_ABORTED');
      return work();
    });
    last = result.then(nothing, nothing);
    return result;
  };
}

function nothing(): void {}
