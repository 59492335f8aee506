import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { certificatePem } from '../../../support/cms-judges.ts';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from '../encryption/encryption-world.ts';
import { openDesk, runCli, runJson, type BidDesk } from './bid-desk.ts';
import { runAsNobody } from './run-as-nobody.ts';

let world: EncryptionWorld;
let bidder: Bidder;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
});
afterAll(() => world.close());

/** A file of the bidder's, encrypted. */
async function encrypted(desk: BidDesk, content: Uint8Array | string = 'text'): Promise<string> {
  const file = await desk.put('bid', content);
  await runCli(['encrypt', file, '--to', await desk.certificate(bidder)]);
  return `${file}.cabid`;
}

describe('a place for the output that is none is named before the input is read', () => {
  test.each<[string, (desk: BidDesk) => Promise<string[]>, string]>([
    ['a file lies there', async ({ put }) => ['--out', await put('there', 'theirs')], 'outputExists'],
    [
      'a link to nowhere lies there',
      async ({ path }) => {
        await symlink('nowhere', path('there'));
        return ['--out', path('there')];
      },
      'outputExists',
    ],
    [
      'a folder lies there',
      async ({ path }) => {
        await mkdir(path('there'));
        return ['--out', path('there')];
      },
      'outputExists',
    ],
    ['its folder is missing', async ({ path }) => ['--out', path('none', 'there')], 'outputFolderMissing'],
    [
      'its folder is a file',
      async ({ put }) => ['--out-dir', await put('there', 'theirs')],
      'outputFolderMissing',
    ],
    ['its name is too long', async ({ path }) => ['--out', path('x'.repeat(256))], 'outputNameUnusable'],
  ])('%s', async (_, make, code) => {
    const desk = await openDesk();
    const file = await encrypted(desk);
    const place = await make(desk);
    const before = await desk.names();
    // A pipe that nobody writes to: whoever reads it waits for ever.
    execFileSync('mkfifo', [desk.path('pipe')]);
    const to = ['--to', await desk.certificate(bidder)];
    for (const args of [
      ['encrypt', desk.path('bid'), ...to, ...place],
      ['encrypt', desk.path('pipe'), ...to, ...place],
      ['decrypt', file, ...(await desk.holder(bidder)), ...place],
    ]) {
      expect(await runJson(args)).toMatchObject({ code: 2, report: { results: [{ code }] } });
    }
    expect(await desk.names()).toEqual([...before, 'pipe'].toSorted());
  });

  it('may not be written to', async () => {
    const desk = await openDesk();
    const own = await desk.put('own.pem', certificatePem(bidder.certificate));
    const args = ['encrypt', await desk.put('bid', 'text'), '--to', own, '--json'];
    const { code, stdout } = await runAsNobody(desk.folder, 0o555, args);
    expect([code, JSON.parse(stdout)]).toMatchObject([2, { results: [{ code: 'outputNotWritable' }] }]);
    expect(await desk.names()).toEqual(['bid', 'own.pem']);
  });

  it('an input that may not be read is named', async () => {
    const desk = await openDesk();
    const own = await desk.put('own.pem', certificatePem(bidder.certificate));
    const file = await desk.put('bid', 'text');
    await chmod(file, 0o000);
    const { code, stdout } = await runAsNobody(desk.folder, 0o777, ['encrypt', file, '--to', own, '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([2, { results: [{ code: 'inputNotReadable' }] }]);
    expect(await desk.names()).toEqual(['bid', 'own.pem']);
  });
});

describe('an input that is none is named, and not waited for', () => {
  test.each<[string, (desk: BidDesk) => string, string]>([
    ['nothing', ({ path }) => path('none'), 'inputMissing'],
    ['a folder', ({ folder }) => folder, 'inputNotAFile'],
    ['a device', () => '/dev/zero', 'inputNotAFile'],
    [
      'a pipe',
      ({ path }) => {
        execFileSync('mkfifo', [path('pipe')]);
        return path('pipe');
      },
      'inputNotAFile',
    ],
  ])('%s', async (_, make, code) => {
    const desk = await openDesk();
    const file = make(desk);
    const out = ['--out', desk.path('out')];
    for (const args of [
      ['encrypt', file, '--to', await desk.certificate(bidder), ...out],
      ['decrypt', file, ...(await desk.holder(bidder)), ...out],
    ]) {
      expect(await runJson(args)).toMatchObject({ code: 2, report: { results: [{ code }] } });
    }
    expect((await runCli(['inspect', file])).code).toBe(3);
    expect(await desk.names()).not.toContain('out');
  });
});
