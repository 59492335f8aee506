import { createHash, randomBytes } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { startSlotDigest } from '../../../../src/clients/encryption/threads/slot-digest.ts';

const sm3 = (bytes: Uint8Array) => createHash('sm3').update(bytes).digest('hex');

function start(slotBytes: number, count: number) {
  const digest = startSlotDigest(slotBytes, count);
  onTestFinished(() => digest.stop());
  return digest;
}

it('digests stretches in the order of their steps, not of their coming', async () => {
  const digest = start(100, 3);
  const parts = [randomBytes(100), randomBytes(100), randomBytes(7)];
  const slots = await Promise.all(parts.map(() => digest.take()));
  for (const index of [2, 0, 1]) {
    digest.memory.set(parts[index] ?? [], (slots[index] ?? 0) * 100);
    digest.fill(index, slots[index] ?? 0, parts[index]?.length ?? 0);
  }
  expect(await digest.finish()).toBe(sm3(Buffer.concat(parts)));
});

it('has a slot waited for until one is free, and none overwritten', async () => {
  const digest = start(1_000, 2);
  const parts = Array.from({ length: 50 }, () => randomBytes(1_000));
  for (const [index, part] of parts.entries()) {
    const slot = await digest.take();
    digest.memory.set(part, slot * 1_000);
    digest.fill(index, slot, 1_000);
  }
  expect(await digest.finish()).toBe(sm3(Buffer.concat(parts)));
});

it('of nothing is that of nothing', async () => {
  expect(await start(1, 2).finish()).toBe(sm3(Buffer.alloc(0)));
});

it('has nobody wait for a slot that a failed step would have freed', async () => {
  const digest = start(10, 2);
  await digest.take();
  await digest.take();
  const third = digest.take();
  digest.fail(new Error('damaged'));
  await expect(third).rejects.toThrow('damaged');
  await expect(digest.take()).rejects.toThrow('damaged');
  await expect(digest.finish()).rejects.toThrow('damaged');
});
