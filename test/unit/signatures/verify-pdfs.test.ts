import * as v from 'valibot';
import { describe, expect, it, test, vi } from 'vitest';
import {
  encode,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSetOf,
  encodeUnsignedInteger,
} from '../../../src/gm/der-encode.ts';
import { contextTag } from '../../../src/gm/der.ts';
import { oid } from '../../../src/gm/object-identifiers.ts';
import { createSignedData } from '../../../src/gm/signed-data-builder.ts';
import { sm3 } from '../../../src/gm/sm3.ts';
import { concatBytes, utf8 } from '../../../src/lib/bytes.ts';
import { memorySource, type ByteSource } from '../../../src/lib/byte-source.ts';
import { verificationReportSchema, type VerificationReport } from '../../../src/protocol/verification.ts';
import { verifyDocument } from '../../../src/signatures/verify-document.ts';
import { hostilePdfs } from '../../fixtures/hostile-pdfs.ts';
import {
  appendRevision,
  fieldObjects,
  handWrittenPdf,
  plainObjects,
  replaceInPdf,
  signPlaceholders,
} from '../../support/pdf-samples.ts';
import { sealBytes, sealerWith, sm2Sealer } from '../../support/pdf-seal.ts';
import { issueRoot, issueSubscriber, moment } from '../gm/test-pki.ts';
import { holder, makeSealSignature, sealIssuer, toBeSealed } from '../gm/test-seals.ts';
import { codesOf, trusting, verify } from './trusted-world.ts';

// Other programs may need the processors at the same time.
vi.setConfig({ testTimeout: 60_000 });

const plain = handWrittenPdf(plainObjects);
const sign = sm2Sealer(holder);
const sealWithGm = sealerWith((content) => makeSealSignature(toBeSealed({ dataHash: sm3(content) })));
const gm = { subFilter: 'GM.sm2seal', contentsBytes: 8192 } as const;

const signed = await sign(plain);
const sealed = await sealWithGm(plain, gm);
const verdictsOf = (report: VerificationReport) => report.signatures.map(({ verdict }) => verdict);

