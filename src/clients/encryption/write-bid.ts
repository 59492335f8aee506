import { bidGeometry } from '../../bid/bid-geometry.ts';
import { equalBytes } from '../../lib/bytes.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { PositionedOutput } from '../runtime/files/file-store.ts';
import type { MethodContext } from '../runtime/method-handlers.ts';
import type { MadeHeader } from './make-header.ts';
import { stepChunks, type ChunkTaskKind } from './threads/chunk-messages.ts';
import { DamagedChunkError, startChunkThreads } from './threads/chunk-threads.ts';
import { runSteps, stepsOf, type Step } from './threads/run-steps.ts';
import { readWhole, ShortFileError, writeWhole } from './threads/whole-io.ts';

/** Plaintext bytes that are written and brought to the disk, then read back while the next ones are written. */
const regionBytes = 32 * 1_048_576;

/** Regions that may be written and not yet checked. */
const regionsAhead = 3;

export interface BidWriting extends Pick<MethodContext, 'signal' | 'progress'> {
  /** Shared memory. */
  readonly contentKey: Uint8Array;
  readonly made: MadeHeader;
  /** As it is to lie in the file. */
  readonly trailer: Uint8Array;
  /** Descriptors. */
  readonly plain: number;
  readonly encrypted: number;
  readonly output: Pick<PositionedOutput, 'sync' | 'advance'>;
  /** Rejects with `FILE_CHANGED` when somebody wrote to the plaintext. */
  readonly expectUnchanged: () => Promise<unknown>;
}

/**
 * Writes an encrypted bid and checks it: every byte is read again after it was brought to the disk, and each mac is
 * recomputed from what was read. What the system still holds in its cache of files is read from there: Node has no way
 * to have it forgotten (`posix_fadvise`).
 * @throws CodedError `READ_BACK_FAILED`, `FILE_CHANGED`, `REQUEST_ABORTED`; the file system's error
 */
export async function writeBid(writing: BidWriting): Promise<void> {
  const { contentKey, made, trailer, plain, encrypted, output, expectUnchanged, signal, progress } = writing;
  const { chunkSize, plainSize } = made.header;
  const geometry = bidGeometry(made.header);
  const most = stepChunks(chunkSize);
  const regionChunks = Math.max(most, regionBytes / chunkSize);
  const total = plainSize + geometry.length;
  let written = 0;
  let readBack = 0;
  const report = () => progress(Math.min(written, plainSize) + readBack, total);

  await expectUnchanged();
  writeWhole(encrypted, made.bytes, 0);
  writeWhole(encrypted, trailer, geometry.trailer.offset);
  const threads = startChunkThreads(
    { contentKey, header: made.header, encrypted, plain },
    Math.ceil(geometry.chunkCount / most),
  );
  const run = (kind: ChunkTaskKind, steps: readonly Step[], onDone: (chunks: number) => void) =>
    runSteps(steps, (step) => threads.run({ kind, ...step }), { width: threads.width, signal, onDone });
  const write = (first: number, steps: readonly Step[]) =>
    run('encrypt', steps, (chunks) => {
      written = (first + chunks) * chunkSize;
      report();
    });
  const check = async (first: number, end: number, steps: readonly Step[]) => {
    output.advance(end === geometry.chunkCount ? geometry.length : geometry.chunk(end).offset);
    await run('check', steps, (chunks) => {
      readBack = geometry.chunk(Math.max(0, first + chunks - 1)).macOffset;
      report();
    }).catch(asReadBackFailure);
  };

  const checks: Promise<void>[] = [];
  try {
    for (let first = 0; first < geometry.chunkCount; first += regionChunks) {
      const end = Math.min(first + regionChunks, geometry.chunkCount);
      const steps = stepsOf(first, end, most);
      await write(first, steps);
      await expectUnchanged();
      const earlier = checks.at(-1) ?? Promise.resolve();
      const checked = bothOf(earlier, output.sync()).then(() => check(first, end, steps));
      // What fails is told by whoever waits for it.
      checked.catch(() => undefined);
      checks.push(checked);
      // A slow disk must not keep the threads idle, nor may the writing run far ahead of it.
      await checks.at(-regionsAhead);
    }
    await checks.at(-1);
    expectBytes(encrypted, made.bytes, 0);
    expectBytes(encrypted, trailer, geometry.trailer.offset);
    readBack = geometry.length;
    report();
    await expectUnchanged();
  } finally {
    await Promise.allSettled(checks);
    await threads.close();
  }
}

/** Both are over when this settles. */
async function bothOf(one: Promise<void>, other: Promise<void>): Promise<void> {
  for (const outcome of await Promise.allSettled([one, other])) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
}

function asReadBackFailure(error: unknown): never {
  const isDifferent =
    error instanceof DamagedChunkError || (error instanceof CodedError && error.code === 'FILE_CHANGED');
  throw isDifferent ? new CodedError('READ_BACK_FAILED', error.message) : error;
}

/** @throws CodedError `READ_BACK_FAILED` unless `expected` lies at `position` */
function expectBytes(descriptor: number, expected: Uint8Array, position: number): void {
  const found = new Uint8Array(expected.length);
  try {
    readWhole(descriptor, found, position);
  } catch (error) {
    if (!(error instanceof ShortFileError)) throw error;
  }
  if (!equalBytes(found, expected)) throw new CodedError('READ_BACK_FAILED', `at ${position}`);
}
