import type { AbortSignalLike } from './abort-signal-like.ts';

/** Throws the signal's reason once it is aborted, as `AbortSignal.throwIfAborted` does. */
export function throwIfAborted(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted) throw signal.reason;
}
