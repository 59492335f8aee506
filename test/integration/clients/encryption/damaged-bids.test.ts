import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { cutBid, openBid } from '../../../support/bid-reference.ts';
import { seededIntegers } from '../../../unit/bid/seeded-random.ts';
import { startDrivenClient, type DrivenClient } from './driven-client.ts';
import { createEncryptionWorld, noTrust, type Bidder, type EncryptionWorld } from './encryption-world.ts';
import { encrypted, opened, phoneOpens, type OpenParams } from './scenes.ts';

const chunk = 262_144;
/** Six chunks and a bit: two steps of a thread. */
const plain = randomBytes(6 * chunk + 777);

let world: EncryptionWorld;
let bidder: Bidder;
let client: DrivenClient;
let bid: Buffer;
let other: Buffer;
/** What the phone answered for the sound file. */
let key: Omit<OpenParams, 'write' | 'file'>;

beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
  client = await startDrivenClient();
  bid = (await encrypted(client, bidder, plain)).bytes;
  other = (await encrypted(client, bidder, randomBytes(plain.length))).bytes;
  const sound = await client.send('sound.cabid', bid);
  const { opening, key: wrapped } = await phoneOpens(client, bidder, sound);
  key = { opening, key: wrapped };
  for (const file of await client.stored()) await client.call('file.drop', { file });
});
afterAll(async () => {
  await client.stop();
  world.close();
});

/** What becomes of a file: by inspecting, rehearsing and opening it. Nothing of it may be left. */
async function fates(bytes: Uint8Array): Promise<unknown[]> {
  const file = await client.send('bid.zip.cabid', bytes);
  const outcomes = [
    await client.refusal('bid.inspect', { file }),
    await client.refusal('opening.open', { ...key, file, write: false }),
    await client.refusal('opening.open', { ...key, file, write: true }),
  ];
  await expect.poll(client.stored).toEqual([file]);
  await client.call('file.drop', { file });
  return outcomes;
}

const headerFates = (code: string) => [code, code, code];
/** A body is looked at when the file is opened. */
const bodyFates = (code: string) => [expect.objectContaining({ format: 'bid' }), code, code];

/** A copy with other bits at `position`. */
function flipped(position: number, bits = 0xff, bytes: Uint8Array = bid): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8((copy.readUInt8(position) ^ bits) & 0xff, position);
  return copy;
}

describe('one byte of the header that is another', () => {
  test.each([
    ['magic', 0, 8, 'BID_NOT_ENCRYPTED'],
    ['version', 8, 12, 'BID_VERSION_UNKNOWN'],
  ])('in the %s is named', async (_, from, to, code) => {
    for (let position = from; position < to; position += 1) {
      expect(await fates(flipped(position))).toEqual(headerFates(code));
    }
  });

  it('in any fixed field is named', async () => {
    for (let position = 12; position < 40; position += 1) {
      const [inspected, rehearsed, opening] = await fates(flipped(position));
      // A length that is another makes another header, or none that fits in the file.
      expect(['BID_HEADER_DAMAGED', 'BID_LENGTH_WRONG']).toContain(inspected);
      expect([rehearsed, opening]).toEqual([inspected, inspected]);
    }
  });

  it('anywhere in the recipients or the digest is named', async () => {
    const { header } = cutBid(bid);
    const end = header.length + 32;
    const random = seededIntegers(1);
    const sampled = Array.from({ length: 60 }, () => 40 + random(end - 41));
    for (const position of [40, header.length - 1, header.length, end - 1, ...sampled]) {
      expect([position, ...(await fates(flipped(position, 1)))]).toEqual([
        position,
        ...headerFates('BID_HEADER_DAMAGED'),
      ]);
    }
  });
});

describe('one byte of the body that is another', () => {
  const places = (): [string, number, string][] => {
    const { header, chunks } = cutBid(bid);
    const body = header.length + 32;
    const at = (index: number) => body + index * (chunk + 32);
    const last = at(chunks.length - 1);
    return [
      ['first of the first chunk', at(0), 'BID_DAMAGED'],
      ['last of the first chunk', at(0) + chunk - 1, 'BID_DAMAGED'],
      ['first of the first mac', at(0) + chunk, 'BID_DAMAGED'],
      ['last of the first mac', at(1) - 1, 'BID_DAMAGED'],
      ['middle of the fourth chunk', at(3) + 99_999, 'BID_DAMAGED'],
      ['first of the fifth chunk', at(4), 'BID_DAMAGED'],
      ['last of the last chunk', last + 776, 'BID_DAMAGED'],
      ['first of the last mac', last + 777, 'BID_DAMAGED'],
      ['first of the trailer', bid.length - 1_056, 'BID_DAMAGED'],
      ['last of the trailer', bid.length - 33, 'BID_DAMAGED'],
      ['first of the trailer’s mac', bid.length - 32, 'BID_DAMAGED'],
      ['last of the file', bid.length - 1, 'BID_DAMAGED'],
    ];
  };

  it('is named wherever it is, and nothing is written', async () => {
    for (const [name, position, code] of places()) {
      expect([name, ...(await fates(flipped(position, 0x10)))]).toEqual([name, ...bodyFates(code)]);
    }
  });

  it('is named at random places of the chunks', async () => {
    const start = cutBid(bid).header.length + 32;
    const random = seededIntegers(2);
    for (let count = 0; count < 20; count += 1) {
      const position = start + random(bid.length - 1_057 - start);
      expect([position, ...(await fates(flipped(position, 0x80)))]).toEqual([
        position,
        ...bodyFates('BID_DAMAGED'),
      ]);
    }
  });
});

