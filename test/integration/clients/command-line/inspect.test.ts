import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { generateSm2KeyPair } from '../../../../src/gm/sm2.ts';
import { certificatePem } from '../../../support/cms-judges.ts';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from '../encryption/encryption-world.ts';
import { openDesk, runCli, type BidDesk } from './bid-desk.ts';

const keys = generateSm2KeyPair();
const plain = randomBytes(300_000);
const sm3 = (bytes: Uint8Array) => createHash('sm3').update(bytes).digest('hex');

let world: EncryptionWorld;
let bidder: Bidder;
let centre: Bidder;
let bid: Buffer;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder({ keys });
  centre = world.bidder({ organisation: '湛江测试交易中心' });
});
afterAll(() => world.close());

async function encrypted(desk: BidDesk, format = 'bid'): Promise<Buffer> {
  const file = await desk.put('source', plain);
  const to = ['--to', await desk.certificate(bidder), '--to', await desk.certificate(centre)];
  const run = await runCli(['encrypt', file, ...to, '--format', format, '--out', desk.path('sound')]);
  expect(run.code).toBe(0);
  return desk.read('sound');
}

/** What is told of these bytes. */
async function inspect(desk: BidDesk, bytes: Uint8Array, ...options: readonly string[]) {
  const file = await desk.put('file', bytes);
  const { code, stdout } = await runCli(['inspect', file, '--json', ...options]);
  return { code, told: JSON.parse(stdout) as Record<string, unknown> };
}

describe('what is wrong with a file is told', () => {
  const flipped = (position: number, bytes: Buffer = bid) => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(position) ^ 1, position);
    return copy;
  };
  test.each<[string, () => Uint8Array, object]>([
    ['nothing at all', () => new Uint8Array(), { code: 'BID_NOT_ENCRYPTED' }],
    ['another file', () => Buffer.from('PK\u0003\u0004'), { code: 'BID_NOT_ENCRYPTED' }],
    ['a version to come', () => flipped(11), { code: 'BID_VERSION_UNKNOWN', format: 'bid', version: 0 }],
    ['a header of other bytes', () => flipped(45), { code: 'BID_HEADER_DAMAGED', headerUndamaged: false }],
    ['a digest of other bytes', () => flipped(bid.readUInt32BE(12)), { code: 'BID_HEADER_DAMAGED' }],
    ['a header that is cut', () => bid.subarray(0, 500), { code: 'BID_LENGTH_WRONG', lengthRight: false }],
  ])('%s', async (_, make, told) => {
    const desk = await openDesk();
    bid = await encrypted(desk);
    expect(await inspect(desk, make())).toMatchObject({ code: 2, told: { ...told, recipients: [] } });
  });

  test.each<[string, (bytes: Buffer) => Uint8Array]>([
    ['cut', (bytes) => bytes.subarray(0, bytes.length - 1)],
    ['longer', (bytes) => Buffer.concat([bytes, Buffer.alloc(1)])],
  ])('a file that is %s: its header still tells everything', async (_, change) => {
    const desk = await openDesk();
    const bytes = await encrypted(desk);
    const certificate = await desk.certificate(bidder);
    const { code, told } = await inspect(desk, change(bytes), '--certificate', certificate);
    expect([code, told]).toMatchObject([
      2,
      {
        code: 'BID_LENGTH_WRONG',
        size: change(bytes).length,
        expectedSize: bytes.length,
        lengthRight: false,
        headerUndamaged: true,
        plainSize: plain.length,
        recipients: [{ fingerprint: sm3(bidder.certificate) }, { fingerprint: sm3(centre.certificate) }],
        match: 'same',
      },
    ]);
  });
});

it('a sound file tells everything that its header says', async () => {
  const desk = await openDesk();
  const bytes = await encrypted(desk);
  const { code, told } = await inspect(desk, bytes);
  expect(code).toBe(0);
  expect(told).toEqual({
    input: desk.path('file'),
    size: bytes.length,
    format: 'bid',
    version: 1,
    headerUndamaged: true,
    lengthRight: true,
    plainSize: plain.length,
    recipients: [bidder, centre].map(({ certificate }) => ({
      name: expect.any(String),
      organization: expect.any(String),
      creditCode: expect.stringMatching(/^[0-9A-Z]{18}$/),
      serialNumber: expect.stringMatching(/^[0-9a-f]+$/),
      fingerprint: sm3(certificate),
      notBefore: expect.any(Number),
      notAfter: expect.any(Number),
    })),
  });
});

describe('whether a certificate opens it', () => {
  test.each<[string, () => Bidder, number]>([
    ['same', () => centre, 0],
    ['sameKey', () => world.bidder({ keys }), 0],
    ['replaced', () => world.bidder(), 1],
    ['other', () => world.bidder({ organisation: '别的公司' }), 1],
  ])('%s', async (match, holder, code) => {
    const desk = await openDesk();
    const certificate = await desk.certificate(holder());
    const inspected = await inspect(desk, await encrypted(desk), '--certificate', certificate);
    expect(inspected).toMatchObject({ code, told: { match } });
  });
});

it('an EnvelopedData names its recipients by issuer and number', async () => {
  const desk = await openDesk();
  const bytes = await encrypted(desk, 'enveloped');
  const sound = await inspect(desk, bytes, '--certificate', await desk.certificate(bidder));
  expect(sound).toMatchObject({
    code: 0,
    told: {
      format: 'enveloped',
      headerUndamaged: true,
      match: 'same',
      recipients: [{ issuer: expect.stringContaining('TEST') }, { serialNumber: expect.any(String) }],
    },
  });
  expect(await inspect(desk, bytes.subarray(0, -16))).toMatchObject({
    code: 2,
    told: { code: 'BID_LENGTH_WRONG' },
  });
});

it('people are told in their language', async () => {
  const desk = await openDesk();
  await encrypted(desk);
  const certificate = ['--certificate', await desk.put('own.pem', certificatePem(bidder.certificate))];
  const chinese = await runCli(['inspect', desk.path('sound'), ...certificate, '--lang', 'zh-CN']);
  expect(chinese.stdout).toMatch(/文件头和长度正确\n[\s\S]*湛江测试交易中心[\s\S]*能解密：就是其中一张\n$/);
  const english = await runCli(['inspect', desk.path('source')], { env: { LC_ALL: 'en_US.UTF-8' } });
  expect(english).toMatchObject({
    code: 2,
    stderr: '',
    stdout: expect.stringContaining('Not an encrypted bid'),
  });
});
