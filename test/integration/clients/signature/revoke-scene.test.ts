import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { assembleSealSignature } from '../../../../src/gm/seal-signature.ts';
import { sealFormats } from '../../../../src/protocol/seal-places.ts';
import { cutSeals } from '../../../support/cut-seal.ts';
import { appendRevision, handWrittenPdf, plainObjects } from '../../../support/pdf-samples.ts';
import { sealBytes } from '../../../support/pdf-seal.ts';
import { asn1Tree } from '../../../support/sm2-judges.ts';
import type { TestSubscriber } from '../../../support/test-subscriber.ts';
import { startDrivenClient, type DrivenClient } from './driven-client.ts';
import { createSignatureWorld, type SignatureWorld } from './signature-world.ts';
import {
  answerTo,
  revokeSeal,
  revokeParams,
  sealDocument,
  sealParams,
  type SealWishes,
} from './signing-scenes.ts';

let world: SignatureWorld;
let client: DrivenClient;
let subscriber: TestSubscriber;
let other: TestSubscriber;
beforeAll(async () => {
  world = await createSignatureWorld();
  client = await startDrivenClient();
  subscriber = world.subscriber();
  other = world.subscriber();
});
afterAll(async () => {
  await client.stop();
  world.close();
});

const pdf = handWrittenPdf(plainObjects);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function sealed(bytes: Uint8Array, by: TestSubscriber, wishes: SealWishes = {}): Promise<Buffer> {
  const file = await client.send('bid.pdf', bytes);
  return client.fetch(await sealDocument(client, by, sealParams(file, by, wishes)));
}

async function refusals(bytes: Uint8Array, by = subscriber) {
  const file = await client.send('bid.pdf', bytes);
  return {
    inspected: await client.refusal('revoke.inspect', { file }),
    prepared: await client.refusal('revoke.prepare', revokeParams(file, by)),
  };
}

describe('what is refused', () => {
  it.each(sealFormats)('another’s %s seal; whose it is, is told', async (format) => {
    const refused = await refusals(await sealed(pdf, other, { format }));
    expect(refused.inspected).toMatchObject({ signer: { serialNumber: other.pair.serial }, signatures: 1 });
    expect(refused.prepared).toBe('SEAL_NOT_YOURS');
  });

  it('one’s own seal under a later one of another', async () => {
    const twice = await sealed(await sealed(pdf, subscriber), other);
    expect((await refusals(twice)).prepared).toBe('SEAL_NOT_YOURS');
  });

  test.each([
    ['a page was changed', { 3: `${plainObjects[3]} ` }],
    ['something was added', { 50: '(later)' }],
  ])('a seal after which %s', async (_, objects) => {
    const file = appendRevision(await sealed(pdf, subscriber), objects);
    expect(await refusals(file)).toEqual({ inspected: 'SEAL_NOT_LAST', prepared: 'SEAL_NOT_LAST' });
  });

  test('a seal after which a single byte was added', async () => {
    const file = Buffer.concat([await sealed(pdf, subscriber), Buffer.from('%')]);
    expect(await refusals(file)).toEqual({ inspected: 'SEAL_NOT_LAST', prepared: 'SEAL_NOT_LAST' });
  });

  test('a document without a seal', async () => {
    expect(await refusals(pdf)).toEqual({ inspected: 'SEAL_NOT_FOUND', prepared: 'SEAL_NOT_FOUND' });
  });

  test.each([
    ['no PDF', 'DOCUMENT_NOT_PDF', Buffer.from('no PDF')],
    ['an empty file', 'DOCUMENT_EMPTY', new Uint8Array()],
    ['a PDF that is cut off', 'DOCUMENT_DAMAGED', pdf.subarray(0, 300)],
  ])('%s', async (_, code, bytes) => {
    expect(await refusals(bytes)).toEqual({ inspected: code, prepared: code });
  });

  it('a seal that holds no signature of anybody', async () => {
    const file = await client.send('bid.pdf', await sealBytes(pdf));
    const inspected = await client.call('revoke.inspect', { file });
    expect(inspected).toEqual({ keptSize: pdf.length, signatures: 1 });
    const prepared = await client.refusal('revoke.prepare', revokeParams(file, subscriber));
    expect(prepared).toBe('SEAL_NOT_YOURS');
  });

  it('another’s GB/T 38540 seal into which one’s own certificate was put', async () => {
    const theirs = await sealed(pdf, other, { format: 'ses' });
    const [{ range, contents } = { range: [0, 0, 0, 0], contents: new Uint8Array() }] = cutSeals(theirs);
    const [toSign, , , signature] = (await asn1Tree(contents)).children;
    const forged = assembleSealSignature({
      toBeSigned: toSign?.raw ?? contents,
      certificate: subscriber.pair.signing,
      signature: signature?.content.subarray(1) ?? contents,
    });
    const swapped = Buffer.from(theirs);
    const [, gap, after] = range;
    const digits = Buffer.from(forged)
      .toString('hex')
      .padEnd(after - gap - 2, '0');
    swapped.write(digits, gap + 1, 'latin1');
    expect((await refusals(swapped)).prepared).toBe('SEAL_NOT_YOURS');
  });

  it.each(sealFormats)('one’s own %s seal in a document that was changed before it', async (format) => {
    const file = await sealed(pdf, subscriber, { format });
    file.write('0.1 g', Buffer.from(pdf).indexOf('0.9 g'), 'latin1');
    expect((await refusals(file)).prepared).toBe('SEAL_NOT_YOURS');
  });
});

