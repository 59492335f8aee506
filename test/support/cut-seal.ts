import { concatBytes } from '../../src/lib/bytes.ts';

/** A signature of a PDF, found without a reader of PDF: by its text alone. */
export interface CutSeal {
  /** /ByteRange */
  readonly range: readonly [number, number, number, number];
  /** What it is over. */
  readonly signed: Uint8Array;
  /** The DER value of /Contents, without its padding. */
  readonly contents: Uint8Array;
}

/** The signatures in the order in which they stand in the file. */
export function cutSeals(pdf: Uint8Array): readonly CutSeal[] {
  const text = Buffer.from(pdf).toString('latin1');
  return [...text.matchAll(/\/ByteRange \[(\d+) +(\d+) +(\d+) +(\d+) *\]/g)].map(([, ...numbers]) => {
    const [start = 0, length = 0, nextStart = 0, nextLength = 0] = numbers.map(Number);
    const hexadecimal = text.slice(start + length, nextStart);
    if (!/^<[0-9A-Fa-f]*>$/.test(hexadecimal)) throw new Error('the gap of /ByteRange is no string');
    const padded = Buffer.from(hexadecimal.slice(1, -1), 'hex');
    return {
      range: [start, length, nextStart, nextLength],
      signed: concatBytes(
        pdf.subarray(start, start + length),
        pdf.subarray(nextStart, nextStart + nextLength),
      ),
      contents: padded.subarray(0, derLength(padded)),
    };
  });
}

/** Length of the DER value that the bytes begin with. */
function derLength(bytes: Buffer): number {
  const first = bytes[1] ?? 0;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  return 2 + count + bytes.readUIntBE(2, count);
}
