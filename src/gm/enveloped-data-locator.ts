import type { ByteSource } from '../lib/byte-source.ts';
import { encode, encodeSequence } from './der-encode.ts';
import { maxHeaderLength, readDerHeader, type DerHeader } from './der-header.ts';
import { objectIdentifier } from './der-values.ts';
import { contextTag, DerError, parseDer, tags } from './der.ts';
import { EnvelopeError, envelopeErrorsOf } from './enveloped-data-error.ts';
import { flavourOfEnvelope } from './enveloped-data-flavour.ts';
import { isWholeBlocks, parseEnvelope, type Envelope } from './enveloped-data-message.ts';
import type { ContentPlace } from './signed-data-locator.ts';

/** A message taken apart without its content having been read. */
export interface LocatedEnvelope {
  /** The same message without its content; `raw` is what a phone needs to open the key. */
  readonly envelope: Envelope;
  /** Where the encrypted content lies: SM4-CBC with padding, n·16 bytes, n ≥ 1. */
  readonly content: ContentPlace;
}

/** Everything before the content: room for the most recipients there may be, with long names. */
const maxBeginning = 2 ** 17;

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the encrypted content of an EnvelopedData inside its ContentInfo (GM/T 0010 §9, RFC 5652 §6) of any size, and
 * reads the rest, at most 128 KiB of it. The content must be one string, primitive or alone under a constructed [0].
 * @throws EnvelopeError as `parseEnvelope` does; `truncated`, `trailingBytes` when the source ends elsewhere than the
 *   message; `contentMissing`, `contentInPieces`. Rejects with what `source` rejects with
 */
export async function readEnvelopeFrame(source: ByteSource): Promise<LocatedEnvelope> {
  const beginning = await source.read(0, Math.min(source.size, maxBeginning));
  return envelopeErrorsOf(() => locate(beginning, source.size));
}

function locate(bytes: Uint8Array, size: number): LocatedEnvelope {
  const { type, rest } = readType(bytes, size);
  const explicit = enterWhole(bytes, rest, contextTag(0));
  const envelopedData = enterWhole(bytes, explicit, tags.sequence);
  const version = readPart(bytes, envelopedData);
  const recipientInfos = readPart(bytes, after(envelopedData, version));
  const last = after(envelopedData, version, recipientInfos);
  const encryptedContentInfo = enterWhole(bytes, last, tags.sequence);
  const contentType = readPart(bytes, encryptedContentInfo);
  const algorithm = readPart(bytes, after(encryptedContentInfo, contentType));
  const content = after(encryptedContentInfo, contentType, algorithm);

  const info = encodeSequence(contentType, algorithm);
  const message = encodeSequence(version, recipientInfos, info);
  const envelope = parseEnvelope(encodeSequence(type, encode(contextTag(0), message)));
  return { envelope, content: placeOf(bytes, content) };
}

/** Judges the length last, so that a file of another kind is not called one that was cut. */
function readType(bytes: Uint8Array, size: number): { readonly type: Uint8Array; readonly rest: Range } {
  const { tag, headerLength, length } = readDerHeader(bytes.subarray(0, maxHeaderLength));
  if (tag !== tags.sequence) throw new DerError('unexpectedElement');
  const message = { start: headerLength, end: headerLength + length };
  const type = readPart(bytes, message);
  if (flavourOfEnvelope(objectIdentifier(parseDer(type))) === undefined) {
    throw new EnvelopeError('notEnvelopedData');
  }
  if (message.end !== size) throw new EnvelopeError(message.end > size ? 'truncated' : 'trailingBytes');
  return { type, rest: after(message, type) };
}

function placeOf(bytes: Uint8Array, range: Range): ContentPlace {
  if (range.start === range.end) throw new EnvelopeError('contentMissing');
  const isConstructed = headerAt(bytes, range).tag === contextTag(0);
  const { start, end } = isConstructed
    ? enterOnlyPiece(bytes, enterWhole(bytes, range, contextTag(0)))
    : enterWhole(bytes, range, contextTag(0, 'primitive'));
  if (!isWholeBlocks(end - start)) throw new EnvelopeError('malformed', 'encrypted content');
  return { offset: start, length: end - start };
}

function enterOnlyPiece(bytes: Uint8Array, range: Range): Range {
  const piece = enter(bytes, range, tags.octetString);
  if (piece.end < range.end) throw new EnvelopeError('contentInPieces');
  return piece;
}

/** What is left of `range` behind its first parts. */
function after({ start, end }: Range, ...parts: readonly Uint8Array[]): Range {
  return { start: parts.reduce((offset, part) => offset + part.length, start), end };
}

/** Content of the first element of `range`. */
function enter(bytes: Uint8Array, range: Range, tag: number): Range {
  const found = headerAt(bytes, range);
  if (found.tag !== tag) throw new DerError('unexpectedElement', `0x${found.tag.toString(16)}`);
  const start = range.start + found.headerLength;
  const end = start + found.length;
  if (end > range.end) throw new DerError('truncated');
  return { start, end };
}

/** Content of the element that fills `range`. */
function enterWhole(bytes: Uint8Array, range: Range, tag: number): Range {
  const content = enter(bytes, range, tag);
  if (content.end < range.end) throw new DerError('trailingBytes');
  return content;
}

/** The first element of `range`, with its header. */
function readPart(bytes: Uint8Array, range: Range): Uint8Array {
  const { headerLength, length } = headerAt(bytes, range);
  const end = range.start + headerLength + length;
  if (end > range.end) throw new DerError('truncated');
  expectHeld(bytes, end);
  return bytes.subarray(range.start, end);
}

function headerAt(bytes: Uint8Array, { start, end }: Range): DerHeader {
  const stop = Math.min(end, start + maxHeaderLength);
  expectHeld(bytes, stop);
  return readDerHeader(bytes.subarray(start, stop));
}

function expectHeld(bytes: Uint8Array, end: number): void {
  if (end > bytes.length) throw new DerError(bytes.length < maxBeginning ? 'truncated' : 'tooLong');
}
