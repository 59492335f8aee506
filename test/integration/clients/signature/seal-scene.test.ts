import type { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealFormats, type SealFormat, type SealPlace } from '../../../../src/protocol/seal-places.ts';
import { cutSeals } from '../../../support/cut-seal.ts';
import {
  listedSignatures,
  qpdfComplaints,
  renderPage,
  rewriteWithQpdf,
} from '../../../support/pdf-judges.ts';
import { libraryPdf } from '../../../support/pdf-samples.ts';
import { asn1At, asn1Tree, opensslSm2Holds } from '../../../support/sm2-judges.ts';
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

async function sealed(bytes: Uint8Array, wishes: SealWishes): Promise<Buffer> {
  const params = sealParams(await client.send('bid.pdf', bytes), subscriber, {
    trust: world.trust,
    ...wishes,
  });
  return client.fetch(await sealDocument(client, subscriber, params));
}

async function verify(bytes: Uint8Array) {
  const file = await client.send('sealed.pdf', bytes);
  const report = await client.call('verify', { file, trust: world.trust });
  await client.call('file.drop', { file });
  return report;
}

const places: readonly [string, readonly SealPlace[], readonly number[]][] = [
  ['at a point', [{ kind: 'point', page: 2, x: 200, y: 500 }], [2]],
  [
    'at several points',
    [
      { kind: 'point', page: 1, x: 150, y: 200 },
      { kind: 'point', page: 3, x: 420, y: 700 },
      { kind: 'point', page: 3, x: 150, y: 200 },
    ],
    [1, 3],
  ],
  ['on all pages', [{ kind: 'allPages', x: 300, y: 600 }], [1, 2, 3]],
  ['across the edge', [{ kind: 'seam', y: 420 }], [1, 2, 3]],
  ['across the edge of some pages', [{ kind: 'seam', y: 420, firstPage: 2, lastPage: 3 }], [2, 3]],
];

describe.each(sealFormats)('a %s seal', (format) => {
  describe.each(places)('%s', (_, at, pages) => {
    let file: Buffer;
    beforeAll(async () => {
      file = await sealed(pdf, { format, places: at });
    });

    it('leaves the document as it was, and adds to its end', () => {
      expect(file.subarray(0, pdf.length).equals(pdf)).toBe(true);
    });

    it('is a sound PDF to qpdf', async () => {
      expect(await qpdfComplaints(file)).toBe('');
    });

    it('is one signature over the whole file to pdfsig', async () => {
      // Poppler names the kinds that it can read alone.
      const subFilter = format === 'cms' ? 'adbe.pkcs7.detached' : 'unknown';
      expect(await listedSignatures(file)).toMatchObject([{ subFilter, coversWholeFile: true }]);
    });

    it('is over the file’s digest and signed by its holder to openssl', async () => {
      const cuts = cutSeals(file);
      expect(await Promise.all(cuts.map((cut) => judgeByOpenssl(cut, subscriber, format)))).toEqual([
        { isOverTheFile: true, isSignersOwn: true },
      ]);
    });

    it('is seen on its pages and on no other', async () => {
      const inked = [];
      for (const page of [1, 2, 3]) if (inkOf(await renderPage(file, page)) > 100) inked.push(page);
      expect(inked).toEqual(pages);
    });

    it('is valid', async () => {
      expect(await verify(file)).toMatchObject({
        kind: 'pdf',
        verdict: 'valid',
        signatures: [{ kind: format === 'cms' ? 'cms' : 'seal', coverage: 'wholeFile', pages }],
      });
    });
  });

  it('is the same to the byte when a client that was started again completes it', async () => {
    const signingTime = Math.floor(Date.now() / 1_000) * 1_000;
    const params = sealParams(await client.send('bid.pdf', pdf), subscriber, { format, signingTime });
    const first = await client.call('seal.prepare', params);
    const other = await startDrivenClient();
    try {
      const again = { ...params, file: await other.send('bid.pdf', pdf) };
      expect(await other.call('seal.prepare', again)).toEqual(first);
    } finally {
      await other.stop();
    }
  });

  it.each([
    ['with cross-reference streams', () => libraryPdf([{}, {}], { useObjectStreams: true })],
    ['that is linearized', async () => rewriteWithQpdf(await libraryPdf([{}, {}]), '--linearize')],
    [
      'whose page is turned',
      () =>
        libraryPdf([
          { rotation: 90, width: 842, height: 595 },
          { rotation: 270, width: 842, height: 595 },
        ]),
    ],
  ])('in a document %s is sound and valid', async (_, make) => {
    const file = await sealed(await make(), { format, places: [{ kind: 'allPages', x: 250, y: 300 }] });
    expect(await qpdfComplaints(file)).toBe('');
    expect(await listedSignatures(file)).toMatchObject([{ coversWholeFile: true }]);
    expect(await verify(file)).toMatchObject({ verdict: 'valid', signatures: [{ pages: [1, 2] }] });
  });

  it('is trusted by who knows the root alone as far as it brings its issuers along', async () => {
    const file = await client.send('sealed.pdf', await sealed(pdf, { format }));
    const { verdict } = await client.call('verify', { file, trust: world.rootTrust });
    // A GB/T 38540 seal has no room for them.
    expect(verdict).toBe(format === 'cms' ? 'validWithWarnings' : 'invalid');
  });

  it('that is the legal person’s, which lists its holder by digest, is valid', async () => {
    const own = subscriber.seals[1]?.seal;
    const file = await sealed(pdf, { format, ...(own && { seal: own }) });
    expect((await verify(file)).verdict).toBe('valid');
  });

  it('with one bit turned over anywhere is not valid', async () => {
    const file = await sealed(pdf, { format });
    const [{ range, contents } = { range: [0, 0, 0, 0], contents: new Uint8Array() }] = cutSeals(file);
    const [, gap, after] = range;
    const stride = (from: number, to: number, count: number) =>
      Array.from({ length: count }, (_, index) => Math.floor(from + ((to - from) * (index + 0.5)) / count));
    const offsets = [
      ...stride(0, pdf.length, 12),
      ...stride(pdf.length, gap, 12),
      ...(await relevantOffsets(contents, format)).map((offset) => gap + 1 + 2 * offset),
      ...stride(after, file.length, 12),
      file.length - 1,
    ];
    expect((await verify(file)).verdict).toBe('valid');
    const valid: number[] = [];
    for (const offset of offsets) {
      const changed = Buffer.from(file);
      changed.writeUInt8(changed.readUInt8(offset) ^ 1, offset);
      if ((await verify(changed)).verdict.startsWith('valid')) valid.push(offset);
    }
    expect(valid).toEqual([]);
  });
});

