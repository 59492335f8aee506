import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sealBid } from '../../../support/bid-reference.ts';
import { sealEnvelopeFor } from '../../../support/reference-envelope.ts';
import { driveClient } from './driven-client.ts';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from './encryption-world.ts';
import { createLargeFile } from './large-file.ts';
import { encryptParams, phoneOpens } from './scenes.ts';

let world: EncryptionWorld;
let bidder: Bidder;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
});
afterAll(() => world.close());

const mebibyte = 2 ** 20;

it('a file larger than the memory that it may take is encrypted, rehearsed and opened', async () => {
  const plain = await createLargeFile(320);
  const client = await driveClient();
  const sent = await client.sendFile('bid.zip', plain.path, plain.size);
  const { file } = await client.call('encrypt', encryptParams(sent, bidder));
  const params = await phoneOpens(client, bidder, file);
  const facts = { name: 'bid.zip', size: plain.size, sm3: plain.sm3 };
  expect((await client.call('opening.open', { ...params, write: false })).plain).toEqual(facts);
  const { file: output = '' } = await client.call('opening.open', { ...params, write: true });
  const digest = createHash('sm3');
  await client.fetchStream(output, (part) => digest.update(part));
  expect(digest.digest('hex')).toBe(plain.sm3);
  expect(await client.peakMemory()).toBeLessThan(256);
});

it('four files at once take no more memory than one, and all come back', async () => {
  const plain = await createLargeFile(32);
  const client = await driveClient();
  const sent = await client.sendFile('bid.zip', plain.path, plain.size);
  const params = encryptParams(sent, bidder);
  const made = await Promise.all([1, 2, 3, 4].map(() => client.call('encrypt', params)));
  const openings = await Promise.all(
    made.map(async ({ file }) => ({ ...(await phoneOpens(client, bidder, file)), write: false })),
  );
  const opened = await Promise.all(openings.map((opening) => client.call('opening.open', opening)));
  expect(opened.map(({ plain: { sm3 } }) => sm3)).toEqual(Array(4).fill(plain.sm3));
  expect(new Set(made.map(({ cipher: { sm3 } }) => sm3)).size).toBe(4);
  expect(await client.peakMemory()).toBeLessThan(256);
});

it('chunks of the largest size do not take more either', async () => {
  const contentKey = randomBytes(48);
  const bytes = sealBid({
    plain: randomBytes(80 * mebibyte + 7),
    name: 'bid.zip',
    encryptedAt: 0,
    chunkSize: 16 * mebibyte,
    nonce: randomBytes(8),
    contentKey,
    recipients: [
      { certificate: bidder.certificate, envelope: sealEnvelopeFor(contentKey, bidder.certificate) },
    ],
  });
  const client = await driveClient();
  const file = await client.send('bid.zip.cabid', bytes);
  const params = await phoneOpens(client, bidder, file);
  for (const write of [false, true]) {
    expect((await client.call('opening.open', { ...params, write })).plain.size).toBe(80 * mebibyte + 7);
  }
  expect(await client.peakMemory()).toBeLessThan(256);
});
