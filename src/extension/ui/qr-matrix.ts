import { encodeQR } from 'qr';

/** Modules of white on each side (ISO/IEC 18004 §6.3.8). */
const quietZone = 4;

/**
 * Modules of the QR code of `text` in rows, true for dark, quiet zone included; error correction level M, or L where
 * the text is too long for M.
 * @throws when `text` exceeds what a QR code holds (2,953 bytes).
 */
export function qrMatrix(text: string): readonly (readonly boolean[])[] {
  try {
    return encodeQR(text, 'raw', { ecc: 'medium', border: quietZone });
  } catch {
    return encodeQR(text, 'raw', { ecc: 'low', border: quietZone });
  }
}

/** False for a text that no QR code holds. */
export function fitsQr(text: string): boolean {
  try {
    return qrMatrix(text).length > 0;
  } catch {
    return false;
  }
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
