import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { parseCertificate } from '../../../../src/gm/certificate.ts';
import { generateSm2KeyPair } from '../../../../src/gm/sm2.ts';
import { toBase64 } from '../../../../src/lib/bytes.ts';
import type { EncryptionParams } from '../../../../src/protocol/encryption-methods.ts';
import { recipientsOf } from '../../../support/bid-reference.ts';
import { openEnvelopeWith } from '../../../support/reference-envelope.ts';
import { startDrivenClient, type DrivenClient } from './driven-client.ts';
import {
  createEncryptionWorld,
  noTrust,
  readRequest,
  type Bidder,
  type EncryptionWorld,
} from './encryption-world.ts';
import { encrypted } from './scenes.ts';

let world: EncryptionWorld;
let client: DrivenClient;
let bidder: Bidder;
let file: string;
let bytes: Buffer;
const keys = generateSm2KeyPair();
const day = 86_400_000;

beforeAll(async () => {
  world = await createEncryptionWorld();
  client = await startDrivenClient();
  bidder = world.bidder({ keys });
  ({ file, bytes } = await encrypted(client, bidder, randomBytes(1_000)));
});
afterAll(async () => {
  await client.stop();
  world.close();
});

const sm3 = (data: Uint8Array) => createHash('sm3').update(data).digest('hex');

function prepare(own: Bidder['own'], wishes: Partial<EncryptionParams<'opening.prepare'>> = {}) {
  return client.call('opening.prepare', { files: [file], own, trust: world.trust, ...wishes });
}

describe('of files that cannot be opened', () => {
  it('each is told by its own cause, and the others are opened all the same', async () => {
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8(damaged.readUInt8(100) ^ 1, 100);
    const newer = Buffer.from(bytes);
    newer.writeUInt32BE(2, 8);
    const stranger = (
      await encrypted(client, world.bidder({ organisation: '他人测试有限公司' }), Buffer.from('x'))
    ).file;
    const files = [
      await client.send('a', damaged),
      file,
      await client.send('b', newer),
      await client.send('c', Buffer.from('%PDF-1.7')),
      await client.send('d', bytes.subarray(0, -1)),
      stranger,
      'A'.repeat(22),
    ];
    const { opening } = await client.call('opening.create', {});
    const { bids } = await prepare(bidder.own, { files, opening });
    expect(bids).toEqual([
      { ok: false, code: 'BID_HEADER_DAMAGED' },
      { ok: true, warnings: [], request: expect.any(String) },
      { ok: false, code: 'BID_VERSION_UNKNOWN' },
      { ok: false, code: 'BID_NOT_ENCRYPTED' },
      { ok: false, code: 'BID_LENGTH_WRONG' },
      { ok: false, code: 'BID_NOT_FOR_PHONE' },
      { ok: false, code: 'FILE_UNKNOWN' },
    ]);
    for (const one of files.filter((id) => id !== file)) await client.call('file.drop', { file: one });
  });

  it('where it is all of them, whose certificate it is is told all the same', async () => {
    const stranger = world.bidder({ organisation: '他人测试有限公司' });
    expect(await prepare(stranger.own)).toEqual({
      certificate: expect.objectContaining({ fingerprint: sm3(stranger.certificate) }),
      bids: [{ ok: false, code: 'BID_NOT_FOR_PHONE' }],
    });
  });

  it('a certificate that was issued later to the same holder with another key is said to have replaced it', async () => {
    expect((await prepare(world.bidder().own)).bids).toEqual([
      { ok: false, code: 'BID_CERTIFICATE_REPLACED' },
    ]);
  });
});

describe('a phone’s certificate that is none for this', () => {
  test.each([
    ['random bytes', () => Buffer.from('no certificate'), 'RECIPIENT_UNREADABLE'],
    [
      'one for signing',
      () => world.bidder({ defect: 'wrongUsage' }).certificate,
      'RECIPIENT_NOT_FOR_ENCRYPTION',
    ],
  ])('(%s) is refused for the whole call', async (_, certificate, code) => {
    const own = { certificate: toBase64(certificate()), chain: [] };
    const params = { files: [file], own, trust: noTrust };
    expect(await client.refusal('opening.prepare', params)).toBe(code);
  });
});

