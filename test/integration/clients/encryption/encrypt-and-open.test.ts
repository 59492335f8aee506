import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { toBase64 } from '../../../../src/lib/bytes.ts';
import { cutBid, openBid, recipientsOf, sealBid } from '../../../support/bid-reference.ts';
import { openssl } from '../../../support/openssl.ts';
import { openEnvelopeWith, sealEnvelopeFor } from '../../../support/reference-envelope.ts';
import { startDrivenClient, type DrivenClient } from './driven-client.ts';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from './encryption-world.ts';
import { encrypted, encryptedAt, encryptParams, opened, phoneOpens } from './scenes.ts';

let world: EncryptionWorld;
let bidder: Bidder;
let client: DrivenClient;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
  client = await startDrivenClient();
});
afterAll(async () => {
  await client.stop();
  world.close();
});

const chunk = 262_144;
const sm3 = (bytes: Uint8Array) => createHash('sm3').update(bytes).digest('hex');
/** Around one block of each primitive, one chunk, one step of a thread, and several threads at work. */
const sizes = [
  0,
  1,
  15,
  16,
  17,
  55,
  56,
  64,
  511,
  512,
  513,
  65_536,
  chunk - 1,
  chunk,
  chunk + 1,
  2 * chunk,
  3 * chunk + 7,
  4 * chunk - 1,
  4 * chunk,
  4 * chunk + 1,
  8 * chunk,
  21 * chunk + 12_345,
];

test.each(sizes)('%i bytes come back as they were, also by another implementation', async (size) => {
  const plain = randomBytes(size);
  const { bytes, ...result } = await encrypted(client, bidder, plain, { encryptedAt: Date.now() });
  expect(result).toMatchObject({
    plain: { name: 'bid.zip', size, sm3: sm3(plain) },
    cipher: { name: 'bid.zip.cabid', size: bytes.length, sm3: sm3(bytes) },
  });
  expect(openBid(bytes, bidder).plain.equals(plain)).toBe(true);
  const again = await opened(client, bidder, bytes);
  expect(again.bytes.equals(plain)).toBe(true);
  expect(again.plain).toEqual({ name: 'bid.zip', size, sm3: sm3(plain) });
  await client.call('file.drop', { file: result.file });
});

describe('a bid that another implementation wrote', () => {
  const chunkSizes = [65_536, chunk, 4_194_304, 16_777_216];
  test.each(chunkSizes.flatMap((chunkSize) => [0, 1, 70_000, 2_000_000].map((size) => [chunkSize, size])))(
    'in chunks of %i, of %i bytes, is opened, and rehearsed',
    async (chunkSize, size) => {
      const plain = randomBytes(size);
      const contentKey = randomBytes(48);
      const envelope = sealEnvelopeFor(contentKey, bidder.certificate);
      const bytes = sealBid({
        plain,
        name: '报价单.pdf',
        encryptedAt,
        chunkSize,
        nonce: randomBytes(8),
        contentKey,
        recipients: [{ certificate: bidder.certificate, envelope }],
      });
      const facts = { plain: { name: '报价单.pdf', size, sm3: sm3(plain) }, encryptedAt };
      const file = await client.send('x.cabid', bytes);
      const params = await phoneOpens(client, bidder, file);
      expect(await client.call('opening.open', { ...params, write: false })).toEqual(facts);
      const { file: output = '', ...said } = await client.call('opening.open', { ...params, write: true });
      expect(said).toEqual(facts);
      expect((await client.fetch(output)).equals(plain)).toBe(true);
      for (const one of [file, output]) await client.call('file.drop', { file: one });
    },
  );
});

it('the body is what openssl writes for the same key', async () => {
  const plain = randomBytes(5 * chunk + 99);
  const { bytes } = await encrypted(client, bidder, plain);
  const { nonce, chunks } = cutBid(bytes);
  const [own] = recipientsOf(bytes);
  const contentKey = openEnvelopeWith(bidder.privateKey, own?.envelope ?? new Uint8Array());
  const [key, iv] = [contentKey.subarray(0, 16).toString('hex'), `${nonce.toString('hex')}${'0'.repeat(16)}`];
  const expected = await openssl(['enc', '-sm4-ctr', '-K', key, '-iv', iv], plain);
  expect(Buffer.concat(chunks.map(({ ciphertext }) => ciphertext)).equals(expected)).toBe(true);
});

