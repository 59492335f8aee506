import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { sealBid } from '../../../support/bid-reference.ts';
import { sealEnvelopeFor } from '../../../support/reference-envelope.ts';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from '../encryption/encryption-world.ts';
import { openDesk, runJson, type BidDesk } from './bid-desk.ts';

let world: EncryptionWorld;
let bidder: Bidder;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
});
afterAll(() => world.close());

/** A bid whose sender, who has the recipient's certificate as everybody has, named the file so. */
function bidNamed(name: string): Buffer {
  const contentKey = randomBytes(48);
  const envelope = sealEnvelopeFor(contentKey, bidder.certificate);
  return sealBid({
    plain: Buffer.from('text'),
    name,
    encryptedAt: Date.UTC(2026, 2, 2, 1),
    chunkSize: 65_536,
    nonce: randomBytes(8),
    contentKey,
    recipients: [{ certificate: bidder.certificate, envelope }],
  });
}

/** What is in the folder of the outputs, and around it, after decrypting. */
async function decrypted(desk: BidDesk, name: string) {
  await mkdir(desk.path('out'));
  const file = await desk.put('x.cabid', bidNamed(name));
  const args = ['decrypt', file, ...(await desk.holder(bidder)), '--out-dir', desk.path('out')];
  const { code, report } = await runJson(args);
  const [around, inside] = [await desk.names(), await desk.within('out')];
  return { code, why: report.results[0]?.code, around, inside };
}

describe('a name that leads elsewhere is no name of a file', () => {
  test.each([
    '../x',
    '../../etc/cron.d/x',
    '/etc/cron.d/x',
    '..\\x',
    'C:\\x',
    'a/b',
    '.',
    '..',
    'a\u0000b',
    'a\nb',
  ])('%j: nothing is written', async (name) => {
    expect(await decrypted(await openDesk(), name)).toEqual({
      code: 2,
      why: 'BID_DAMAGED',
      around: ['out', 'x.cabid'],
      inside: [],
    });
  });
});

describe('a name that would be more than a file', () => {
  test.each([
    ['.bashrc', '_bashrc'],
    ['...', '_'],
    ['CON', '_CON'],
    ['nul.zip', '_nul.zip'],
    ['LPT1', '_LPT1'],
    ['C:x', 'C_x'],
    ['a.zip:Zone.Identifier', 'a.zip_Zone.Identifier'],
    ['a\u202Egpj.exe', 'a_gpj.exe'],
    ['a\u2028b', 'a_b'],
    ['a.zip.', 'a.zip'],
    ['a.zip ', 'a.zip'],
    ['$(touch y).zip', '$(touch y).zip'],
    ['-rf', '-rf'],
  ])('%j becomes %j', async (name, written) => {
    expect(await decrypted(await openDesk(), name)).toMatchObject({ code: 0, inside: [written] });
  });

  it('of the length that the format allows fits', async () => {
    const { code, inside } = await decrypted(await openDesk(), `${'标'.repeat(254)}.zip`);
    expect([code, inside]).toEqual([0, [expect.stringMatching(/^标+…标+\.zip$/)]]);
  });
});

it('a name cannot pass for what a killed process left', async () => {
  const { inside } = await decrypted(await openDesk(), `.a.ca-bridge-1-00000000${'x'.repeat(16)}.part`);
  expect(inside).toEqual([`_a.ca-bridge-1-00000000${'x'.repeat(16)}.part`]);
});

it('what lies there already stays, under whatever name it comes', async () => {
  const desk = await openDesk();
  await desk.put('_bashrc', 'theirs');
  const file = await desk.put('x.cabid', bidNamed('.bashrc'));
  const { code, report } = await runJson(['decrypt', file, ...(await desk.holder(bidder))]);
  expect([code, report.results[0]?.code, (await desk.read('_bashrc')).toString()]).toEqual([
    2,
    'outputExists',
    'theirs',
  ]);
});
