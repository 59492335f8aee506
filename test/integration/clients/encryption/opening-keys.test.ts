import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { encryptSm2 } from '../../../../src/gm/sm2-encryption.ts';
import { decodePublicKey } from '../../../../src/gm/sm2-curve.ts';
import { generateSm2KeyPair } from '../../../../src/gm/sm2.ts';
import { fromBase64, toBase64 } from '../../../../src/lib/bytes.ts';
import { encryptionMethods } from '../../../../src/protocol/encryption-methods.ts';
import { driveClient, startDrivenClient, type DrivenClient } from './driven-client.ts';
import {
  answerOf,
  createEncryptionWorld,
  noTrust,
  type Bidder,
  type EncryptionWorld,
} from './encryption-world.ts';
import { encrypted, phoneOpens } from './scenes.ts';

let world: EncryptionWorld;
let client: DrivenClient;
let bidder: Bidder;
let file: string;
const plain = randomBytes(600_000);

beforeAll(async () => {
  world = await createEncryptionWorld();
  client = await startDrivenClient();
  bidder = world.bidder();
  const made = await encrypted(client, bidder, plain);
  file = made.file;
});
afterAll(async () => {
  await client.stop();
  world.close();
});

const both = async (params: { opening: string; file: string; key: string }, by = client) => [
  await by.refusal('opening.open', { ...params, write: false }),
  await by.refusal('opening.open', { ...params, write: true }),
];

async function request() {
  const { opening, oneTimeKey } = await client.call('opening.create', {});
  const params = { files: [file], own: bidder.own, trust: noTrust, opening };
  const [bid] = (await client.call('opening.prepare', params)).bids;
  return { opening, oneTimeKey, text: bid?.ok === true ? bid.request : undefined };
}

it('the client says which methods it serves', () => {
  expect(client.hello.capabilities).toEqual(expect.arrayContaining(Object.keys(encryptionMethods)));
});

describe('a key that opens nothing', () => {
  test.each([
    ['is no SM2Cipher', () => 'AAAA'],
    [
      'is wrapped to somebody else’s key',
      () => toBase64(encryptSm2(generateSm2KeyPair().publicKey, randomBytes(48))),
    ],
  ])('because it %s is told so', async (_, key) => {
    const { opening } = await request();
    const params = { opening, file, key: key() };
    expect(await both(params)).toEqual(['BID_KEY_NOT_OPENED', 'BID_KEY_NOT_OPENED']);
    expect(await client.stored()).toEqual([file]);
  });

  it('because it is wrapped for another opening is told so', async () => {
    const [one, other] = [await request(), await request()];
    const key = answerOf(other.text, bidder.privateKey, other.oneTimeKey);
    expect(await both({ opening: one.opening, file, key })).toEqual([
      'BID_KEY_NOT_OPENED',
      'BID_KEY_NOT_OPENED',
    ]);
  });

  test.each([
    ['another file’s', 48],
    ['too short', 16],
    ['too long', 64],
  ])('because it is %s is the wrong one', async (_, length) => {
    const { opening, oneTimeKey } = await request();
    const key = toBase64(encryptSm2(fromBase64(oneTimeKey), randomBytes(length)));
    expect(await both({ opening, file, key })).toEqual(['BID_KEY_WRONG', 'BID_KEY_WRONG']);
    expect(await client.stored()).toEqual([file]);
  });
});

describe('an opening', () => {
  it('has a key of its own, a point of the curve', async () => {
    const [one, other] = [await client.call('opening.create', {}), await client.call('opening.create', {})];
    for (const { oneTimeKey } of [one, other]) expect(decodePublicKey(fromBase64(oneTimeKey))).toBeDefined();
    expect(one.opening).not.toBe(other.opening);
    expect(one.oneTimeKey).not.toBe(other.oneTimeKey);
  });

  it('that is unknown is refused before the phone is asked', async () => {
    const params = { files: [file], own: bidder.own, trust: noTrust, opening: 'A'.repeat(22) };
    expect(await client.refusal('opening.prepare', params)).toBe('OPENING_UNKNOWN');
  });

  it('of another process is unknown, whatever key comes with it', async () => {
    const params = await phoneOpens(client, bidder, file);
    const next = await driveClient();
    const sent = await next.send('bid.zip.cabid', await client.fetch(file));
    expect(await both({ ...params, file: sent }, next)).toEqual(['OPENING_UNKNOWN', 'OPENING_UNKNOWN']);
  });

  it('is kept for the last eight times that a phone was asked, and no longer', async () => {
    const first = await phoneOpens(client, bidder, file);
    for (let count = 0; count < 7; count += 1) await request();
    expect(await client.call('opening.open', { ...first, write: false })).toMatchObject({
      plain: { size: 600_000 },
    });
    await request();
    expect(await both(first)).toEqual(['OPENING_UNKNOWN', 'OPENING_UNKNOWN']);
  });

  it('serves several files, and one file again', async () => {
    const more = await encrypted(client, bidder, Buffer.from('x'));
    const files = [file, more.file];
    const { opening, oneTimeKey } = await client.call('opening.create', {});
    const asking = { files, own: bidder.own, trust: noTrust, opening };
    const { bids } = await client.call('opening.prepare', asking);
    const keys = bids.map((bid) => answerOf(bid.ok ? bid.request : undefined, bidder.privateKey, oneTimeKey));
    for (const turn of [0, 1, 0]) {
      const params = { opening, file: files[turn] ?? '', key: keys[turn] ?? '', write: false };
      const { plain: facts } = await client.call('opening.open', params);
      expect(facts.size).toBe(turn === 0 ? 600_000 : 1);
    }
    await client.call('file.drop', { file: more.file });
  });
});

it('a rehearsal says what an opening says, and writes nothing', async () => {
  const params = await phoneOpens(client, bidder, file);
  const rehearsed = await client.call('opening.open', { ...params, write: false });
  expect(await client.stored()).toEqual([file]);
  const { file: output = '', ...opened } = await client.call('opening.open', { ...params, write: true });
  expect(rehearsed).toEqual(opened);
  expect((await client.fetch(output)).equals(plain)).toBe(true);
});
