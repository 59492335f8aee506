import { randomBytes } from 'node:crypto';
import { mkdir, readFile, truncate } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from '../encryption/encryption-world.ts';
import { smallDisks } from '../signature/small-disk.ts';
import { openDesk, runCli, runJson, type BidDesk } from './bid-desk.ts';

let world: EncryptionWorld;
let bidder: Bidder;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
});
afterAll(() => world.close());

/** Runs a command there, and then tells what lies in TMPDIR of its own world. */
const listing = ['sh', '-c', '"$@"; code=$?; ls -A "$TMPDIR" > "$LISTING"; exit $code', 'sh'];

async function encryption(desk: BidDesk, format: string): Promise<string[]> {
  const file = await desk.put('bid.zip', randomBytes(12 * 2 ** 20));
  return ['encrypt', file, '--to', await desk.certificate(bidder), '--format', format];
}

async function decryption(desk: BidDesk, format: string, ending: string): Promise<string[]> {
  expect((await runCli(await encryption(desk, format))).code).toBe(0);
  return ['decrypt', `${desk.path('bid.zip')}${ending}`, ...(await desk.holder(bidder))];
}

describe.each(await smallDisks(8))('without room: $name', ({ command }) => {
  test.each<[string, (desk: BidDesk) => Promise<string[]>]>([
    ['a bid', (desk) => encryption(desk, 'bid')],
    ['an EnvelopedData', (desk) => encryption(desk, 'enveloped')],
    ['what was in a bid', (desk) => decryption(desk, 'bid', '.cabid')],
    ['what was in an EnvelopedData', (desk) => decryption(desk, 'enveloped', '.p7m')],
  ])('%s is not written, and nothing is left', async (_, prepare) => {
    const desk = await openDesk();
    await mkdir(desk.path('out'));
    const args = [...(await prepare(desk)), '--out-dir', desk.path('out')];
    const env = { TMPDIR: desk.path('out'), LISTING: desk.path('listing') };
    const { code, report, stderr } = await runJson(args, { env, command: [...command, ...listing] });
    expect([code, report.results[0]?.code]).toEqual([2, 'DISK_FULL']);
    expect(stderr).toContain('Disk is full');
    expect(await readFile(desk.path('listing'), 'utf8')).toBe('');
  });

  it('what fits is written', async () => {
    const desk = await openDesk();
    await mkdir(desk.path('out'));
    const file = await desk.put('bid.zip', randomBytes(2 ** 20));
    const args = ['encrypt', file, '--to', await desk.certificate(bidder), '--out-dir', desk.path('out')];
    const env = { TMPDIR: desk.path('out'), LISTING: desk.path('listing') };
    expect((await runCli(args, { env, command: [...command, ...listing] })).code).toBe(0);
    expect(await readFile(desk.path('listing'), 'utf8')).toBe('bid.zip.cabid\n');
  });
});

/** Runs a command there, fills the disk as soon as its output is begun, and then tells what lies in TMPDIR. */
const filling = [
  'sh',
  '-c',
  `"$@" & program=$!
  until ls -A "$TMPDIR" | grep -q 'part$' || ! kill -0 $program; do :; done
  cat /dev/zero > "$TMPDIR/filler" 2> /dev/null
  wait $program; code=$?
  ls -A "$TMPDIR" > "$LISTING"; exit $code`,
  'sh',
];

const [, ownDisk] = await smallDisks(320);

// A limit of the size of files is nothing that others could use up.
describe.skipIf(ownDisk === undefined)('on a disk that others fill while it is written', () => {
  test.each<[string, (desk: BidDesk) => Promise<string[]>]>([
    ['a bid', (desk) => largeEncryption(desk, 'bid')],
    ['an EnvelopedData', (desk) => largeEncryption(desk, 'enveloped')],
    ['what was in a bid', (desk) => largeDecryption(desk)],
  ])('%s is gone, and the reason is told', async (_, prepare) => {
    const desk = await openDesk();
    await mkdir(desk.path('out'));
    const args = [...(await prepare(desk)), '--out-dir', desk.path('out')];
    const env = { TMPDIR: desk.path('out'), LISTING: desk.path('listing') };
    const command = [...(ownDisk?.command ?? []), ...filling];
    const { code, report } = await runJson(args, { env, command });
    expect([code, report.results[0]?.code]).toEqual([2, 'DISK_FULL']);
    expect(await readFile(desk.path('listing'), 'utf8')).toBe('filler\n');
  });
});

async function largeEncryption(desk: BidDesk, format: string): Promise<string[]> {
  const file = await desk.put('bid', '');
  await truncate(file, 256 * 2 ** 20);
  return ['encrypt', file, '--to', await desk.certificate(bidder), '--format', format];
}

async function largeDecryption(desk: BidDesk): Promise<string[]> {
  expect((await runCli(await largeEncryption(desk, 'bid'))).code).toBe(0);
  return ['decrypt', desk.path('bid.cabid'), ...(await desk.holder(bidder))];
}
