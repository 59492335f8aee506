// oxlint-disable-next-line typescript/triple-slash-reference -- ambient modules cannot be imported
/// <reference path="../../../../src/kernel/queries.d.ts" />
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { encryptionKey, hex, kernel, nonce, opensslCtr } from '../ciphers.ts';
import { program } from './crypting-thread.ts?thread';

/** What the program posts first when it is started so. */
async function postedWith(workerData: object): Promise<unknown> {
  const worker = new Worker(program, { eval: true, workerData });
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  } finally {
    await worker.terminate();
  }
}

it('starts a thread that works with the kernel compiled here', async () => {
  const posted = await postedWith({ module: kernel(), encryptionKey, nonce });
  expect(posted instanceof Uint8Array && hex(posted)).toBe(opensslCtr(new Uint8Array(100), 7n));
});

it('starts a thread that works without the kernel', async () => {
  const posted = await postedWith({ module: undefined, encryptionKey, nonce });
  expect(posted instanceof Uint8Array && hex(posted)).toBe(opensslCtr(new Uint8Array(100), 7n));
});

it('tells what the thread throws', async () => {
  await expect(postedWith({ module: kernel(), encryptionKey: new Uint8Array(3), nonce })).rejects.toThrow(
    'keys are 16 and 32 bytes',
  );
});

it('is one script that asks for nothing but what Node has', () => {
  const required = [...program.matchAll(/require\(["']([^"']+)["']\)/g)].map(([, name]) => name);
  expect(required).not.toEqual([]);
  expect(required.filter((name) => !name?.startsWith('node:'))).toEqual([]);
  expect(program).not.toMatch(/^\s*(?:import|export)\s/m);
});
