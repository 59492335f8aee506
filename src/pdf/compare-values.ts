import { equalBytes } from '../lib/bytes.ts';
import type { ObjectView } from './object-view.ts';
import { as, isArray, type PdfDictionary, type PdfObject, type PdfStream } from './pdf-values.ts';

const chunkLength = 2 ** 16;

/** True when both are written with the same meaning; references are equal when they name the same object. */
export function equalValues(left: PdfObject | undefined, right: PdfObject | undefined): boolean {
  if (left === right || Object.is(left, right)) return true;
  if (left === undefined || right === undefined || left === null || right === null) return false;
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  if (isArray(left) || isArray(right)) {
    if (!isArray(left) || !isArray(right) || left.length !== right.length) return false;
    return left.every((item, index) => equalValues(item, right[index]));
  }
  if (left.kind === 'name') return left.text === as('name', right)?.text;
  if (left.kind === 'string')
    return equalBytes(left.bytes, as('string', right)?.bytes ?? new Uint8Array(left.bytes.length + 1));
  if (left.kind === 'reference') {
    const other = as('reference', right);
    return left.number === other?.number && left.generation === other.generation;
  }
  const other = as(left.kind, right);
  if (left.kind === 'stream') return other?.kind === 'stream' && left.dataOffset === other.dataOffset;
  return other?.kind === 'dictionary' && changedKeys(left, other).length === 0;
}

/** The keys whose values differ, references not followed. */
export function changedKeys(
  left: PdfDictionary | undefined,
  right: PdfDictionary | undefined,
): readonly string[] {
  const keys = new Set([...(left?.entries.keys() ?? []), ...(right?.entries.keys() ?? [])]);
  return [...keys].filter((key) => !equalValues(left?.entries.get(key), right?.entries.get(key)));
}

/** True when two objects of two revisions say the same; the data of streams are compared piece by piece. */
export async function equalObjects(
  left: PdfObject,
  leftView: ObjectView,
  right: PdfObject,
  rightView: ObjectView,
): Promise<boolean> {
  const [leftStream, rightStream] = [as('stream', left), as('stream', right)];
  if (leftStream === undefined || rightStream === undefined) return equalValues(left, right);
  if (!equalValues(leftStream.dictionary, rightStream.dictionary)) return false;
  return equalData(leftStream, leftView, rightStream, rightView);
}

async function equalData(
  left: PdfStream,
  leftView: ObjectView,
  right: PdfStream,
  rightView: ObjectView,
): Promise<boolean> {
  const [leftPlace, rightPlace] = [await leftView.streamPlace(left), await rightView.streamPlace(right)];
  if (leftPlace.length !== rightPlace.length) return false;
  for (let offset = 0; offset < leftPlace.length; offset += chunkLength) {
    const length = Math.min(chunkLength, leftPlace.length - offset);
    const leftChunk = await leftView.source.read(leftPlace.offset + offset, length);
    const rightChunk = await rightView.source.read(rightPlace.offset + offset, length);
    if (!equalBytes(leftChunk, rightChunk)) return false;
  }
  return true;
}
