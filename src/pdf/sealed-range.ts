import { joinSources, sliceSource, type ByteSource } from '../lib/byte-source.ts';

/** What a signature in a PDF is over: the file without the gap of /Contents (ISO 32000-1 §12.8.1, ByteRange). */
export function sealedRange(
  source: ByteSource,
  [start, length, nextStart, nextLength]: readonly [number, number, number, number],
): ByteSource {
  return joinSources(sliceSource(source, start, length), sliceSource(source, nextStart, nextLength));
}
