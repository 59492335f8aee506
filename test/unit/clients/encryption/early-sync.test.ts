import { expect, it } from 'vitest';
import { createEarlySync } from '../../../../src/clients/encryption/early-sync.ts';

const stretch = 64 * 2 ** 20;

/** A disk that the test brings to rest. */
function disk() {
  const ends: { resolve: () => void; reject: (reason: Error) => void }[] = [];
  const sync = () => new Promise<void>((resolve, reject) => ends.push({ resolve, reject }));
  return { ends, early: createEarlySync(sync) };
}

it('asks the disk once a stretch, one time after the other', async () => {
  const { ends, early } = disk();
  for (let bytes = 0; bytes <= 3 * stretch; bytes += stretch / 4) early.reach(bytes);
  await expect.poll(() => ends.length).toBe(1);
  ends[0]?.resolve();
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.resolve();
  await expect.poll(() => ends.length).toBe(3);
  ends[2]?.resolve();
  await early.done();
});

it('tells of a failure at its end, and asks no further', async () => {
  const { ends, early } = disk();
  early.reach(stretch);
  early.reach(2 * stretch);
  await expect.poll(() => ends.length).toBe(1);
  ends[0]?.reject(new Error('no disk'));
  await expect(early.done()).rejects.toThrow('no disk');
  expect(ends).toHaveLength(1);
});

it('has nothing to wait for where little was written', async () => {
  const { ends, early } = disk();
  early.reach(stretch - 1);
  await early.done();
  expect(ends).toEqual([]);
});
