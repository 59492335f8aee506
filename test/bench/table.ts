import type { Figure, Unit } from './figure.ts';
import { median, p95 } from './statistics.ts';

const columns = ['metric', 'median', 'p95', 'n', 'peers'] as const;
const isNumeric = (column: number) => column >= 1 && column <= 3;

const decimals: Readonly<Record<Unit, number>> = { ms: 1, µs: 0, kB: 1, MiB: 0, 'MB/s': 0, '/s': 0 };

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

function cells(figure: Figure): string[] {
  const { metric, samples, unit } = figure;
  const peers = peerText(figure);
  if (samples.length === 0) return [metric, 'none', '', '', peers];
  const spread = samples.length === 1 ? '' : valueText(p95(samples), unit);
  return [metric, valueText(median(samples), unit), spread, String(samples.length), peers];
}

function valueText(value: number, unit: Unit): string {
  return `${value.toFixed(decimals[unit])} ${unit}`;
}

function peerText({ peers, samples, unit }: Figure): string {
  if (typeof peers === 'string') return peers;
  const { name, note } = peers;
  const found =
    peers.samples.length === 0
      ? []
      : [`${valueText(median(peers.samples), unit)}, we ${ratio(samples, peers.samples).toFixed(2)} times`];
  return `${name}: ${[...found, ...(note === undefined ? [] : [note])].join('; ')}`;
}

/** The median of what each of our samples is of the peer's beside it: what slows both down cancels out. */
function ratio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((value, index) => value / (theirs[index] ?? Number.NaN)));
}
