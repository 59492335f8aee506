import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { generateSm2KeyPair } from '../../../../src/gm/sm2.ts';
import { cutBid, openBid, recipientsOf, sealBid } from '../../../support/bid-reference.ts';
import { openEnvelopeByOpenssl } from '../../../support/cms-judges.ts';
import { openssl } from '../../../support/openssl.ts';
import { openEnvelopeWith, sealEnvelopeFor } from '../../../support/reference-envelope.ts';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from '../encryption/encryption-world.ts';
import { openDesk, runCli, runJson } from './bid-desk.ts';

let world: EncryptionWorld;
let bidder: Bidder;
let centre: Bidder;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
  centre = world.bidder({ organisation: '湛江测试交易中心' });
});
afterAll(() => world.close());

const chunk = 262_144;
const sm3 = (bytes: Uint8Array) => createHash('sm3').update(bytes).digest('hex');

test.each([0, 1, 16, 65_535, chunk - 1, chunk, chunk + 1, 4 * chunk, 9 * chunk + 77])(
  '%i bytes come back as they were, also by another implementation',
  async (size) => {
    const desk = await openDesk();
    const plain = randomBytes(size);
    const file = await desk.put('投标文件.zip', plain);
    const to = ['--to', await desk.certificate(bidder), '--to', await desk.certificate(centre)];
    const { code, report, stderr } = await runJson(['encrypt', file, ...to]);
    expect([code, stderr, await desk.names()]).toEqual([0, '', ['投标文件.zip', '投标文件.zip.cabid']]);
    const cipher = await desk.read('投标文件.zip.cabid');
    expect(report.results[0]).toMatchObject({
      output: `${file}.cabid`,
      published: 'link',
      receipt: {
        format: 'bid',
        plain: { name: '投标文件.zip', size, sm3: sm3(plain) },
        cipher: { name: '投标文件.zip.cabid', size: cipher.length, sm3: sm3(cipher) },
        recipients: [
          { fingerprint: sm3(bidder.certificate) },
          { fingerprint: sm3(centre.certificate), organization: '湛江测试交易中心' },
        ],
      },
    });
    for (const holder of [bidder, centre]) {
      const { plain: opened, name } = openBid(cipher, holder);
      expect([name, opened.equals(plain)]).toEqual(['投标文件.zip', true]);
    }
    await mkdir(desk.path('out'));
    const args = ['decrypt', `${file}.cabid`, ...(await desk.holder(centre)), '--out-dir', desk.path('out')];
    expect(await runJson(args)).toMatchObject({
      code: 0,
      stderr: '',
      report: { done: true, results: [{ match: 'same', plain: { size, sm3: sm3(plain) } }] },
    });
    expect((await desk.read('out/投标文件.zip')).equals(plain)).toBe(true);
    expect((await desk.read('投标文件.zip')).equals(plain)).toBe(true);
  },
);

test.each([
  [65_536, 0],
  [65_536, 200_000],
  [16_777_216, 1_000],
])('a bid of another implementation, in chunks of %i, of %i bytes, is decrypted', async (chunkSize, size) => {
  const desk = await openDesk();
  const [plain, contentKey] = [randomBytes(size), randomBytes(48)];
  const envelope = sealEnvelopeFor(contentKey, bidder.certificate);
  const encryptedAt = Date.UTC(2026, 2, 2, 1);
  const recipients = [{ certificate: bidder.certificate, envelope }];
  const bid = {
    plain,
    name: '报价单.pdf',
    encryptedAt,
    chunkSize,
    nonce: randomBytes(8),
    contentKey,
    recipients,
  };
  const file = await desk.put('x.cabid', sealBid(bid));
  const { report } = await runJson(['decrypt', file, ...(await desk.holder(bidder))]);
  expect(report.results).toMatchObject([{ ok: true, encryptedAt, output: desk.path('报价单.pdf') }]);
  expect((await desk.read('报价单.pdf')).equals(plain)).toBe(true);
});

