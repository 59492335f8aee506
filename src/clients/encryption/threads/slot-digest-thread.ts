import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';

/** A thread that digests stretches of memory that others fill: answers each order by one message, in their order. */
const memory = workerData as Uint8Array;
const digest = createHash('sm3');

parentPort?.on('message', (order: DigestOrder) => {
  if (order === 'finish') {
    parentPort?.postMessage(digest.digest('hex'), []);
    return;
  }
  digest.update(memory.subarray(order.offset, order.offset + order.length));
  parentPort?.postMessage('', []);
});

/** Bytes of the shared memory that come next, or that none come any more. */
export type DigestOrder = { readonly offset: number; readonly length: number } | 'finish';