/** Where a signature must not be changed: an issuer's certificate beside it is nothing that it vouches for. */
async function relevantOffsets(contents: Uint8Array, format: SealFormat): Promise<number[]> {
  const root = await asn1Tree(contents);
  const signedData = format === 'cms' ? asn1At(root, 1, 0) : root;
  const parts =
    format === 'cms' ? [asn1At(signedData, 3, 0), ...asn1At(signedData, -1, 0).children] : root.children;
  return parts.flatMap(({ raw }) => {
    const start = raw.byteOffset - contents.byteOffset;
    return [start, start + Math.floor(raw.length / 2), start + raw.length - 1];
  });
}

/** Pixels in the seals' red. */
function inkOf({ data }: PNG): number {
  let count = 0;
  for (let index = 0; index < data.length; index += 4) {
    const [red = 0, green = 0, blue = 0] = data.subarray(index, index + 3);
    if (red > 150 && green < 110 && blue < 110) count += 1;
  }
  return count;
}

it('a SES_Signature is built as GB/T 38540 says, to openssl asn1parse', async () => {
  const file = await sealed(pdf, { format: 'ses' });
  const [{ contents } = { contents: new Uint8Array() }] = cutSeals(file);
  const root = await asn1Tree(contents);
  const tags = (...path: number[]) => asn1At(root, ...path).children.map(({ tag }) => tag);
  const [sequence, octets, object, bits] = ['SEQUENCE', 'OCTET STRING', 'OBJECT', 'BIT STRING'];
  const [integer, text, time] = ['INTEGER', 'IA5STRING', 'GENERALIZEDTIME'];
  expect(tags()).toEqual([sequence, octets, object, bits]);
  expect(asn1At(root, 2).value).toBe('SM2-with-SM3');
  const toSign = 0;
  expect(tags(toSign)).toEqual([integer, sequence, time, bits, text]);
  expect(asn1At(root, toSign, 0).value).toBe('04');
  const eseal = [toSign, 1];
  expect(Buffer.from(asn1At(root, ...eseal).raw).equals(subscriber.seals[0]?.seal ?? Buffer.alloc(0))).toBe(
    true,
  );
  expect(tags(...eseal)).toEqual([sequence, octets, object, bits]);
  expect(tags(...eseal, 0)).toEqual([sequence, text, sequence, sequence]);
  expect(tags(...eseal, 0, 0)).toEqual([text, integer, text]);
  expect(asn1At(root, ...eseal, 0, 0, 0).value).toBe('ES');
  expect(asn1At(root, ...eseal, 0, 0, 1).value).toBe('04');
  expect(tags(...eseal, 0, 2)).toEqual([integer, 'UTF8STRING', integer, sequence, time, time, time]);
  expect(tags(...eseal, 0, 3)).toEqual([text, octets, integer, integer]);
  const [maker, , makersSignature] = asn1At(root, ...eseal).children.slice(1);
  const info = asn1At(root, ...eseal, 0).raw;
  const signature = makersSignature?.content.subarray(1) ?? new Uint8Array();
  expect(await opensslSm2Holds(maker?.content ?? new Uint8Array(), info, signature)).toBe(true);
});