describe('what does not keep a file from being opened, but should be known', () => {
  const warnings = async (own: Bidder['own'], wishes: Partial<EncryptionParams<'opening.prepare'>> = {}) => {
    const [bid] = (await prepare(own, wishes)).bids;
    return bid?.ok === true ? bid.warnings : bid;
  };

  it('nothing, of the certificate that the file was encrypted to', async () => {
    expect(await warnings(bidder.own, { openingTime: Date.now() + day })).toEqual([]);
  });

  it('that the certificate was renewed with the same key', async () => {
    const renewed = world.bidder({ keys });
    expect(await warnings(renewed.own)).toEqual(['CERTIFICATE_RENEWED']);
  });

  it('that it ends before the opening', async () => {
    const { notAfter } = parseCertificate(bidder.certificate);
    const openingTime = notAfter.getTime() + 1;
    expect(await warnings(bidder.own, { openingTime })).toEqual(['CERTIFICATE_ENDS_BEFORE_OPENING']);
    expect(await warnings(bidder.own, { openingTime: notAfter.getTime() })).toEqual([]);
  });

  it('that it has expired', async () => {
    const expired = world.bidder({ keys, defect: 'expired' });
    expect(await warnings(expired.own)).toEqual(['CERTIFICATE_RENEWED', 'CERTIFICATE_EXPIRED']);
    const openingTime = Date.now() + day;
    expect(await warnings(expired.own, { openingTime })).toEqual([
      'CERTIFICATE_RENEWED',
      'CERTIFICATE_EXPIRED',
    ]);
  });

  it('that it was revoked, unless nobody may be asked', async () => {
    const revoked = world.bidder({ keys, defect: 'revoked' });
    expect(await warnings(revoked.own)).toEqual(['CERTIFICATE_RENEWED', 'CERTIFICATE_REVOKED']);
    const offline = { ...world.trust, online: false };
    expect(await warnings(revoked.own, { trust: offline })).toEqual(['CERTIFICATE_RENEWED']);
  });

  it('not who issued it: the key is what opens', async () => {
    const untrusted = world.bidder({ keys, defect: 'untrusted' });
    expect(await warnings(untrusted.own)).toEqual(['CERTIFICATE_RENEWED']);
  });
});

describe('the request to the phone', () => {
  const requests = async (own: Bidder['own'], files: string[]) => {
    const { opening } = await client.call('opening.create', {});
    const { bids } = await prepare(own, { files, opening });
    return bids.map((bid) => readRequest(bid.ok ? bid.request : undefined));
  };

  it('is none where only a question is asked', async () => {
    expect((await prepare(bidder.own)).bids).toEqual([{ ok: true, warnings: [] }]);
  });

  it('names the file and carries its envelope as it is', async () => {
    const [request] = await requests(bidder.own, [file]);
    const envelope = recipientsOf(bytes)[0]?.envelope ?? Buffer.alloc(0);
    expect(request).toMatchObject({ version: 1, document: sm3(bytes) });
    expect(Buffer.from(request?.envelope ?? []).equals(envelope)).toBe(true);
    expect(openEnvelopeWith(bidder.privateKey, envelope)).toHaveLength(48);
  });

  it('is one for each file that can be opened', async () => {
    const more = await encrypted(client, bidder, Buffer.from('x'));
    const asked = await requests(bidder.own, [file, more.file]);
    expect(asked.map(({ document }) => document)).toEqual([sm3(bytes), sm3(more.bytes)]);
    await client.call('file.drop', { file: more.file });
  });

  it('is that of the recipient whose certificate it is, of several', async () => {
    const centre = world.bidder({ organisation: '湛江测试交易中心' });
    const further = [toBase64(centre.certificate)];
    const shared = await encrypted(client, bidder, Buffer.from('x'), { further });
    const [request] = await requests(centre.own, [shared.file]);
    const envelope = recipientsOf(shared.bytes)[1]?.envelope ?? Buffer.alloc(0);
    expect(Buffer.from(request?.envelope ?? []).equals(envelope)).toBe(true);
  });
});
