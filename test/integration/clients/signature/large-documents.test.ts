import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SealFormat } from '../../../../src/protocol/seal-places.ts';
import { cutSeals } from '../../../support/cut-seal.ts';
import { asn1At, asn1Tree, cutSigner } from '../../../support/sm2-judges.ts';
import { driveClient } from './driven-client.ts';
import { createSignatureWorld, type SignatureWorld } from './signature-world.ts';
import { revokeSeal, revokeParams, sealDocument, sealParams } from './signing-scenes.ts';

let world: SignatureWorld;
beforeAll(async () => {
  world = await createSignatureWorld();
});
afterAll(() => world.close());

const megabyte = 2 ** 20;

/** One page, and an attachment of so many MiB that is made as it is sent. */
function largePdf(megabytes: number) {
  const objects = [
    '<</Type /Catalog /Pages 2 0 R>>',
    '<</Type /Pages /Count 1 /Kids [3 0 R]>>',
    '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>>>>',
    `<</Length ${megabytes * megabyte}>>\nstream\n`,
  ];
  let head = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = head.length;
    head += `${index + 1} 0 obj\n${object}${object.endsWith('\n') ? '' : '\nendobj\n'}`;
    return String(offset).padStart(10, '0');
  });
  const afterAttachment = '\nendstream\nendobj\n';
  const tableAt = head.length + megabytes * megabyte + afterAttachment.length;
  const table = `xref\n0 5\n0000000000 65535 f \n${offsets.map((offset) => `${offset} 00000 n \n`).join('')}`;
  const tail = `${afterAttachment}${table}trailer\n<</Size 5 /Root 1 0 R>>\nstartxref\n${tableAt}\n%%EOF\n`;
  const piece = randomBytes(megabyte);
  const digest = createHash('sha256');
  const pieces = function* () {
    yield Buffer.from(head);
    for (let count = 0; count < megabytes; count += 1) yield piece;
    yield Buffer.from(tail);
  };
  const hashed = function* () {
    for (const part of pieces()) {
      digest.update(part);
      yield part;
    }
  };
  return {
    size: head.length + megabytes * megabyte + tail.length,
    body: Readable.from(hashed(), { objectMode: false, highWaterMark: megabyte }),
    /** SHA-256 of what was sent. */
    sent: () => digest.digest('hex'),
  };
}

test.each<[number, SealFormat]>([
  [500, 'cms'],
  [100, 'ses'],
])(
  'a PDF of %i MiB gets a %s seal, which is valid and over the whole, within 256 MiB of memory',
  async (megabytes, format) => {
    const client = await driveClient();
    const subscriber = world.subscriber();
    const { size, body, sent } = largePdf(megabytes);
    const file = await client.sendStream('bid.pdf', size, body);
    const sealed = await sealDocument(client, subscriber, sealParams(file, subscriber, { format }));
    const report = await client.call('verify', { file: sealed, trust: world.trust });
    expect(report).toMatchObject({ verdict: 'valid', signatures: [{ coverage: 'wholeFile' }] });

    const digest = createHash('sm3');
    const kept = createHash('sha256');
    const appended: Buffer[] = [];
    let received = 0;
    await client.fetchStream(sealed, (chunk) => {
      const old = chunk.subarray(0, Math.max(0, size - received));
      received += chunk.length;
      digest.update(old);
      kept.update(old);
      appended.push(chunk.subarray(old.length));
    });
    expect(kept.digest('hex')).toBe(sent());
    const appendix = Buffer.concat(appended);
    const { before, after, contents } = appendedSeal(appendix);
    const claimed =
      format === 'cms'
        ? (await cutSigner(contents)).messageDigest
        : Buffer.from(asn1At(await asn1Tree(contents), 0, 3).content.subarray(1)).toString('hex');
    expect(digest.update(before).update(after).digest('hex')).toBe(claimed);
    expect(await client.peakMemory()).toBeLessThan(256);
  },
  120_000,
);

/** The seal of an appendix alone, whose /ByteRange counts from the beginning of the file that is not here. */
function appendedSeal(appendix: Buffer) {
  const text = appendix.toString('latin1');
  const gap = text.indexOf('/Contents <') + '/Contents '.length;
  const gapEnd = text.indexOf('>', gap) + 1;
  const alone = text.replace(/\/ByteRange \[[\d ]+\]/, (range) =>
    `/ByteRange [0 ${gap} ${gapEnd} ${text.length - gapEnd}]`.padEnd(range.length),
  );
  const [cut] = cutSeals(Buffer.from(alone, 'latin1'));
  return {
    before: appendix.subarray(0, gap),
    after: appendix.subarray(gapEnd),
    contents: cut?.contents ?? new Uint8Array(),
  };
}

test('the seal of a large PDF is revoked within the same memory', async () => {
  const client = await driveClient();
  const subscriber = world.subscriber();
  const { size, body } = largePdf(100);
  const file = await client.sendStream('bid.pdf', size, body);
  const sealed = await sealDocument(client, subscriber, sealParams(file, subscriber));
  const kept = await revokeSeal(client, subscriber, revokeParams(sealed, subscriber));
  const [before, after] = [
    await client.call('file.close', { file }),
    await client.call('file.open', { file: kept }),
  ];
  expect(after).toMatchObject({ size: before.size, sm3: before.sm3 });
  expect(await client.peakMemory()).toBeLessThan(256);
}, 60_000);