it('the same file twice has nothing in common but its length and its recipients', async () => {
  const plain = randomBytes(1_000);
  const [one, other] = [await encrypted(client, bidder, plain), await encrypted(client, bidder, plain)];
  const keys = [one, other].map(({ bytes }) =>
    openEnvelopeWith(bidder.privateKey, recipientsOf(bytes)[0]?.envelope ?? new Uint8Array()).toString('hex'),
  );
  expect(new Set(keys).size).toBe(2);
  const [left, right] = [cutBid(one.bytes), cutBid(other.bytes)];
  expect(left.nonce.equals(right.nonce)).toBe(false);
  expect(left.chunks[0]?.ciphertext.equals(right.chunks[0]?.ciphertext ?? Buffer.alloc(0))).toBe(false);
});

describe('recipients', () => {
  it('are in the header in their order, the bidder first, each once, and each opens', async () => {
    const centre = world.bidder({ organisation: '湛江测试交易中心' });
    const further = [toBase64(centre.certificate), bidder.own.certificate, toBase64(centre.certificate)];
    const plain = randomBytes(300_000);
    const { bytes, recipients, file } = await encrypted(client, bidder, plain, { further });
    expect(recipientsOf(bytes).map(({ certificate }) => toBase64(certificate))).toEqual([
      bidder.own.certificate,
      toBase64(centre.certificate),
    ]);
    expect(recipients.map(({ fingerprint }) => fingerprint)).toEqual([
      sm3(bidder.certificate),
      sm3(centre.certificate),
    ]);
    expect(await client.call('bid.inspect', { file })).toEqual({
      format: 'bid',
      plainSize: 300_000,
      recipients,
    });
    for (const holder of [bidder, centre]) {
      expect(openBid(bytes, holder).plain.equals(plain)).toBe(true);
      expect((await opened(client, holder, bytes)).bytes.equals(plain)).toBe(true);
    }
  });

  it('may be sixteen', async () => {
    const others = Array.from({ length: 15 }, (_, index) =>
      world.bidder({ organisation: `测试公司${index}` }),
    );
    const further = others.map(({ certificate }) => toBase64(certificate));
    const { bytes } = await encrypted(client, bidder, Buffer.from('x'), { further });
    for (const holder of [bidder, ...others]) expect(openBid(bytes, holder).plain.toString()).toBe('x');
  });
});

describe('the file’s own name', () => {
  const long = `${'长'.repeat(250)}.zip`;
  test.each([
    ['投标文件（技术标）.zip', '投标文件（技术标）.zip'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['C:\\bid.zip', 'C:_bid.zip'],
    ['a\u202Egpj.exe', 'a_gpj.exe'],
    ['.', '_'],
    ['..', '_'],
    [long, long],
  ])('%j is kept in the file, without what leads elsewhere', async (name, kept) => {
    const { bytes } = await encrypted(client, bidder, Buffer.from('x'), { name, encryptedAt: Date.now() });
    expect(openBid(bytes, bidder).name).toBe(kept);
  });

  it('is nowhere in the clear', async () => {
    const { bytes } = await encrypted(client, bidder, Buffer.from('x'), { name: 'secret-project.zip' });
    expect(bytes.includes('secret')).toBe(false);
  });
});

it('progress counts both passes, never goes back, and ends at the whole', async () => {
  const file = await client.send('bid.zip', randomBytes(40 * 2 ** 20));
  const asked = client.ask('encrypt', encryptParams(file, bidder));
  const answer = await asked.answer;
  const total = 40 * 2 ** 20 + (answer as { result: { cipher: { size: number } } }).result.cipher.size;
  const done = asked.told.map((one) => one.done);
  expect(asked.told.every((one) => one.total === total)).toBe(true);
  expect(done).toEqual(done.toSorted((one, other) => one - other));
  expect(done.at(-1)).toBe(total);
});
