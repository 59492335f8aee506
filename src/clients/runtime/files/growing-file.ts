import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { startDigestThread, type DigestThread } from './digest-thread.ts';

/** A file that is written once from its beginning to its end. */
export interface GrowingFile {
  /** Bytes taken so far, those on their way to the disk included. */
  readonly size: number;
  /**
   * Takes the next bytes, which must not change until they are written. Resolves when they are. After a failed write
   * each further call fails alike.
   */
  append(bytes: Uint8Array): Promise<void>;
  /** Forgets everything written, and an earlier failure with it. */
  restart(): Promise<void>;
  /** Waits for what is on its way; the SM3 digest (hexadecimal) of the whole. Nothing may be appended afterwards. */
  seal(): Promise<string>;
  /** Lets go of the file, which may be closed then. */
  release(): Promise<void>;
}

/** From this size on (bytes), the digest is worth a thread. */
const defaultThreadFrom = 16 * 1_048_576;
/** Bytes that the thread is told of at once. */
const threadStep = 1_048_576;

/** Writes to an open, empty file; the digest is computed while the disk writes. */
export function createGrowingFile(handle: FileHandle, threadFrom = defaultThreadFrom): GrowingFile {
  let size = 0;
  let digest = createHash('sm3');
  let thread: DigestThread | undefined;
  let told = 0;
  let writes = Promise.resolve();
  let written = 0;
  /** What came while the disk was busy goes to it in one call: a call for each piece would cost more than the bytes. */
  let waiting: { readonly pieces: Uint8Array[]; readonly done: Promise<void> } | undefined;

  const stopThread = async () => {
    await thread?.stop();
    thread = undefined;
    told = 0;
  };
  const writeNext = async (pieces: readonly Uint8Array[]) => {
    const writing = writeWhole(handle, pieces, written);
    if (thread === undefined) for (const piece of pieces) digest.update(piece);
    await writing;
    const end = pieces.reduce((position, piece) => position + piece.length, written);
    written = end;
    // The thread begins anew at the first byte: a begun digest cannot be handed over.
    if (thread === undefined && end >= threadFrom) thread = startDigestThread(handle.fd);
    if (thread !== undefined && end >= told + threadStep) {
      thread.advance(end);
      told = end;
    }
  };
  return {
    get size() {
      return size;
    },
    append(bytes) {
      size += bytes.length;
      if (waiting !== undefined) {
        waiting.pieces.push(bytes);
        return waiting.done;
      }
      const pieces = [bytes];
      const done = writes.then(() => {
        waiting = undefined;
        return writeNext(pieces);
      });
      waiting = { pieces, done };
      writes = done;
      return done;
    },
    async restart() {
      await writes.catch(() => undefined);
      await stopThread();
      await handle.truncate(0);
      size = 0;
      written = 0;
      waiting = undefined;
      digest = createHash('sm3');
      writes = Promise.resolve();
    },
    async seal() {
      await writes;
      return thread === undefined ? digest.digest('hex') : thread.finish(size);
    },
    async release() {
      await writes.catch(() => undefined);
      await stopThread();
    },
  };
}

async function writeWhole(
  handle: FileHandle,
  pieces: readonly Uint8Array[],
  position: number,
): Promise<void> {
  let left = pieces;
  for (let at = position; left.length > 0;) {
    const { bytesWritten } = await handle.writev(left, at);
    at += bytesWritten;
    left = without(left, bytesWritten);
  }
}

/** The pieces without their first `count` bytes. */
function without(pieces: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  let skipped = 0;
  return pieces.flatMap((piece) => {
    const start = Math.min(piece.length, Math.max(0, count - skipped));
    skipped += piece.length;
    return start === piece.length ? [] : [piece.subarray(start)];
  });
}