describe('a file of another length', () => {
  const header = () => cutBid(bid).header.length;
  test.each<[string, () => Uint8Array]>([
    ['with one byte more', () => Buffer.concat([bid, Buffer.of(0)])],
    ['with a whole file behind it', () => Buffer.concat([bid, bid])],
    ['without its last byte', () => bid.subarray(0, -1)],
    ['without its trailer', () => bid.subarray(0, -1_056)],
    ['cut after its header', () => bid.subarray(0, header() + 32)],
    ['cut in its header', () => bid.subarray(0, 100)],
    ['cut in its fixed fields', () => bid.subarray(0, 20)],
  ])('%s is named so', async (_, make) => {
    expect(await fates(make())).toEqual(headerFates('BID_LENGTH_WRONG'));
  });

  test.each<[string, () => Uint8Array]>([
    ['nothing at all', () => Buffer.alloc(0)],
    ['one byte of one', () => bid.subarray(0, 1)],
    ['a PDF', () => Buffer.from('%PDF-1.7\n')],
    ['zeros', () => Buffer.alloc(5_000)],
    ['a signed message', () => Buffer.from('3080060a2a811ccf550601040202', 'hex')],
  ])('%s is no encrypted bid', async (_, make) => {
    expect(await fates(make())).toEqual(headerFates('BID_NOT_ENCRYPTED'));
  });
});

describe('chunks in other places', () => {
  /** The file with its chunks (ciphertext with mac) put together anew. */
  const rearranged = (arrange: (chunks: Buffer[]) => Buffer[]): Buffer => {
    const { header, headerDigest, chunks } = cutBid(bid);
    const whole = chunks.map(({ ciphertext, mac }) => Buffer.concat([ciphertext, mac]));
    return Buffer.concat([header, headerDigest, ...arrange(whole), bid.subarray(-1_056)]);
  };
  const replaced = (chunks: Buffer[], at: number, by: Buffer | undefined) =>
    chunks.with(at, by ?? Buffer.alloc(0));

  test.each<[string, (chunks: Buffer[]) => Buffer[]]>([
    ['two neighbours changed', (chunks) => replaced(replaced(chunks, 0, chunks[1]), 1, chunks[0])],
    ['two of different threads changed', (chunks) => replaced(replaced(chunks, 1, chunks[5]), 5, chunks[1])],
    ['one twice', (chunks) => replaced(chunks, 2, chunks[1])],
  ])('(%s) are damage', async (_, arrange) => {
    expect(await fates(rearranged(arrange))).toEqual(bodyFates('BID_DAMAGED'));
  });

  test.each<[string, (chunks: Buffer[]) => Buffer[], string]>([
    ['one left out', (chunks) => chunks.toSpliced(2, 1), 'BID_LENGTH_WRONG'],
    ['one put in', (chunks) => [chunks[0] ?? Buffer.alloc(0), ...chunks], 'BID_LENGTH_WRONG'],
  ])('(%s) are another length', async (_, arrange, code) => {
    expect(await fates(rearranged(arrange))).toEqual(headerFates(code));
  });

  it('of another file of the same bidder are damage', async () => {
    const foreign = cutBid(other).chunks[3];
    const spliced = rearranged((chunks) =>
      replaced(
        chunks,
        3,
        Buffer.concat([foreign?.ciphertext ?? Buffer.alloc(0), foreign?.mac ?? Buffer.alloc(0)]),
      ),
    );
    expect(await fates(spliced)).toEqual(bodyFates('BID_DAMAGED'));
  });

  it('with the header of another file need another key', async () => {
    const { header, headerDigest } = cutBid(other);
    const beginning = header.length + headerDigest.length;
    const own = cutBid(bid).header.length + 32;
    const body = bid.subarray(own);
    expect(await fates(Buffer.concat([other.subarray(0, beginning), body]))).toEqual(
      bodyFates('BID_KEY_WRONG'),
    );
  });

  it('with the trailer of another file are damaged: the key fits the rest', async () => {
    const spliced = Buffer.concat([bid.subarray(0, -1_056), other.subarray(-1_056)]);
    expect(await fates(spliced)).toEqual(bodyFates('BID_DAMAGED'));
  });
});

it('the sound file is opened by the very key that the damaged ones were refused with', async () => {
  expect(openBid(bid, bidder).plain.equals(plain)).toBe(true);
  const file = await client.send('bid.zip.cabid', bid);
  const { file: output = '' } = await client.call('opening.open', { ...key, file, write: true });
  expect((await client.fetch(output)).equals(plain)).toBe(true);
});

it('a sound file of the same client is opened after all that', async () => {
  expect((await opened(client, bidder, other)).plain.size).toBe(plain.length);
  const file = await client.send('bid.zip.cabid', other);
  const params = { files: [file], own: bidder.own, trust: noTrust };
  expect((await client.call('opening.prepare', params)).bids).toEqual([{ ok: true, warnings: [] }]);
});
