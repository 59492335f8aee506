import { Worker } from 'node:worker_threads';
import type { DigestOrder } from './slot-digest-thread.ts';
import { program } from './slot-digest-thread.ts?thread';

/** SM3 of a plaintext that is nowhere written: threads leave it in slots of shared memory, out of order. */
export interface SlotDigest {
  /** The slots, one after the other; shared by all threads. */
  readonly memory: Uint8Array;
  /** A slot that nobody uses, as soon as there is one. Rejects after `fail`. */
  take(): Promise<number>;
  /** The slot holds the `length` bytes of step `index`, 0 …; it is free again once they are digested. */
  fill(index: number, slot: number, length: number): void;
  /** A step will not come: nobody need wait for a slot any more. */
  fail(reason: unknown): void;
  /** The digest (hexadecimal) of all steps. */
  finish(): Promise<string>;
  /** Ends the thread. */
  stop(): Promise<void>;
}

interface Stretch {
  readonly slot: number;
  readonly length: number;
}

/** `count` slots of `slotBytes` bytes, and a thread that digests what is in them. */
export function startSlotDigest(slotBytes: number, count: number): SlotDigest {
  const memory = new Uint8Array(new SharedArrayBuffer(slotBytes * count));
  const worker = new Worker(program, {
    eval: true,
    workerData: memory,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
  });
  const free = Array.from({ length: count }, (_, slot) => slot);
  const wanting: { resolve(slot: number): void; reject(reason: unknown): void }[] = [];
  /** Filled, and steps before them are not. */
  const early = new Map<number, Stretch>();
  /** On their way to the thread. */
  const digesting: number[] = [];
  let next = 0;
  let failed: { readonly reason: unknown } | undefined;
  let settle: { resolve(hex: string): void; reject(reason: unknown): void } | undefined;

  const fail = (reason: unknown) => {
    failed ??= { reason };
    for (const one of wanting.splice(0)) one.reject(reason);
    settle?.reject(reason);
  };
  const order = (what: DigestOrder) => worker.postMessage(what, []);
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the digest thread ended')));
  worker.on('message', (digest: string) => {
    const slot = digesting.shift();
    if (slot === undefined) return settle?.resolve(digest);
    const waiting = wanting.shift();
    if (waiting === undefined) free.push(slot);
    else waiting.resolve(slot);
  });
  return {
    memory,
    fail,
    take() {
      if (failed !== undefined) return Promise.reject(failed.reason);
      const slot = free.pop();
      if (slot !== undefined) return Promise.resolve(slot);
      return new Promise((resolve, reject) => wanting.push({ resolve, reject }));
    },
    fill(index, slot, length) {
      early.set(index, { slot, length });
      for (let ready = early.get(next); ready !== undefined; ready = early.get(next)) {
        early.delete(next);
        next += 1;
        digesting.push(ready.slot);
        order({ offset: ready.slot * slotBytes, length: ready.length });
      }
    },
    finish() {
      return new Promise((resolve, reject) => {
        if (failed !== undefined) return reject(failed.reason);
        settle = { resolve, reject };
        order('finish');
      });
    },
    async stop() {
      await worker.terminate();
    },
  };
}
