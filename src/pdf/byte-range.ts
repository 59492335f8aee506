import { as, isArray, type PdfDictionary } from './pdf-values.ts';

/**
 * What can be wrong with the reach of a signature:
 * - `missing`: no /ByteRange
 * - `malformed`: not an array of four whole numbers written into the dictionary itself
 * - `negative`: a number below 0
 * - `notFromStart`: the first range does not begin with the file
 * - `overlaps`: the second range begins before the first one ends
 * - `beyondEnd`: it reaches past the end of the file
 * - `gapIsNotContents`: what is not signed is something else, or more, than the digits of /Contents
 * - `contentsMalformed`: /Contents is no hexadecimal string with one DER value at its beginning
 * - `paddingNotZero`: something is hidden after that value
 * - `contentsInObjectStream`: the dictionary stands in a packed stream, where no byte range can spare it
 * - `notAtRevisionEnd`: it does not end where a revision of the file ends
 * - `notInItsRevision`: that revision did not write the signature, or has another one in the field
 * - `duplicateKeys`: a key stands twice in the signature or its field
 * - `duplicateField`: the form has several fields of that name
 * - `sharedValue`: several fields show the same signature
 */
export type ByteRangeProblem =
  | 'missing'
  | 'malformed'
  | 'negative'
  | 'notFromStart'
  | 'overlaps'
  | 'beyondEnd'
  | 'gapIsNotContents'
  | 'contentsMalformed'
  | 'paddingNotZero'
  | 'contentsInObjectStream'
  | 'notAtRevisionEnd'
  | 'notInItsRevision'
  | 'duplicateKeys'
  | 'duplicateField'
  | 'sharedValue';

export type ByteRange = readonly [number, number, number, number];

export interface CheckedByteRange {
  /** Four zeros when there is none that could be used. */
  readonly byteRange: ByteRange;
  /** The DER value without its padding; empty when it is malformed. */
  readonly contents: Uint8Array;
  readonly problems: readonly ByteRangeProblem[];
}

/** Checks what a signature dictionary says of itself against its own place in a file of `size` bytes. */
export function checkByteRange(signature: PdfDictionary, size: number): CheckedByteRange {
  const contents = checkContents(signature);
  const range = readRange(signature);
  const problems: ByteRangeProblem[] = [...contents.problems];
  if (signature.hasDuplicates) problems.push('duplicateKeys');
  if (typeof range === 'string') {
    return { byteRange: [0, 0, 0, 0], contents: contents.value, problems: [...problems, range] };
  }
  const [start, length, secondStart, secondLength] = range;
  if (range.some((number) => number < 0)) problems.push('negative');
  if (start !== 0) problems.push('notFromStart');
  if (secondStart < start + length) problems.push('overlaps');
  if (start + length > size || secondStart + secondLength > size) problems.push('beyondEnd');
  const isSpared = contents.start === start + length && contents.end === secondStart;
  if (!isSpared && !problems.includes('contentsInObjectStream')) problems.push('gapIsNotContents');
  return { byteRange: range, contents: contents.value, problems };
}

function readRange({ entries }: PdfDictionary): ByteRange | 'missing' | 'malformed' {
  const value = entries.get('ByteRange');
  if (value === undefined) return 'missing';
  if (!isArray(value) || value.length !== 4) return 'malformed';
  const [first, second, third, fourth] = value.map((item) =>
    Number.isSafeInteger(item) ? Number(item) : NaN,
  );
  const range = [first ?? NaN, second ?? NaN, third ?? NaN, fourth ?? NaN] as const;
  return range.some((number) => Number.isNaN(number)) ? 'malformed' : range;
}

function checkContents({ entries }: PdfDictionary): {
  readonly value: Uint8Array;
  readonly start?: number;
  readonly end?: number;
  readonly problems: readonly ByteRangeProblem[];
} {
  const contents = as('string', entries.get('Contents'));
  const nothing = new Uint8Array();
  if (contents === undefined || contents.form !== 'hex')
    return { value: nothing, problems: ['contentsMalformed'] };
  const { bytes, start, end } = contents;
  const length = derLength(bytes);
  const problems: ByteRangeProblem[] = [];
  if (length === undefined) problems.push('contentsMalformed');
  else if (bytes.subarray(length).some((byte) => byte !== 0)) problems.push('paddingNotZero');
  if (start === undefined || end === undefined) problems.push('contentsInObjectStream');
  const value = length === undefined ? nothing : bytes.subarray(0, length);
  return start === undefined || end === undefined ? { value, problems } : { value, start, end, problems };
}

/** Bytes of the SEQUENCE at the beginning, as its head says; undefined when there is none that fits. */
function derLength(bytes: Uint8Array): number | undefined {
  const [tag, first] = bytes;
  if (tag !== 0x30 || first === undefined || first === 0x80 || first > 0x84) return undefined;
  const octets = first < 0x80 ? 0 : first & 0x7f;
  const length =
    octets === 0 ? first : bytes.subarray(2, 2 + octets).reduce((sum, byte) => sum * 256 + byte, 0);
  const total = 2 + octets + length;
  return total > bytes.length ? undefined : total;
}
