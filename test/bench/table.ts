import type { Figure } from './figure.ts';
import { median, p95 } from './statistics.ts';

const columns = ['metric', 'median', 'p95', 'n', 'peers'] as const;
const isNumeric = (column: number) => column >= 1 && column <= 3;

/** The figures as plain text in aligned columns. */
export function printTable(figures: readonly Figure[]): string {
  const rows = [columns, ...figures.map(cells)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isNumeric(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  const [head, ...body] = rows.map(line);
  return [head, rule, ...body].join('\n');
}

function cells({ metric, samples, unit, peers }: Figure): string[] {
  const value = (number: number) => `${number.toFixed(1)} ${unit}`;
  if (samples.length === 0) return [metric, 'none', '', '', peers];
  const spread = samples.length === 1 ? '' : value(p95(samples));
  return [metric, value(median(samples)), spread, String(samples.length), peers];
}
