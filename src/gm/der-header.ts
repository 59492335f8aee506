import { DerError } from './der-error.ts';

/** Identifier and length octets of one element. */
export interface DerHeader {
  /** Identifier octet. */
  readonly tag: number;
  /** Identifier and length octets in all; at most `maxHeaderLength`. */
  readonly headerLength: number;
  /** Content octets, at most 2⁵³ − 1. */
  readonly length: number;
}

/** A header of a length below 2⁵⁶ is no longer. */
export const maxHeaderLength = 9;

/**
 * Reads the header at the beginning of `bytes` (X.690 §8.1, §10.1). Says nothing of whether the content is there.
 * @throws DerError `truncated`, `unsupportedTag`, `indefiniteLength`, `nonMinimalLength`, `tooLong` (2⁵³ and more)
 */
export function readDerHeader(bytes: Uint8Array): DerHeader {
  const [tag, firstLength] = bytes;
  if (tag === undefined || firstLength === undefined) throw new DerError('truncated');
  if (tag === 0 || (tag & 0x1f) === 0x1f) throw new DerError('unsupportedTag', `0x${tag.toString(16)}`);
  if (firstLength < 0x80) return { tag, headerLength: 2, length: firstLength };
  if (firstLength === 0x80) throw new DerError('indefiniteLength');
  const headerLength = 2 + (firstLength & 0x7f);
  if (headerLength > maxHeaderLength) throw new DerError('tooLong');
  if (bytes.length < headerLength) throw new DerError('truncated');
  const length = bytes.subarray(2, headerLength).reduce((value, octet) => value * 256 + octet, 0);
  if (length < 0x80 || bytes[2] === 0) throw new DerError('nonMinimalLength');
  if (!Number.isSafeInteger(length)) throw new DerError('tooLong');
  return { tag, headerLength, length };
}

/**
 * The elements that follow one another in `content`, each as a whole and not looked into: for lists too long to hold
 * as parsed elements.
 * @throws DerError as `readDerHeader` does, and `truncated` when the last one is cut
 */
export function* splitDer(content: Uint8Array): Generator<Uint8Array> {
  for (let offset = 0; offset < content.length;) {
    const { headerLength, length } = readDerHeader(content.subarray(offset, offset + maxHeaderLength));
    const end = offset + headerLength + length;
    if (end > content.length) throw new DerError('truncated');
    yield content.subarray(offset, end);
    offset = end;
  }
}
