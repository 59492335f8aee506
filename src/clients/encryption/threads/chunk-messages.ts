import type { BidHeader } from '../../../bid/bid-header.ts';
import type { KernelModule } from '../../../kernel/chunk-cipher.ts';

/** What a thread must know of a file's header. */
export type ChunkHeader = Pick<BidHeader, 'headerLength' | 'chunkSize' | 'plainSize' | 'nonce' | 'digest'>;

/** A file that threads work on. Descriptors are those of the process, which keeps them open. */
export interface ChunkJob {
  /** K, 48 bytes, in memory that all threads share: no copy of it is sent, and who made it overwrites it. */
  readonly contentKey: Uint8Array;
  readonly header: ChunkHeader;
  /** The encrypted file. */
  readonly encrypted: number;
  /** The plaintext: read by `encrypt`, written by `open` where there is one. */
  readonly plain?: number;
  /** Where `open` leaves the plaintext of a step, `stepChunks` chunks a slot. */
  readonly slots?: Uint8Array;
}

/** What a thread is started with. */
export interface ChunkThreadData extends ChunkJob {
  readonly kernel: KernelModule | undefined;
}

/**
 * - `encrypt`: reads plaintext, writes ciphertexts and macs
 * - `check`: reads them back and recomputes the macs
 * - `open`: checks, then decrypts
 */
export type ChunkTaskKind = 'encrypt' | 'check' | 'open';

/** One step: consecutive chunks, at most `stepChunks`. */
export interface ChunkTask {
  readonly kind: ChunkTaskKind;
  readonly first: number;
  readonly count: number;
  /** Of `open` with slots. */
  readonly slot?: number;
}

/** What became of the task that was posted first of those without an answer. */
export type ChunkAnswer =
  | { readonly outcome: 'done' }
  /** The mac of chunk `chunk` is another; nothing of the step was written. */
  | { readonly outcome: 'damaged'; readonly chunk: number }
  /** The file that is read ends too early. */
  | { readonly outcome: 'short' }
  /** `systemCode`: the operating system's name of the error (`ENOSPC`, …), where it has one. */
  | { readonly outcome: 'failed'; readonly systemCode?: string };

/** To a thread: work, or overwrite every key and say `done`. */
export type ChunkOrder = ChunkTask | 'wipe';

const stepBytes = 4 * 1_048_576;

/** Chunks of one step: as many as are authenticated at once, fewer where they are large. */
export function stepChunks(chunkSize: number): number {
  return Math.max(1, Math.min(4, Math.floor(stepBytes / chunkSize)));
}
