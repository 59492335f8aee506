import { parentPort, workerData } from 'node:worker_threads';
import type { ChunkAnswer, ChunkOrder, ChunkThreadData } from './chunk-messages.ts';
import { createChunkWorker } from './chunk-worker.ts';
import { ShortFileError } from './whole-io.ts';

/** A thread that works on chunks: answers each order by one message, in their order. */
const worker = createChunkWorker(workerData as ChunkThreadData);

parentPort?.on('message', (order: ChunkOrder) => parentPort?.postMessage(answerTo(order), []));

function answerTo(order: ChunkOrder): ChunkAnswer {
  if (order === 'wipe') {
    worker.wipe();
    return { outcome: 'done' };
  }
  try {
    const chunk = worker.run(order);
    return chunk === undefined ? { outcome: 'done' } : { outcome: 'damaged', chunk };
  } catch (error) {
    if (error instanceof ShortFileError) return { outcome: 'short' };
    const systemCode = error instanceof Error && 'code' in error ? error.code : undefined;
    return typeof systemCode === 'string' ? { outcome: 'failed', systemCode } : { outcome: 'failed' };
  }
}