it('the body is what openssl writes for the same key', async () => {
  const desk = await openDesk();
  const plain = randomBytes(5 * chunk + 9);
  const file = await desk.put('a', plain);
  await runCli(['encrypt', file, '--to', await desk.certificate(bidder)]);
  const bytes = await desk.read('a.cabid');
  const [own] = recipientsOf(bytes);
  const { nonce, chunks } = cutBid(bytes);
  const key = openEnvelopeWith(bidder.privateKey, own?.envelope ?? new Uint8Array()).subarray(0, 16);
  const secrets = ['-K', key.toString('hex'), '-iv', `${nonce.toString('hex')}${'0'.repeat(16)}`];
  const expected = await openssl(['enc', '-sm4-ctr', ...secrets], plain);
  expect(Buffer.concat(chunks.map(({ ciphertext }) => ciphertext)).equals(expected)).toBe(true);
});

test.each([0, 1, 16, 1_048_576, 3_000_001])(
  'an EnvelopedData of %i bytes is opened by openssl, and by us',
  async (size) => {
    const desk = await openDesk();
    const plain = randomBytes(size);
    const file = await desk.put('a.zip', plain);
    const to = ['--to', await desk.certificate(centre), '--to', await desk.certificate(bidder)];
    expect((await runCli(['encrypt', file, ...to, '--format', 'enveloped'])).code).toBe(0);
    const message = await desk.read('a.zip.p7m');
    expect(Buffer.from(await openEnvelopeByOpenssl(message, bidder)).equals(plain)).toBe(true);
    await mkdir(desk.path('out'));
    const args = ['decrypt', `${file}.p7m`, ...(await desk.holder(bidder)), '--out-dir', desk.path('out')];
    expect((await runCli(args)).code).toBe(0);
    expect((await desk.read('out/a.zip')).equals(plain)).toBe(true);
  },
);

describe('a certificate that was renewed with the same key', () => {
  test.each(['bid', 'enveloped'])('opens what was encrypted to the old one (%s)', async (format) => {
    const desk = await openDesk();
    const keys = generateSm2KeyPair();
    const [old, renewed] = [world.bidder({ keys }), world.bidder({ keys })];
    const file = await desk.put('a', 'text');
    const output = desk.path('a.enc');
    await runCli(['encrypt', file, '--to', await desk.certificate(old), '--format', format, '--out', output]);
    const args = ['decrypt', output, ...(await desk.holder(renewed)), '--out', desk.path('b')];
    expect(await runJson(args)).toMatchObject({ code: 0, report: { results: [{ match: 'sameKey' }] } });
    expect((await desk.read('b')).toString()).toBe('text');
  });
});

it('--check checks every byte and writes nothing', async () => {
  const desk = await openDesk();
  const file = await desk.put('a', randomBytes(3 * chunk));
  await runCli(['encrypt', file, '--to', await desk.certificate(bidder)]);
  const before = await desk.names();
  const args = ['decrypt', `${file}.cabid`, ...(await desk.holder(bidder)), '--check'];
  const { code, report } = await runJson(args);
  expect([code, report.results[0]?.output]).toEqual([0, undefined]);
  expect(report.results[0]).toMatchObject({ plain: { name: 'a', sm3: sm3(await desk.read('a')) } });
  expect(await desk.names()).toEqual(before);
});

it('the receipt for people names everything, in both languages', async () => {
  const desk = await openDesk();
  const to = ['--to', await desk.certificate(bidder)];
  for (const [language, words] of [
    ['zh-CN', ['已加密，回读检查一致', '序列号', '指纹 (SM3)', '加密时间']],
    ['en', ['Encrypted, read back and found right', 'serial number', 'fingerprint (SM3)', 'Encrypted at']],
  ] as const) {
    const file = await desk.put(`${language}.zip`, language);
    const { code, stdout, stderr } = await runCli(['encrypt', file, ...to, '--lang', language]);
    expect([code, stderr]).toEqual([0, '']);
    const [plain, cipher] = [await desk.read(`${language}.zip`), await desk.read(`${language}.zip.cabid`)];
    const facts = [sm3(plain), sm3(cipher), sm3(bidder.certificate), String(cipher.length), `${file}.cabid`];
    for (const said of [...words, ...facts, '湛江测试建设有限公司']) expect(stdout).toContain(said);
  }
});

it('what it writes is for this user alone, and its input stays as it is', async () => {
  const desk = await openDesk();
  const file = await desk.put('a', 'text');
  const before = await stat(file);
  await runCli(['encrypt', file, '--to', await desk.certificate(bidder)]);
  const after = await stat(file);
  expect([after.mtimeMs, after.ctimeMs, after.mode]).toEqual([before.mtimeMs, before.ctimeMs, before.mode]);
  expect((await stat(`${file}.cabid`)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).toBe('text');
});
