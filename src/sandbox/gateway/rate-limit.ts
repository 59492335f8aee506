/** Answers 0 when the call may go on, else the seconds to wait. */
export type RateLimit = (key: string) => number;

/** At most `perMinute` calls a key in any sixty seconds. */
export function createRateLimit(perMinute: number, clock: () => number): RateLimit {
  const windowMs = 60_000;
  const calls = new Map<string, number[]>();
  return (key) => {
    const now = clock();
    for (const [other, times] of calls) if (now - (times.at(-1) ?? 0) >= windowMs) calls.delete(other);
    const recent = (calls.get(key) ?? []).filter((time) => now - time < windowMs);
    calls.set(key, recent);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= perMinute)
      return Math.ceil((oldest + windowMs - now) / 1_000);
    recent.push(now);
    return 0;
  };
}
