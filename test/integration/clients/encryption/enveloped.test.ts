import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { sealEnvelope } from '../../../../src/gm/enveloped-data.ts';
import { openEnvelopeByOpenssl } from '../../../support/cms-judges.ts';
import { startDrivenClient, type DrivenClient } from './driven-client.ts';
import { createEncryptionWorld, noTrust, type Bidder, type EncryptionWorld } from './encryption-world.ts';
import { toBase64 } from '../../../../src/lib/bytes.ts';
import { encrypted, opened, phoneOpens } from './scenes.ts';

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

const mebibyte = 2 ** 20;
const sm3 = (bytes: Uint8Array) => createHash('sm3').update(bytes).digest('hex');
const wishes = { format: 'enveloped' } as const;

/** What becomes of a file that the phone is asked the key of. */
async function fate(bytes: Uint8Array): Promise<unknown> {
  const file = await client.send('bid.zip.p7m', bytes);
  const { opening } = await client.call('opening.create', {});
  const params = { files: [file], own: bidder.own, trust: noTrust, opening };
  const [bid] = (await client.call('opening.prepare', params)).bids;
  await client.call('file.drop', { file });
  return bid?.ok === false ? bid.code : bid;
}

describe('a plain EnvelopedData', () => {
  test.each([0, 1, 15, 16, 17, mebibyte - 1, mebibyte, mebibyte + 1, 17 * mebibyte + 5])(
    'of %i bytes comes back as it was, also by openssl',
    async (size) => {
      const plain = randomBytes(size);
      const { bytes, file, ...result } = await encrypted(client, bidder, plain, wishes);
      expect(result).toMatchObject({
        plain: { name: 'bid.zip', size, sm3: sm3(plain) },
        cipher: { name: 'bid.zip.p7m', size: bytes.length, sm3: sm3(bytes) },
      });
      expect(Buffer.from(await openEnvelopeByOpenssl(bytes, bidder)).equals(plain)).toBe(true);
      const again = await opened(client, bidder, bytes, 'bid.zip.p7m');
      expect(again.bytes.equals(plain)).toBe(true);
      expect(again.plain).toEqual({ name: 'bid.zip', size, sm3: sm3(plain) });
      expect(again).not.toHaveProperty('encryptedAt');
      await client.call('file.drop', { file });
    },
  );

  it('opens for each of its recipients, and says nothing of them but their certificates’ numbers', async () => {
    const centre = world.bidder({ organisation: '湛江测试交易中心' });
    const further = [toBase64(centre.certificate)];
    const plain = randomBytes(1_000);
    const { bytes, file, recipients } = await encrypted(client, bidder, plain, { ...wishes, further });
    expect(recipients).toHaveLength(2);
    expect(await client.call('bid.inspect', { file })).toEqual({ format: 'enveloped', recipients: [] });
    for (const holder of [bidder, centre]) {
      expect((await opened(client, holder, bytes)).bytes.equals(plain)).toBe(true);
    }
  });

  it('that somebody else wrote is opened', async () => {
    const content = randomBytes(100_000);
    for (const flavour of ['gm', 'pkcs7'] as const) {
      const bytes = sealEnvelope({ content, recipients: [bidder.certificate], flavour });
      expect((await opened(client, bidder, bytes)).bytes.equals(content)).toBe(true);
    }
  });

  it('is rehearsed without being written', async () => {
    const plain = randomBytes(2_000);
    const { file } = await encrypted(client, bidder, plain, wishes);
    const before = await client.stored();
    const params = await phoneOpens(client, bidder, file);
    expect(await client.call('opening.open', { ...params, write: false })).toEqual({
      plain: { name: 'bid.zip', size: 2_000, sm3: sm3(plain) },
    });
    expect(await client.stored()).toEqual(before);
  });
});

describe('an EnvelopedData that is not to be opened', () => {
  const message = () =>
    Buffer.from(sealEnvelope({ content: Buffer.alloc(99), recipients: [bidder.certificate] }));

  test.each<[string, () => Uint8Array, string]>([
    ['cut short', () => message().subarray(0, -1), 'BID_LENGTH_WRONG'],
    ['followed by more', () => Buffer.concat([message(), Buffer.of(0)]), 'BID_LENGTH_WRONG'],
    ['cut in its beginning', () => message().subarray(0, 60), 'BID_LENGTH_WRONG'],
    ['damaged in its recipients', () => message().fill(0xff, 40, 44), 'BID_HEADER_DAMAGED'],
    ['cut to its name', () => message().subarray(0, 16), 'BID_LENGTH_WRONG'],
  ])('(%s) is told by its cause', async (_, bytes, code) => {
    expect(await fate(bytes())).toBe(code);
  });

  it('for somebody else is told so where nobody is asked, and is for the phone to tell where it is', async () => {
    const file = await client.send('bid.p7m', foreign());
    const params = { files: [file], own: bidder.own, trust: noTrust };
    expect((await client.call('opening.prepare', params)).bids).toEqual([
      { ok: false, code: 'BID_NOT_FOR_PHONE' },
    ]);
    // A certificate renewed with the same key has another number, which is all that the format knows of it.
    const { opening } = await client.call('opening.create', {});
    const { bids } = await client.call('opening.prepare', { ...params, opening });
    expect(bids).toEqual([{ ok: true, warnings: [], request: expect.stringMatching(/^M/) }]);
  });

  const foreign = () => {
    const { certificate } = world.bidder({ organisation: '他人测试有限公司' });
    return sealEnvelope({ content: Buffer.alloc(99), recipients: [certificate] });
  };

  it('with a damaged end is told by its padding, and nothing is left', async () => {
    const bytes = message();
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 17) ^ 0xff, bytes.length - 17);
    const file = await client.send('bid.p7m', bytes);
    const params = await phoneOpens(client, bidder, file);
    const before = await client.stored();
    for (const write of [false, true]) {
      expect(await client.refusal('opening.open', { ...params, write })).toBe('BID_DAMAGED');
    }
    await expect.poll(client.stored).toEqual(before);
  });

  it('by a key of another length is told so', async () => {
    const bid = await encrypted(client, bidder, Buffer.from('x'));
    const file = await client.send('bid.p7m', message());
    const { opening, key } = await phoneOpens(client, bidder, bid.file);
    expect(await client.refusal('opening.open', { opening, file, key, write: true })).toBe('BID_KEY_WRONG');
  });
});
