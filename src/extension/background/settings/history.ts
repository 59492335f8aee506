import type { BridgeStore } from '../../storage/bridge-database.ts';
import { logError } from '../log.ts';

export interface HistoryParts {
  readonly store: Pick<BridgeStore, 'dropReceiptsBefore'>;
  /** Days that receipts are kept; 0 keeps them. */
  readonly days: () => number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Keeps receipts no longer than the user wants. */
export interface History {
  /** Drops those that are too old; for each change of the settings. Never rejects. */
  sweep(): Promise<void>;
}

const day = 86_400_000;

/** Sweeps at once, and daily for as long as the worker lives; it seldom lives that long. */
export function createHistory({ store, days, now }: HistoryParts): History {
  async function sweep(): Promise<void> {
    if (days() === 0) return;
    await store
      .dropReceiptsBefore(now() - days() * day)
      .catch((error: unknown) => logError('receipts-not-dropped', error));
  }
  setInterval(() => void sweep(), day);
  void sweep();
  return { sweep };
}
