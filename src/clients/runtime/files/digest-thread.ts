import { Worker } from 'node:worker_threads';

/** SM3 of a growing file, computed by a thread of its own, so that a fast transfer need not wait for it. */
export interface DigestThread {
  /** The file's first `size` bytes are written. */
  advance(size: number): void;
  /** The digest (hexadecimal) of the first `size` bytes; rejects when they cannot be read. */
  finish(size: number): Promise<string>;
  /** Ends the thread. The file must stay open until this resolves. */
  stop(): Promise<void>;
}

/** Runs in the thread: reads behind the writer. It is text, because each client is one file. */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const { createHash } = require('node:crypto');
const { readSync } = require('node:fs');
const digest = createHash('sm3');
const buffer = Buffer.alloc(1048576);
let position = 0;
parentPort.on('message', ({ size, isLast }) => {
  while (position < size) {
    const count = readSync(workerData, buffer, 0, Math.min(buffer.length, size - position), position);
    if (count === 0) throw new Error('the file is shorter than what was written');
    digest.update(buffer.subarray(0, count));
    position += count;
  }
  if (isLast) parentPort.postMessage(digest.digest('hex'));
});
`;

/** Starts from the beginning of the open file `descriptor`. */
export function startDigestThread(descriptor: number): DigestThread {
  const worker = new Worker(program, {
    eval: true,
    workerData: descriptor,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
  });
  const digest = new Promise<string>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the digest thread ended')));
  });
  // Told by `finish`, if anybody asks.
  digest.catch(() => undefined);
  const tell = (size: number, isLast: boolean) => worker.postMessage({ size, isLast }, []);
  return {
    advance: (size) => tell(size, false),
    async finish(size) {
      tell(size, true);
      const hex = await digest;
      await worker.terminate();
      return hex;
    },
    async stop() {
      await worker.terminate();
    },
  };
}
