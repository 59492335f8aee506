import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SealFormat } from '../../../../src/protocol/seal-places.ts';
import { cutSeals } from '../../../support/cut-seal.ts';
import { listedSignatures, qpdfComplaints } from '../../../support/pdf-judges.ts';
import { libraryPdf } from '../../../support/pdf-samples.ts';
import type { TestSubscriber } from '../../../support/test-subscriber.ts';
import { startDrivenClient, type DrivenClient } from './driven-client.ts';
import { judgeByOpenssl } from './judge-by-openssl.ts';
import { createSignatureWorld, type SignatureWorld } from './signature-world.ts';
import { sealDocument, sealParams, type SealWishes } from './signing-scenes.ts';

let world: SignatureWorld;
let client: DrivenClient;
let subscriber: TestSubscriber;
let pdf: Uint8Array;
beforeAll(async () => {
  world = await createSignatureWorld();
  client = await startDrivenClient();
  subscriber = world.subscriber();
  pdf = await libraryPdf([{}, {}, {}]);
});
afterAll(async () => {
  await client.stop();
  world.close();
});

async function sealed(bytes: Uint8Array, wishes: SealWishes, by = subscriber): Promise<Buffer> {
  const params = sealParams(await client.send('bid.pdf', bytes), by, wishes);
  return client.fetch(await sealDocument(client, by, params));
}

async function verify(bytes: Uint8Array) {
  const file = await client.send('sealed.pdf', bytes);
  return client.call('verify', { file, trust: world.trust });
}

describe.each<[SealFormat, SealFormat]>([
  ['cms', 'ses'],
  ['ses', 'cms'],
  ['cms', 'cms'],
  ['ses', 'ses'],
])('a second seal, of another subscriber: %s, then %s', (first, second) => {
  let other: TestSubscriber;
  let once: Buffer;
  let twice: Buffer;
  beforeAll(async () => {
    other = world.subscriber();
    once = await sealed(pdf, { format: first, places: [{ kind: 'allPages', x: 200, y: 300 }] });
    twice = await sealed(
      once,
      { format: second, places: [{ kind: 'point', page: 1, x: 400, y: 300 }] },
      other,
    );
  });

  it('leaves the first one as it was', () => {
    expect(twice.subarray(0, once.length).equals(once)).toBe(true);
  });

  it('is sound to qpdf, and pdfsig sees both with their coverage', async () => {
    expect(await qpdfComplaints(twice)).toBe('');
    const listed = await listedSignatures(twice);
    expect(listed.map(({ coversWholeFile }) => coversWholeFile).toSorted()).toEqual([false, true]);
    expect(new Set(listed.map(({ fieldName }) => fieldName)).size).toBe(2);
  });

  it('holds beside the first one to openssl', async () => {
    const [cutFirst, cutSecond] = cutSeals(twice);
    const both = { isOverTheFile: true, isSignersOwn: true };
    expect(cutFirst && (await judgeByOpenssl(cutFirst, subscriber, first))).toEqual(both);
    expect(cutSecond && (await judgeByOpenssl(cutSecond, other, second))).toEqual(both);
    expect(cutSecond && (await judgeByOpenssl(cutSecond, subscriber, second))).toMatchObject({
      isSignersOwn: false,
    });
  });

  it('leaves the first one valid, and is valid', async () => {
    expect(await verify(twice)).toMatchObject({
      verdict: 'valid',
      signatures: [
        { verdict: 'valid', coverage: 'revision', pages: [1, 2, 3] },
        { verdict: 'valid', coverage: 'wholeFile', pages: [1] },
      ],
    });
  });

  it('is nothing that either of them survives a change of', async () => {
    const changed = Buffer.from(twice);
    changed.writeUInt8(changed.readUInt8(pdf.length - 200) ^ 1, pdf.length - 200);
    const report = await verify(changed);
    expect(report.signatures.map(({ verdict }) => verdict)).not.toContain('valid');
  });
});
