/**
 * The value below which `fraction` (0 to 1) of the samples lie, between neighbours by linear interpolation.
 * @throws RangeError without samples
 */
export function quantile(samples: readonly number[], fraction: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * fraction;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError('no samples');
  return below + (above - below) * (position - Math.floor(position));
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** Of a dozen samples this is nearly the worst one. */
export const p95 = (samples: readonly number[]): number => quantile(samples, 0.95);
