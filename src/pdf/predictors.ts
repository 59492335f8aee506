import { PdfError } from './pdf-error.ts';
import { asCount, type PdfDictionary } from './pdf-values.ts';

/**
 * Undoes the TIFF or PNG prediction that was done before packing (ISO 32000-1 §7.4.4.4).
 * @throws PdfError `damaged` for parameters that cannot be or data that do not fit them
 */
export function undoPredictor(data: Uint8Array, parameters: PdfDictionary | undefined): Uint8Array {
  const count = (key: string, initial: number) => asCount(parameters?.entries.get(key) ?? initial) ?? -1;
  const predictor = count('Predictor', 1);
  if (predictor === 1) return data;
  const [colors, bits, columns] = [count('Colors', 1), count('BitsPerComponent', 8), count('Columns', 1)];
  const known = predictor === 2 || (predictor >= 10 && predictor <= 15);
  if (!known || bits !== 8 || colors < 1 || colors > 32 || columns < 1 || columns > 2 ** 20) {
    throw new PdfError('damaged', 'predictor');
  }
  return predictor === 2 ? undoTiff(data, colors, columns) : undoPng(data, colors, columns);
}

function undoTiff(data: Uint8Array, colors: number, columns: number): Uint8Array {
  const width = colors * columns;
  const output = data.slice();
  for (let index = 0; index < output.length; index += 1) {
    if (index % width >= colors) output[index] = (output[index] ?? 0) + (output[index - colors] ?? 0);
  }
  return output;
}

/** PNG filters (RFC 2083 §6): each row begins with the number of its own. */
function undoPng(data: Uint8Array, colors: number, columns: number): Uint8Array {
  const width = colors * columns;
  const rows = Math.ceil(data.length / (width + 1));
  const output = new Uint8Array(data.length - rows);
  for (let row = 0; row < rows; row += 1) {
    const filter = data[row * (width + 1)] ?? 0;
    if (filter > 4) throw new PdfError('damaged', 'PNG filter');
    const source = row * (width + 1) + 1;
    const target = row * width;
    for (let column = 0; column < width && source + column < data.length; column += 1) {
      const left = column < colors ? 0 : (output[target + column - colors] ?? 0);
      const up = row === 0 ? 0 : (output[target + column - width] ?? 0);
      const corner = row === 0 || column < colors ? 0 : (output[target + column - width - colors] ?? 0);
      const value = data[source + column] ?? 0;
      output[target + column] = value + prediction(filter, left, up, corner);
    }
  }
  return output;
}

function prediction(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  return filter === 4 ? paeth(left, up, corner) : 0;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(estimate - value));
  if (toLeft === undefined || toUp === undefined || toCorner === undefined) return 0;
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
