/** Keeps what was used last, as much of it as weighs no more than the bound in all. */
export interface BoundedCache<T> {
  get(key: string): T | undefined;
  set(key: string, value: T, weight: number): void;
}

export function boundedCache<T>(maxWeight: number): BoundedCache<T> {
  const kept = new Map<string, { readonly value: T; readonly weight: number }>();
  let total = 0;
  return {
    get(key) {
      const entry = kept.get(key);
      if (entry === undefined) return undefined;
      kept.delete(key);
      kept.set(key, entry);
      return entry.value;
    },
    set(key, value, weight) {
      if (weight > maxWeight || kept.has(key)) return;
      kept.set(key, { value, weight });
      total += weight;
      for (const [oldKey, old] of kept) {
        if (total <= maxWeight) break;
        kept.delete(oldKey);
        total -= old.weight;
      }
    },
  };
}
