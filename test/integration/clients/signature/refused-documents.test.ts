import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { issueRootCertificate } from '../../../../src/gm/certificate-builder.ts';
import { createSeal } from '../../../../src/gm/seal-builder.ts';
import { generateSm2KeyPair } from '../../../../src/gm/sm2.ts';
import type { SealPlace } from '../../../../src/protocol/seal-places.ts';
import { rewriteWithQpdf } from '../../../support/pdf-judges.ts';
import { handWrittenPdf, plainObjects, sealPicture } from '../../../support/pdf-samples.ts';
import type { TestSubscriber } from '../../../support/test-subscriber.ts';
import { startDrivenClient, type DrivenClient } from './driven-client.ts';
import { createSignatureWorld, type SignatureWorld } from './signature-world.ts';
import { messageParams, sealParams } from './signing-scenes.ts';

let world: SignatureWorld;
let client: DrivenClient;
let subscriber: TestSubscriber;
beforeAll(async () => {
  world = await createSignatureWorld();
  client = await startDrivenClient();
  subscriber = world.subscriber();
});
afterAll(async () => {
  await client.stop();
  world.close();
});

const plain = handWrittenPdf(plainObjects);

describe('a document that cannot be sealed', () => {
  const certification =
    '<</Type /Sig /Filter /A /Reference [<</TransformMethod /DocMDP /TransformParams <</P 1>>>>]>>';
  const xfa = '<</Fields [] /XFA 5 0 R>>';
  const encrypt = ['--encrypt', '', 'secret', '256', '--'];

  test.each<[string, string, Uint8Array | (() => Promise<Uint8Array>)]>([
    ['no PDF', 'DOCUMENT_NOT_PDF', Buffer.from('PK\u0003\u0004 a bid, but a zip')],
    ['an empty file', 'DOCUMENT_EMPTY', new Uint8Array()],
    ['an encrypted PDF', 'DOCUMENT_ENCRYPTED', () => rewriteWithQpdf(plain, ...encrypt)],
    ['a PDF cut off in the middle', 'DOCUMENT_DAMAGED', plain.subarray(0, plain.length / 2)],
    ['a PDF without its last byte but one of the end', 'DOCUMENT_DAMAGED', plain.subarray(0, -3)],
    [
      'an XFA form',
      'DOCUMENT_UNSUPPORTED',
      handWrittenPdf({
        ...plainObjects,
        1: `<</Type /Catalog /Pages 2 0 R /AcroForm ${xfa}>>`,
        5: { dictionary: '', data: '<xdp/>' },
      }),
    ],
  ])('%s', async (_, code, pdf) => {
    const file = await client.send('bid.pdf', pdf instanceof Uint8Array ? pdf : await pdf());
    expect(await client.refusal('seal.inspect', { file })).toBe(code);
    expect(await client.refusal('seal.prepare', sealParams(file, subscriber))).toBe(code);
  });

  test('a PDF that its author certified against every change', async () => {
    const pdf = handWrittenPdf({
      ...plainObjects,
      1: '<</Type /Catalog /Pages 2 0 R /Perms <</DocMDP 5 0 R>>>>',
      5: certification,
    });
    const params = sealParams(await client.send('bid.pdf', pdf), subscriber);
    expect(await client.refusal('seal.prepare', params)).toBe('DOCUMENT_LOCKED');
  });

  test('an empty file as a message', async () => {
    const params = messageParams(await client.send('bid.txt', new Uint8Array()), subscriber);
    expect(await client.refusal('message.prepare', params)).toBe('DOCUMENT_EMPTY');
  });

  test('a file that is not there', async () => {
    const params = sealParams('A'.repeat(22), subscriber);
    expect(await client.refusal('seal.prepare', params)).toBe('FILE_UNKNOWN');
  });
});

