import { createReadStream } from 'node:fs';
import { open, stat, statfs } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEncryptionWorld, type EncryptionWorld } from '../encryption/encryption-world.ts';
import { openDesk, runJson } from './bid-desk.ts';

const gib = 2 ** 30;
const size = 4 * gib + 3;

let world: EncryptionWorld;
beforeAll(async () => {
  world = await createEncryptionWorld();
});
afterAll(() => world.close());

it('a sparse file of 4 GiB and three bytes comes back as it was', { timeout: 600_000 }, async () => {
  const desk = await openDesk();
  const { bavail, bsize } = await statfs(desk.folder);
  if (bavail * bsize < 12 * gib) throw new Error(`12 GiB must be free in ${desk.folder}`);
  const bidder = world.bidder();
  const file = await desk.put('large.zip', 'first');
  const handle = await open(file, 'r+');
  // Around 2^31 and 2^32, where numbers that are too short turn over.
  for (const [index, position] of [2 * gib - 2, 4 * gib - 2, size - 3].entries()) {
    await handle.write(`mark${index}`.slice(0, size - position), position);
  }
  await handle.close();
  expect((await stat(file)).size).toBe(size);

  const encrypted = await runJson(['encrypt', file, '--to', await desk.certificate(bidder)]);
  expect(encrypted).toMatchObject({ code: 0, report: { results: [{ receipt: { plain: { size } } }] } });
  const holder = await desk.holder(bidder);
  const output = desk.path('again');
  expect(await runJson(['decrypt', `${file}.cabid`, ...holder, '--out', output])).toMatchObject({ code: 0 });
  expect(await areSame(file, output)).toBe(true);
  expect(await desk.names()).toEqual(['again', 'large.zip', 'large.zip.cabid']);
});

async function areSame(one: string, other: string): Promise<boolean> {
  if ((await stat(one)).size !== (await stat(other)).size) return false;
  const streams = [one, other].map((path) => createReadStream(path, { highWaterMark: 2 ** 20 }));
  const [left, right] = streams.map((stream) => stream[Symbol.asyncIterator]());
  for (;;) {
    const [a, b] = await Promise.all([left?.next(), right?.next()]);
    if (a?.done === true || b?.done === true) return a?.done === b?.done;
    if (!Buffer.from(a?.value).equals(Buffer.from(b?.value))) return false;
  }
}
