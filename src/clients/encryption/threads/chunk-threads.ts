import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { CodedError } from '../../../protocol/coded-error.ts';
import { compileKernel } from '../../../kernel/compile-kernel.ts';
import {
  stepChunks,
  type ChunkAnswer,
  type ChunkJob,
  type ChunkOrder,
  type ChunkTask,
  type ChunkThreadData,
} from './chunk-messages.ts';
import { program } from './chunk-thread.ts?thread';

/** The mac of a chunk that was read is another. */
export class DamagedChunkError extends Error {
  /** 0 … n - 1. */
  readonly chunk: number;

  constructor(chunk: number) {
    super(`chunk ${chunk}`);
    this.name = 'DamagedChunkError';
    this.chunk = chunk;
  }
}

export interface ChunkThreads {
  /** Tasks that are worth being under way at a time. */
  readonly width: number;
  /**
   * Has the least busy thread do a step. Rejects with DamagedChunkError, with `FILE_CHANGED` where the file that is read
   * ends too early, and with the file system's error.
   */
  run(task: ChunkTask): Promise<void>;
  /** Waits for what is under way, has keys overwritten, and ends the threads: descriptors are in nobody's hands then. */
  close(): Promise<void>;
}

/** Threads that one file is worked on by at most; more would gain little, and each costs ten megabytes. */
const mostThreads = 4;
/** Memory that the chunks of all threads lie in at most: of large ones, fewer are worked on at a time. */
const chunkMemory = 32 * 1_048_576;
/** Tasks of one thread, so that it need not wait for the next. */
const depth = 2;

/** Compiled when it is first wanted; threads take it as it is. */
let compiled: { readonly kernel: ChunkThreadData['kernel'] } | undefined;

/** Threads for `steps` steps: one for a small file, and what the machine has for others. */
export function startChunkThreads(job: ChunkJob, steps: number): ChunkThreads {
  compiled ??= { kernel: compileKernel() };
  const { headerLength, chunkSize, plainSize, nonce, digest } = job.header;
  const header = { headerLength, chunkSize, plainSize, nonce, digest };
  const data: ChunkThreadData = { ...job, ...compiled, header };
  const affordable = Math.floor(chunkMemory / (stepChunks(chunkSize) * chunkSize));
  const count = Math.max(1, Math.min(steps, availableParallelism(), mostThreads, affordable));
  const threads = Array.from({ length: count }, () => startThread(data));
  return {
    width: count * depth,
    run: (task) => {
      const [first, ...others] = threads;
      if (first === undefined) throw new Error('no thread');
      return others
        .reduce((least, one) => (one.waiting() < least.waiting() ? one : least), first)
        .order(task);
    },
    async close() {
      await Promise.allSettled(threads.map((thread) => thread.close()));
    },
  };
}

interface Thread {
  /** Orders without an answer. */
  waiting(): number;
  order(order: ChunkOrder): Promise<void>;
  close(): Promise<void>;
}

function startThread(data: ChunkThreadData): Thread {
  const worker = new Worker(program, {
    eval: true,
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 8 },
  });
  const unanswered: { resolve(): void; reject(reason: unknown): void }[] = [];
  let ended: Error | undefined;
  const end = (reason: Error) => {
    ended ??= reason;
    for (const one of unanswered.splice(0)) one.reject(ended);
  };
  worker.on('message', (answer: ChunkAnswer) => {
    const one = unanswered.shift();
    const failure = failureOf(answer);
    if (failure === undefined) one?.resolve();
    else one?.reject(failure);
  });
  worker.on('error', end);
  worker.on('exit', () => end(new Error('a thread ended')));
  const order = (what: ChunkOrder) =>
    new Promise<void>((resolve, reject) => {
      if (ended !== undefined) return reject(ended);
      unanswered.push({ resolve, reject });
      worker.postMessage(what, []);
    });
  return {
    waiting: () => unanswered.length,
    order,
    async close() {
      // Its answer comes after those of all earlier orders.
      await order('wipe').catch(() => undefined);
      await worker.terminate();
    },
  };
}

function failureOf(answer: ChunkAnswer): Error | undefined {
  switch (answer.outcome) {
    case 'done':
      return undefined;
    case 'damaged':
      return new DamagedChunkError(answer.chunk);
    case 'short':
      return new CodedError('FILE_CHANGED', 'shorter than it was');
    case 'failed':
      return Object.assign(new Error('a thread failed'), answer.systemCode && { code: answer.systemCode });
  }
}