/** The PDF with the byte where `text` begins altered. */
function altered(pdf: Uint8Array, text: string): Uint8Array {
  const copy = pdf.slice();
  const at = Buffer.from(pdf).indexOf(text);
  if (at === -1) throw new Error(`no ${text}`);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

const signMessage = (content: Uint8Array) =>
  createSignedData({
    content,
    form: 'detached',
    signer: holder,
    signedAttributes: { signingTime: moment },
    flavour: 'pkcs7',
  });

/** What a later revision may do with a warning; everything else makes what it follows invalid, or cannot be told. */
const remarkable: ReadonlySet<string> = new Set([
  'signatureAdded',
  'sealMarkAdded',
  'validationDataAdded',
  'metadataChanged',
  'formFilled',
  'annotationAdded',
  'annotationChanged',
  'annotationRemoved',
]);

describe('a hostile or broken PDF', () => {
  test.each(hostilePdfs)('is reported, and never valid: $kind', async ({ build, outcome }) => {
    const report = await verify(await build(signMessage));
    const mayWarn = 'changes' in outcome && outcome.changes.every((change) => remarkable.has(change));
    expect(['invalid', 'cannotTell', ...(mayWarn ? ['validWithWarnings'] : [])]).toContain(report.verdict);
    expect(codesOf(report)).not.toEqual([]);
    expect(v.is(verificationReportSchema, report)).toBe(true);
  });

  it('of which there are sixty', () => {
    expect(hostilePdfs.length).toBeGreaterThanOrEqual(60);
  });
});

describe('a PDF that was tampered with', () => {
  test.each<[string, Uint8Array]>([
    ['a message', signed],
    ['a GB/T 38540 seal', sealed],
  ])('is invalid with one byte of its page altered, sealed with %s', async (_, pdf) => {
    const report = await verify(altered(pdf, '0.9 g 100'));
    expect(report.verdict).toBe('invalid');
    expect(codesOf(report)).toContain('digestMismatch');
  });

  test.each<[string, string]>([
    ['another place of the seal', '/Rect ['],
    ['another time', '/M ('],
    ['another name', '/Name'],
  ])('is not valid with %s', async (_, text) => {
    expect(['invalid', 'cannotTell']).toContain((await verify(altered(signed, text))).verdict);
  });

  test.each<[string, Record<number, string | { dictionary: string; data: string }>, string]>([
    ['what a page draws', { 4: { dictionary: '', data: '0.1 g 0 0 595 842 re f' } }, 'changedAfterOnPage'],
    [
      'the page itself',
      { 3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Resources <<>> /Contents 4 0 R>>' },
      'changedAfterOnPage',
    ],
    ['the list of pages', { 2: '<</Type /Pages /Count 2 /Kids [3 0 R 3 0 R]>>' }, 'changedAfterOnPage'],
  ])('is invalid when a later revision alters %s', async (_, objects, code) => {
    const report = await verify(appendRevision(signed, objects));
    expect(report.verdict).toBe('invalid');
    expect(codesOf(report)).toContain(code);
    expect(report.signatures[0]).toMatchObject({ coverage: 'revision' });
  });

  it('is invalid with bytes after its end', async () => {
    const report = await verify(concatBytes(signed, utf8('hidden')));
    expect(report.verdict).toBe('invalid');
    expect(codesOf(report)).toContain('changedAfterOtherwise');
  });

  test.each<[string, RegExp, string, string]>([
    ['does not begin at the start', /\/ByteRange \[0 /, '/ByteRange [9 ', 'byteRangeNotFromStart'],
    ['goes beyond the end', /(\/ByteRange \[0 \d+ +\d+ +)\d{3}/, '$1999', 'byteRangeOutsideFile'],
    ['leaves out more than the signature', /(\/ByteRange \[0 )\d{3}/, '$1100', 'byteRangeGap'],
  ])('is invalid when the signed range %s', async (_, replaced, replacement, code) => {
    const report = await verify(replaceInPdf(signed, replaced, replacement));
    expect(report.verdict).toBe('invalid');
    expect(codesOf(report)).toContain(code);
  });

  it('is invalid with something hidden behind the signature', async () => {
    const report = await verify(replaceInPdf(signed, /00000000>>>/, '00000001>>>'));
    expect(report.verdict).toBe('invalid');
    expect(codesOf(report)).toContain('byteRangeGap');
  });

  it('is invalid when its signature is another file’s', async () => {
    const other = await sign(handWrittenPdf({ ...plainObjects, 5: '<</Other true>>' }));
    const contents = /\/Contents <([0-9a-f]+)>/.exec(Buffer.from(other).toString('latin1'))?.[1] ?? '';
    const report = await verify(replaceInPdf(signed, /\/Contents <[0-9a-f]+>/, `/Contents <${contents}>`));
    expect(report.verdict).toBe('invalid');
    expect(codesOf(report)).toContain('digestMismatch');
  });

  it('is invalid where two fields show one signature', async () => {
    const pdf = signPlaceholders(
      appendRevision(plain, {
        1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</SigFlags 3 /Fields [20 0 R 22 0 R]>>>>',
        ...fieldObjects('a'),
        ...fieldObjects('b', 22, 21),
      }),
      signMessage,
    );
    const report = await verify(pdf);
    expect(report.verdict).toBe('invalid');
    expect(codesOf(report)).toContain('signatureFieldAmbiguous');
  });
});

describe('a PDF whose signer is not to be trusted', () => {
  test.each<[string, ReturnType<typeof issueSubscriber>, string]>([
    ['of an unknown authority', issueSubscriber(issueRoot({ commonName: '另一个根' })), 'chainUntrusted'],
    ['for encryption', issueSubscriber(sealIssuer, 'encryption'), 'wrongKeyUsage'],
    [
      'that had expired',
      issueSubscriber(sealIssuer, 'signing', { notAfter: new Date('2026-06-01T00:00:00Z') }),
      'certificateExpiredAtSigning',
    ],
  ])('is invalid, sealed with a certificate %s', async (_, signer, code) => {
    const report = await verify(await sm2Sealer(signer)(plain));
    expect(report.verdict).toBe('invalid');
    expect(codesOf(report)).toContain(code);
  });

  it('cannot be told without anchors', async () => {
    expect((await verify(signed, { anchors: [] })).verdict).toBe('cannotTell');
  });
});

describe('a PDF that cannot be judged', () => {
  test.each<[string, Uint8Array, string]>([
    ['without signatures', plain, 'nothingSigned'],
    ['that is cut off', signed.subarray(0, signed.length - 40), 'fileDamaged'],
    ['of its header alone', utf8('%PDF-1.7\n'), 'fileDamaged'],
    [
      'that is encrypted',
      handWrittenPdf(plainObjects, { trailer: '/Encrypt <</Filter /Standard>>' }),
      'fileEncrypted',
    ],
    [
      'with an XFA form',
      handWrittenPdf({
        ...plainObjects,
        1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</XFA (x) /Fields []>>>>',
      }),
      'fileUnsupported',
    ],
  ])('%s says so', async (_, pdf, code) => {
    const report = await verify(pdf);
    expect(report).toMatchObject({ kind: 'pdf', verdict: 'cannotTell' });
    expect(codesOf(report)).toContain(code);
  });

  it('of another kind of signature says so', async () => {
    const report = await verify(replaceInPdf(signed, 'adbe.pkcs7.detached', 'xdbe.pkcs7.detached'));
    expect(report.verdict).toBe('cannotTell');
    expect(codesOf(report)).toContain('signatureFormatUnsupported');
  });

  it('of RSA is no forgery for that', async () => {
    const report = await verify(await sealerWith(() => rsaMessage())(plain));
    expect(report.verdict).toBe('cannotTell');
    expect(codesOf(report)).toContain('algorithmUnsupported');
  });

  it('of no signature where one should be is invalid', async () => {
    expect(codesOf(await verify(await sealBytes(plain, gm)))).toContain('signatureMalformed');
  });
});

describe('a PDF that is sound', () => {
  it('sealed with a message names signer, time, page and coverage', async () => {
    const report = await verify(signed);
    expect(report).toMatchObject({
      kind: 'pdf',
      verdict: 'valid',
      signatures: [
        {
          kind: 'cms',
          verdict: 'valid',
          coverage: 'wholeFile',
          pages: [1],
          signer: { organization: '湛江某建设有限公司' },
          signedAt: '2026-07-01T07:59:00.000Z',
        },
      ],
    });
    expect(codesOf(report)).toEqual(['signedTimeIsSignersWord']);
    expect(v.is(verificationReportSchema, report)).toBe(true);
  });

  it('sealed by GB/T 38540 names the seal', async () => {
    const report = await verify(sealed);
    expect(report).toMatchObject({
      verdict: 'valid',
      signatures: [{ kind: 'seal', coverage: 'wholeFile', seal: { name: '湛江某建设有限公司公章' } }],
    });
  });

  it('keeps its first seal valid when another is added', async () => {
    const report = await verify(await sealWithGm(signed, gm));
    expect(verdictsOf(report)).toEqual(['valid', 'valid']);
    expect(report.signatures[0]).toMatchObject({
      coverage: 'revision',
      changes: [{ kind: 'seal', page: 1 }],
    });
    expect(codesOf(report)).toContain('changedAfterBySeal');
  });

  it('warns when an annotation was added afterwards', async () => {
    const page = /3 0 obj\n<<([^\n]*)>>\nendobj/g;
    const [, entries = ''] = [...Buffer.from(signed).toString('latin1').matchAll(page)].at(-1) ?? [];
    const annots = /\/Annots \[([^\]]*)\]/.exec(entries)?.[1] ?? '';
    const report = await verify(
      appendRevision(signed, {
        3: `<<${entries.replace(/\/Annots \[[^\]]*\]/, `/Annots [${annots} 900 0 R]`)}>>`,
        900: '<</Type /Annot /Subtype /Text /Rect [1 1 20 20] /Contents (note) /P 3 0 R>>',
      }),
    );
    expect(codesOf(report)).toContain('changedAfterByAnnotation');
    expect(report.verdict).toBe('validWithWarnings');
  });

  it('judges each signature by itself', async () => {
    const untrusted = issueSubscriber(issueRoot({ commonName: '另一个根' }));
    const report = await verify(await sm2Sealer(untrusted)(signed));
    expect(verdictsOf(report)).toEqual(['valid', 'invalid']);
    expect(report.verdict).toBe('invalid');
  });

  it('is read in pieces of a megabyte at most, and told how far', async () => {
    const large = await sign(
      handWrittenPdf({ ...plainObjects, 5: { dictionary: '', data: 'x'.repeat(5_000_000) } }),
    );
    let longest = 0;
    const source: ByteSource = {
      size: large.length,
      read: (offset, length) => {
        longest = Math.max(longest, length);
        return memorySource(large).read(offset, length);
      },
    };
    const steps: number[] = [];
    const report = await verifyDocument(source, { ...trusting, onProgress: (done) => steps.push(done) });
    expect(report.verdict).toBe('valid');
    expect(longest).toBeLessThanOrEqual(2 ** 20);
    expect(steps.length).toBeGreaterThan(4);
    expect(steps).toEqual(steps.toSorted((left, right) => left - right));
  });

  it('is not read on once nobody waits', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const reading = verify(signed, { signal: stop.signal, onProgress: () => stop.abort(reason) });
    await expect(reading).rejects.toBe(reason);
  });
});

/** SignedData of RSA and SHA-256 in its outlines, as other tools write it. */
function rsaMessage(): Uint8Array {
  const algorithm = (id: string) => encodeSequence(encodeObjectIdentifier(id), encode(0x05));
  const signerInfo = encodeSequence(
    encodeUnsignedInteger(1n),
    encodeSequence(encodeSequence(), encodeUnsignedInteger(1n)),
    algorithm(oid.sha256),
    algorithm('1.2.840.113549.1.1.1'),
    encodeOctetString(new Uint8Array(256).fill(1)),
  );
  const signedData = encodeSequence(
    encodeUnsignedInteger(1n),
    encodeSetOf(algorithm(oid.sha256)),
    encodeSequence(encodeObjectIdentifier(oid.pkcs7Data)),
    encodeSetOf(signerInfo),
  );
  return encodeSequence(encodeObjectIdentifier(oid.pkcs7SignedData), encode(contextTag(0), signedData));
}
