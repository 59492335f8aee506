import type { ByteSource } from '../lib/byte-source.ts';
import { encode, encodeSequence } from './der-encode.ts';
import { maxHeaderLength, readDerHeader } from './der-header.ts';
import { contextTag, DerError, tags } from './der.ts';

/** Bytes of the message that are the content. */
export interface ContentPlace {
  readonly offset: number;
  readonly length: number;
}

/** A message taken apart without its content having been read. */
export interface LocatedContent {
  /** The same message, detached: DER, at most about 1 MiB. */
  readonly skeleton: Uint8Array;
  /** Absent where the message was detached. */
  readonly attached?: ContentPlace;
}

/** Certificates and signers together, and any of the short fields before the content. */
const maxPartLength = 2 ** 20;

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the content of a SignedData inside its ContentInfo (GM/T 0010 §8, RFC 5652 §5.1) of any size.
 * @throws DerError for another structure; rejects with what `source` rejects with
 */
export async function locateContent(source: ByteSource): Promise<LocatedContent> {
  const outer = await enterWhole(source, { start: 0, end: source.size }, tags.sequence);
  const type = await readPart(source, outer);
  const explicit = await enterWhole(source, after(outer, type), contextTag(0));
  const signedData = await enterWhole(source, explicit, tags.sequence);
  const version = await readPart(source, signedData);
  const digestAlgorithms = await readPart(source, after(signedData, version));
  const rest = after(signedData, version, digestAlgorithms);
  const contentInfo = await enter(source, rest, tags.sequence);
  const contentType = await readPart(source, contentInfo);
  const attached = await locateOctets(source, after(contentInfo, contentType));
  const ending = await readRange(source, { start: contentInfo.end, end: rest.end });

  const fields = encodeSequence(version, digestAlgorithms, encodeSequence(contentType), ending);
  const skeleton = encodeSequence(type, encode(contextTag(0), fields));
  return { skeleton, ...(attached === undefined ? {} : { attached }) };
}

async function locateOctets(source: ByteSource, range: Range): Promise<ContentPlace | undefined> {
  if (range.start === range.end) return undefined;
  const explicit = await enterWhole(source, range, contextTag(0));
  const { start, end } = await enterWhole(source, explicit, tags.octetString);
  return { offset: start, length: end - start };
}

/** What is left of `range` behind its first parts. */
function after({ start, end }: Range, ...parts: readonly Uint8Array[]): Range {
  return { start: parts.reduce((offset, part) => offset + part.length, start), end };
}

/** Content of the first element of `range`. */
async function enter(source: ByteSource, range: Range, tag: number): Promise<Range> {
  const found = await readHeader(source, range);
  if (found.tag !== tag) throw new DerError('unexpectedElement', `0x${found.tag.toString(16)}`);
  const start = range.start + found.headerLength;
  return { start, end: start + found.length };
}

/** Content of the element that fills `range`. */
async function enterWhole(source: ByteSource, range: Range, tag: number): Promise<Range> {
  const content = await enter(source, range, tag);
  if (content.end !== range.end) throw new DerError('trailingBytes');
  return content;
}

/** The first element of `range`, with its header. */
async function readPart(source: ByteSource, range: Range): Promise<Uint8Array> {
  const { headerLength, length } = await readHeader(source, range);
  return readRange(source, { start: range.start, end: range.start + headerLength + length });
}

async function readHeader(
  source: ByteSource,
  { start, end }: Range,
): Promise<ReturnType<typeof readDerHeader>> {
  const header = readDerHeader(await source.read(start, Math.min(maxHeaderLength, end - start)));
  if (header.length > end - start - header.headerLength) throw new DerError('truncated');
  return header;
}

async function readRange(source: ByteSource, { start, end }: Range): Promise<Uint8Array> {
  if (end - start > maxPartLength) throw new DerError('tooLong');
  const bytes = await source.read(start, end - start);
  if (bytes.length !== end - start) throw new DerError('truncated');
  return bytes;
}
