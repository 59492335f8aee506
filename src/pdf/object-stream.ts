import type { ByteSource } from '../lib/byte-source.ts';
import { concatBytes } from '../lib/bytes.ts';
import { decodeStream } from './decode-stream.ts';
import { parseValue } from './parse-value.ts';
import { expectCount, scan, WindowEnd } from './scanner.ts';
import { PdfError } from './pdf-error.ts';
import { asCount, nameText, type PdfStream, type PdfValue } from './pdf-values.ts';

const maxObjects = 200_000;
const maxUnpacked = 2 ** 24;
/** Ends a value that stands at the end of the data, without being one. */
const sentinel = Uint8Array.of(0x0a, 0x5d, 0x0a);

/** The unpacked data of an object stream (ISO 32000-1 §7.5.7). */
export interface ObjectStream {
  readonly byteLength: number;
  /** The object at an index. @throws PdfError `damaged` when another object, or none, stands there */
  value(index: number, number: number): PdfValue;
}

/** @throws PdfError `damaged`, `tooComplex`, `filterUnsupported` */
export async function readObjectStream(
  source: ByteSource,
  stream: PdfStream,
  length: PdfValue,
): Promise<ObjectStream> {
  const { entries } = stream.dictionary;
  const count = asCount(entries.get('N'));
  const first = asCount(entries.get('First'));
  if (nameText(entries.get('Type')) !== 'ObjStm' || count === undefined || first === undefined) {
    throw new PdfError('damaged', 'no object stream');
  }
  if (count > maxObjects) throw new PdfError('tooComplex', 'objects in an object stream');
  const data = concatBytes(await decodeStream(source, stream, length, maxUnpacked), sentinel);
  const places = inData(() => {
    const header = scan(data);
    return Array.from({ length: count }, () => ({
      number: expectCount(header),
      offset: expectCount(header),
    }));
  });
  return {
    byteLength: data.length + count * 32,
    value(index, number) {
      const place = places[index];
      if (place?.number !== number) throw new PdfError('damaged', `object ${number} is not in its stream`);
      return inData(() => parseValue(scan(data, undefined, first + place.offset)));
    },
  };
}

function inData<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof WindowEnd) throw new PdfError('damaged', 'an object stream ends too early');
    throw error;
  }
}