describe.each(sealFormats)('the revocation of a %s seal', (format) => {
  it('leaves the document as it was before, byte for byte', async () => {
    const file = await client.send('bid.pdf', await sealed(pdf, subscriber, { format }));
    const kept = await client.fetch(await revokeSeal(client, subscriber, revokeParams(file, subscriber)));
    expect(sha256(kept)).toBe(sha256(pdf));
  });

  it('of a document that ends without a line end leaves not a byte more', async () => {
    const bare = handWrittenPdf(plainObjects, { after: '' });
    const file = await client.send('bid.pdf', await sealed(bare, subscriber, { format }));
    const kept = await client.fetch(await revokeSeal(client, subscriber, revokeParams(file, subscriber)));
    expect(sha256(kept)).toBe(sha256(bare));
  });

  it('that is the second leaves the first valid, byte for byte', async () => {
    const once = await sealed(pdf, other);
    const file = await client.send('bid.pdf', await sealed(once, subscriber, { format }));
    const { keptSize, signatures } = await client.call('revoke.inspect', { file });
    expect({ keptSize, signatures }).toEqual({ keptSize: once.length, signatures: 2 });
    const kept = await revokeSeal(client, subscriber, revokeParams(file, subscriber));
    expect(sha256(await client.fetch(kept))).toBe(sha256(once));
    const report = await client.call('verify', { file: kept, trust: world.trust });
    expect(report).toMatchObject({ verdict: 'valid', signatures: [{ coverage: 'wholeFile' }] });
  });

  it('can be followed by that of the seal before it', async () => {
    const once = await sealed(pdf, subscriber);
    const twice = await client.send('bid.pdf', await sealed(once, subscriber, { format }));
    const first = await revokeSeal(client, subscriber, revokeParams(twice, subscriber));
    const second = await revokeSeal(client, subscriber, revokeParams(first, subscriber));
    expect(sha256(await client.fetch(second))).toBe(sha256(pdf));
    expect(await client.refusal('revoke.inspect', { file: second })).toBe('SEAL_NOT_FOUND');
  });

  it('leaves the sealed document alone, and gives the answer’s name, size and digest', async () => {
    const bytes = await sealed(pdf, subscriber, { format });
    const file = await client.send('bid.pdf', bytes);
    const params = revokeParams(file, subscriber);
    const { toBeSigned, signer } = await client.call('revoke.prepare', params);
    expect(signer.serialNumber).toBe(subscriber.pair.serial);
    const output = await client.call('revoke.complete', { ...params, ...answerTo(subscriber, toBeSigned) });
    const sm3 = createHash('sm3').update(pdf).digest('hex');
    expect(output).toEqual({ file: output.file, size: pdf.length, sm3 });
    expect(sha256(await client.fetch(file))).toBe(sha256(bytes));
  });
});

it('a broken signature elsewhere in the document keeps nobody from revoking his own seal', async () => {
  const broken = handWrittenPdf({
    ...plainObjects,
    1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [5 0 R] /SigFlags 3>>>>',
    5: '<</FT /Sig /T (Broken) /V 6 0 R>>',
    6: '<</Type /Sig /Filter /A /SubFilter /adbe.pkcs7.detached /ByteRange [0 9 99 1] /Contents <00>>>',
  });
  const file = await client.send('bid.pdf', await sealed(broken, subscriber));
  expect(await client.call('revoke.inspect', { file })).toMatchObject({
    signer: { serialNumber: subscriber.pair.serial },
  });
  const kept = await revokeSeal(client, subscriber, revokeParams(file, subscriber));
  expect(sha256(await client.fetch(kept))).toBe(sha256(broken));
});
