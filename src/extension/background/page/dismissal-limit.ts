import { countLimits } from '../../../protocol/limits.ts';

/** Holds back a site that keeps asking although its requests are dismissed. */
export interface DismissalLimit {
  note(origin: string): void;
  isReached(origin: string): boolean;
}

export function createDismissalLimit(now: () => number): DismissalLimit {
  const dismissals = new Map<string, readonly number[]>();
  const recent = (origin: string) =>
    (dismissals.get(origin) ?? []).filter((at) => now() - at < countLimits.dismissalWindowMs);
  return {
    note: (origin) => void dismissals.set(origin, [...recent(origin), now()]),
    isReached: (origin) => recent(origin).length >= countLimits.dismissals,
  };
}
