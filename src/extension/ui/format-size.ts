const units = ['KB', 'MB', 'GB', 'TB'] as const;

/** A byte count as people compare it: rounded to 1,024s, as file managers show it; empty below that. */
export function roundedSize(bytes: number): string {
  const power = Math.min(units.length, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const unit = units[power - 1];
  if (unit === undefined) return '';
  const amount = bytes / 1_024 ** power;
  return `${amount.toFixed(amount < 10 ? 1 : 0)} ${unit}`;
}

/** The exact count, its thousands apart. */
export function exactSize(bytes: number): string {
  return new Intl.NumberFormat('en').format(bytes);
}
