import { createHash } from 'node:crypto';
import type { ByteSource } from '../../../lib/byte-source.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import type { MethodContext } from '../method-handlers.ts';

const chunkBytes = 2 ** 20;

/** Hands on the source's bytes in order, in chunks; stops when the request is aborted. */
export async function eachChunk(
  source: ByteSource,
  { signal, progress }: Pick<MethodContext, 'signal' | 'progress'>,
  take: (chunk: Uint8Array) => Promise<void> | void,
): Promise<void> {
  for (let offset = 0; offset < source.size; offset += chunkBytes) {
    if (signal.aborted) throw new CodedError('REQUEST_ABORTED');
    const length = Math.min(chunkBytes, source.size - offset);
    const chunk = await source.read(offset, length);
    if (chunk.length !== length) throw new CodedError('FILE_CHANGED');
    await take(chunk);
    progress(offset + length, source.size);
  }
}

/** SM3 of the source, 32 bytes. */
export async function hashSource(
  source: ByteSource,
  context: Pick<MethodContext, 'signal' | 'progress'>,
): Promise<Uint8Array> {
  const hash = createHash('sm3');
  await eachChunk(source, context, (chunk) => void hash.update(chunk));
  return hash.digest();
}
