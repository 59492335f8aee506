import { encodeQR } from 'qr';

/** Modules of white on each side (ISO/IEC 18004 §6.3.8). */
const quietZone = 4;

/**
 * Modules of the QR code of `text` in rows, true for dark, quiet zone included; error correction level M.
 * @throws when `text` exceeds what a QR code holds (2,331 bytes).
 */
export function qrMatrix(text: string): readonly (readonly boolean[])[] {
  return encodeQR(text, 'raw', { ecc: 'medium', border: quietZone });
}

/** SVG path of the dark modules, one unit a module: one rectangle for each run of a row. */
export function qrPath(matrix: readonly (readonly boolean[])[]): string {
  return matrix
    .flatMap((row, y) => runsOf(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`))
    .join('');
}

function runsOf(row: readonly boolean[]): [start: number, length: number][] {
  const runs: [number, number][] = [];
  for (const [x, dark] of row.entries()) {
    const last = runs.at(-1);
    if (!dark) continue;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}
