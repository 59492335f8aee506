import { bidGeometry } from '../../bid/bid-geometry.ts';
import type { MethodContext } from '../runtime/method-handlers.ts';
import { stepChunks, type ChunkJob } from './threads/chunk-messages.ts';
import { startChunkThreads } from './threads/chunk-threads.ts';
import { runSteps, stepsOf } from './threads/run-steps.ts';
import { startSlotDigest, type SlotDigest } from './threads/slot-digest.ts';

/** The chunks of an encrypted bid whose trailer was checked. */
export interface ChunkSource extends Pick<MethodContext, 'signal'> {
  /** Shared memory. */
  readonly contentKey: Uint8Array;
  readonly header: ChunkJob['header'];
  /** Descriptor. */
  readonly encrypted: number;
  /** Called with the number of plaintext bytes, from the beginning, that are checked and done. */
  readonly onDone: (bytes: number) => void;
}

/** Room for plaintext that is only digested: as much as keeps every thread at work, and no more than this (bytes). */
const slots = { most: 12, bytes: 32 * 1_048_576 };

/**
 * Decrypts to the descriptor `plain`, at their places, all chunks that are not in the first `taken` bytes. No byte of a
 * chunk is written before its mac was found right.
 * @throws DamagedChunkError for the first chunk that is damaged; `FILE_CHANGED`, `REQUEST_ABORTED`; the file system's
 *   error
 */
export async function openChunksTo(
  plain: number,
  taken: number,
  { contentKey, header, encrypted, signal, onDone }: ChunkSource,
): Promise<void> {
  const { chunkSize, plainSize } = header;
  const first = Math.floor(taken / chunkSize);
  const steps = stepsOf(first, bidGeometry(header).chunkCount, stepChunks(chunkSize));
  const threads = startChunkThreads({ contentKey, header, encrypted, plain }, steps.length);
  try {
    await runSteps(steps, (step) => threads.run({ kind: 'open', ...step }), {
      width: threads.width,
      signal,
      onDone: (chunks) => onDone(Math.min((first + chunks) * chunkSize, plainSize)),
    });
  } finally {
    await threads.close();
  }
}

/**
 * Decrypts all chunks, writes nothing, and gives the plaintext's SM3 (hexadecimal).
 * @throws as `openChunksTo` does
 */
export async function digestChunks(source: ChunkSource): Promise<string> {
  const { contentKey, header, encrypted, signal, onDone } = source;
  const { chunkSize, plainSize } = header;
  const most = stepChunks(chunkSize);
  const steps = stepsOf(0, bidGeometry(header).chunkCount, most);
  const slotBytes = most * chunkSize;
  const affordable = Math.min(slots.most, Math.floor(slots.bytes / slotBytes));
  const slotCount = Math.max(2, Math.min(steps.length, affordable));
  const digest = startSlotDigest(slotBytes, slotCount);
  const threads = startChunkThreads({ contentKey, header, encrypted, slots: digest.memory }, steps.length);
  try {
    await runSteps(
      steps,
      async (step) => {
        const slot = await digest.take();
        await threads.run({ kind: 'open', ...step, slot }).catch(tell(digest));
        const length = Math.min(step.count * chunkSize, plainSize - step.first * chunkSize);
        digest.fill(step.first / most, slot, length);
      },
      {
        width: Math.min(threads.width, slotCount),
        signal,
        onDone: (chunks) => onDone(Math.min(chunks * chunkSize, plainSize)),
      },
    );
    return await digest.finish();
  } finally {
    await threads.close();
    await digest.stop();
  }
}

/** Nobody need wait for a slot that a failed step would have freed. */
function tell(digest: SlotDigest): (reason: unknown) => never {
  return (reason) => {
    digest.fail(reason);
    throw reason;
  };
}
