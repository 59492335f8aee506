import { randomFillSync } from 'node:crypto';
import { bidLimits } from '../../bid/bid-limits.ts';

/**
 * Lends memory for a content key to `work` and overwrites it afterwards. Threads share it: a copy that was sent to one
 * would be out of reach.
 */
export async function withSharedKey<Result>(
  fill: (key: Uint8Array) => void,
  work: (key: Uint8Array) => Promise<Result>,
): Promise<Result> {
  const key = new Uint8Array(new SharedArrayBuffer(bidLimits.contentKey));
  try {
    fill(key);
    return await work(key);
  } finally {
    key.fill(0);
  }
}

/** Fills with random bytes. */
export function randomise(key: Uint8Array): void {
  const fresh = randomFillSync(new Uint8Array(key.length));
  key.set(fresh);
  fresh.fill(0);
}