describe('a place where no seal can be', () => {
  test.each<[string, SealPlace]>([
    ['over the left edge', { kind: 'point', page: 1, x: 10, y: 400 }],
    ['above the page', { kind: 'point', page: 1, x: 300, y: 2_000 }],
    ['on a page that does not exist', { kind: 'point', page: 2, x: 300, y: 400 }],
    ['outside on all pages', { kind: 'allPages', x: 590, y: 400 }],
    ['across the edge of pages that do not exist', { kind: 'seam', y: 400, firstPage: 1, lastPage: 3 }],
  ])('%s', async (_, place) => {
    const params = sealParams(await client.send('bid.pdf', plain), subscriber, { places: [place] });
    expect(await client.refusal('seal.prepare', params)).toBe('SEAL_PLACE_OUTSIDE');
  });
});

describe('a seal that cannot be used', () => {
  const prepareWith = async (seal: Uint8Array | undefined) => {
    const file = await client.send('bid.pdf', plain);
    return client.refusal('seal.prepare', sealParams(file, subscriber, { ...(seal && { seal }) }));
  };
  const ofSubscriber = (defect: 'expired' | 'otherHolder' | 'alteredPicture', index = 0) =>
    world.authority.issueSeals(
      { organisation: '湛江测试建设有限公司', holder: subscriber.pair.signing },
      defect,
    )[index]?.seal;

  test.each([0, 1])('one that is expired (%#)', async (index) => {
    expect(await prepareWith(ofSubscriber('expired', index))).toBe('SEAL_UNUSABLE');
  });

  test.each([0, 1])('one of another certificate (%#)', async (index) => {
    expect(await prepareWith(ofSubscriber('otherHolder', index))).toBe('SEAL_UNUSABLE');
  });

  test.each([0, 1])('one whose picture is not the one that its maker signed (%#)', async (index) => {
    expect(await prepareWith(ofSubscriber('alteredPicture', index))).toBe('SEAL_UNUSABLE');
  });

  test.each([
    ['that is no DER', Uint8Array.of(1, 2, 3)],
    ['that is DER of something else', Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x04)],
    ['that is a certificate', undefined],
  ])('one %s', async (_, seal) => {
    expect(await prepareWith(seal ?? subscriber.pair.signing)).toBe('SEAL_UNUSABLE');
  });

  test('one that is cut off', async () => {
    expect(await prepareWith(subscriber.seals[0]?.seal.subarray(0, -1))).toBe('SEAL_UNUSABLE');
  });

  test.each([
    ['of a kind that a PDF does not show', 'gif', sealPicture()],
    ['that is no PNG whatever its name', 'png', Buffer.from('GIF89a, honestly')],
    ['that is cut off', 'png', sealPicture().subarray(0, 100)],
    ['that is no JPEG whatever its name', 'jpg', sealPicture()],
  ])('one with a picture %s', async (_, type, data) => {
    const seal = sealWith({ type, data });
    expect(await prepareWith(seal)).toBe('SEAL_PICTURE_UNSUPPORTED');
  });

  function sealWith(picture: { readonly type: string; readonly data: Uint8Array }): Uint8Array {
    const { privateKey } = generateSm2KeyPair();
    const [validFrom, validTo] = [new Date(Date.now() - 86_400_000), new Date(Date.now() + 86_400_000)];
    const certificate = issueRootCertificate({
      subject: { commonName: '制章人 TEST' },
      privateKey,
      notBefore: validFrom,
      notAfter: validTo,
    });
    return createSeal(
      {
        sealId: 'TEST-1',
        vendorId: 'TEST',
        name: '测试章 TEST',
        type: 1,
        createdAt: validFrom,
        validFrom,
        validTo,
        picture: { ...picture, widthMm: 40, heightMm: 40 },
        holders: { certificates: [subscriber.pair.signing] },
      },
      { certificate, privateKey },
    );
  }
});

it('what was refused leaves the document as it was and no other file', async () => {
  const own = await startDrivenClient();
  try {
    const file = await own.send('bid.pdf', plain);
    const params = sealParams(file, subscriber, { places: [{ kind: 'point', page: 9, x: 300, y: 400 }] });
    expect(await own.refusal('seal.prepare', params)).toBe('SEAL_PLACE_OUTSIDE');
    expect(await own.stored()).toEqual([file]);
    const sm3 = (bytes: Uint8Array) => createHash('sm3').update(bytes).digest('hex');
    expect(sm3(await own.fetch(file))).toBe(sm3(plain));
  } finally {
    await own.stop();
  }
});
