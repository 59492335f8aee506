import { readdir, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { begin, homeOfTest, overwrite, refused, whileFrozen, works } from './begun-work.ts';
import type { DrivenClient } from './driven-client.ts';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from './encryption-world.ts';

const mebibyte = 2 ** 20;

let world: EncryptionWorld;
let bidder: Bidder;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
});
afterAll(() => world.close());

describe.each(works)('a file that somebody changes while it is worked on (%s)', (work) => {
  const changes: readonly [string, (path: string) => Promise<void>][] = [
    ['a byte at its end is another', (path) => overwrite(path, 47 * mebibyte)],
    ['a byte at its beginning is another', (path) => overwrite(path, 10_000)],
    ['it is longer', (path) => writeFile(path, Buffer.from('x'), { flag: 'a' })],
    ['it is shorter', (path) => truncate(path, 40 * mebibyte)],
    ['its time alone', (path) => utimes(path, 1, 1)],
  ];
  test.each(changes)('(%s) is given up', async (_, change) => {
    const { client, asked, file } = await begin(bidder, work, await homeOfTest());
    const path = join(await client.folder(), file);
    await whileFrozen(client, () => change(path));
    expect(await asked.answer).toMatchObject(refused('FILE_CHANGED'));
    await expect.poll(client.stored).toEqual([file]);
  });
});

describe('what does not lie on the disk as it was written', () => {
  const unfinished = async (client: DrivenClient) => {
    const folder = await client.folder();
    const name = (await readdir(folder)).find((one) => one.endsWith('.part')) ?? '';
    return join(folder, name);
  };

  test.each([
    ['encrypt', 'a byte of the header', 50],
    ['enveloped', 'a byte of the header', 20],
    ['enveloped', 'a byte of the content', 10_000],
  ] as const)('is found when it is read back (%s: %s)', async (work, _, position) => {
    const { client, asked, file } = await begin(bidder, work, await homeOfTest());
    await whileFrozen(client, async () => overwrite(await unfinished(client), position));
    expect(await asked.answer).toMatchObject(refused('READ_BACK_FAILED'));
    await expect.poll(client.stored).toEqual([file]);
  });
});
