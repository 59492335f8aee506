import { appendFile, mkdir, open, truncate } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from '../encryption/encryption-world.ts';
import { openDesk, runJson } from './bid-desk.ts';
import { whenPartAppears } from './when-part-appears.ts';

const size = 256 * 2 ** 20;

let world: EncryptionWorld;
let bidder: Bidder;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
});
afterAll(() => world.close());

const changes: readonly [string, (path: string) => Promise<unknown>][] = [
  ['longer', (path) => appendFile(path, 'x')],
  ['shorter', (path) => truncate(path, size - 100_000)],
  [
    'another',
    async (path) => {
      const handle = await open(path, 'r+');
      await handle.write('x', size - 1);
      await handle.close();
    },
  ],
];

describe.each(['bid', 'enveloped'])('a file that becomes another while it is encrypted (%s)', (format) => {
  test.each(changes)('%s: is told, and nothing is left', async (_, change) => {
    const desk = await openDesk();
    await mkdir(desk.path('out'));
    const file = await desk.put('bid', '');
    await truncate(file, size);
    const changing = whenPartAppears(desk.path('out')).then(() => change(file));
    const to = ['--to', await desk.certificate(bidder), '--format', format];
    const { code, report } = await runJson(['encrypt', file, ...to, '--out-dir', desk.path('out')]);
    await changing;
    expect([code, report.results[0]?.code]).toEqual([2, 'FILE_CHANGED']);
    expect(await desk.within('out')).toEqual([]);
  });
});

it('a name that is taken while a file is encrypted stays who took it', async () => {
  const desk = await openDesk();
  await mkdir(desk.path('out'));
  const file = await desk.put('bid', '');
  await truncate(file, size);
  const taking = whenPartAppears(desk.path('out')).then(() => desk.put('out/bid.cabid', 'theirs'));
  const to = ['--to', await desk.certificate(bidder)];
  const { code, report } = await runJson(['encrypt', file, ...to, '--out-dir', desk.path('out')]);
  await taking;
  expect([code, report.results[0]?.code]).toEqual([2, 'outputExists']);
  expect(await desk.within('out')).toEqual(['bid.cabid']);
  expect((await desk.read('out/bid.cabid')).toString()).toBe('theirs');
});
