import { describe, expect, it, test, vi } from 'vitest';
import { verifySignedData } from '../../../src/gm/signed-data.ts';
import { memorySource, type ByteSource } from '../../../src/lib/byte-source.ts';
import { concatBytes } from '../../../src/lib/bytes.ts';
import { inspectSignatures } from '../../../src/pdf/inspect-signatures.ts';
import { openPdf } from '../../../src/pdf/open-pdf.ts';
import { PdfError } from '../../../src/pdf/pdf-error.ts';
import { completeSeal, prepareSeal } from '../../../src/pdf/prepare-seal.ts';
import { listedSignatures, qpdfComplaints } from '../../support/pdf-judges.ts';
import {
  appendRevision,
  arbitraryContents,
  handWrittenPdf,
  hybridPdf,
  latin1Bytes,
  libraryPdf,
  plainObjects,
  sealRequest,
  type HandWritten,
} from '../../support/pdf-samples.ts';
import { sealBytes, sm2Sealer } from '../../support/pdf-seal.ts';
import { issueRoot, issueSubscriber } from '../gm/test-pki.ts';

// Other programs may need the processors at the same time.
vi.setConfig({ testTimeout: 60_000 });

const text = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1');
const plain = handWrittenPdf(plainObjects);
const withForm = (catalog: string, more: HandWritten = {}) =>
  handWrittenPdf({ ...plainObjects, 1: `<</Type /Catalog /Pages 2 0 R ${catalog}>>`, ...more });
const tried = async (pdf: Uint8Array) =>
  sealBytes(pdf).then(
    () => 'sealed',
    (error: unknown) => (error instanceof PdfError ? error.reason : error),
  );

describe('a seal fits into what is there', () => {
  const textField = '<</FT /Tx /T (bidder) /V (x) /Subtype /Widget /Rect [1 1 9 9] /P 3 0 R>>';
  const page = (annotations: string) =>
    `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots ${annotations}>>`;

  test.each<[string, Uint8Array]>([
    ['no form', plain],
    ['a form in the catalog', withForm('/AcroForm <</Fields [10 0 R]>>', { 10: textField })],
    ['a form of its own', withForm('/AcroForm 11 0 R', { 10: textField, 11: '<</Fields [10 0 R]>>' })],
    [
      'fields in a list of their own',
      withForm('/AcroForm 11 0 R', { 10: textField, 11: '<</Fields 12 0 R /SigFlags 1>>', 12: '[10 0 R]' }),
    ],
    ['a form without fields', withForm('/AcroForm <<>>')],
    ['annotations in the page', withForm('', { 3: page('[10 0 R]'), 10: textField })],
    [
      'annotations in a list of their own',
      withForm('', { 3: page('12 0 R'), 10: textField, 12: '[10 0 R]' }),
    ],
    [
      'a page tree of several levels',
      withForm('', {
        2: '<</Type /Pages /Count 1 /Kids [10 0 R] /MediaBox [0 0 595 842] /Resources <<>>>>',
        10: '<</Type /Pages /Parent 2 0 R /Count 1 /Kids [3 0 R]>>',
        3: '<</Type /Page /Parent 10 0 R /Contents 4 0 R>>',
      }),
    ],
    ['an ID', handWrittenPdf(plainObjects, { trailer: '/ID [<00112233> <00112233>]' })],
    ['an object of another generation', replaceGeneration(plain)],
  ])('%s', async (_, pdf) => {
    const sealed = await sealBytes(await sealBytes(pdf));
    expect(await qpdfComplaints(sealed)).toBe('');
    const names = (await listedSignatures(sealed)).map(({ fieldName }) => fieldName);
    expect(names).toEqual(['CA-Bridge-Seal-1', 'CA-Bridge-Seal-2']);
    const [first, second] = await inspectSignatures(await openPdf(memorySource(sealed)));
    expect(first?.changesAfter.map(({ kind }) => kind)).toEqual(['signatureAdded']);
    expect(second).toMatchObject({ coverage: 'wholeFile', changesAfter: [] });
    expect(text(sealed)).not.toContain('NeedAppearances');
  });

  /** The page as generation 2, as if its number had been used before. */
  function replaceGeneration(pdf: Uint8Array): Uint8Array {
    const changed = text(pdf)
      .replace('3 0 obj', '3 2 obj')
      .replace('[3 0 R]', '[3 2 R]')
      .replace(/(3 1\n\d{10} 0000)0/, '$12');
    return latin1Bytes(changed);
  }

  it('with a field name that nobody has', async () => {
    const pdf = withForm('/AcroForm <</Fields [10 0 R]>>', { 10: '<</FT /Tx /T (CA-Bridge-Seal-41)>>' });
    const prepared = await prepareSeal(await openPdf(memorySource(pdf)), sealRequest());
    expect(prepared.fieldName).toBe('CA-Bridge-Seal-42');
  });

  it('keeping the first half of the ID and changing the second', async () => {
    const pdf = handWrittenPdf(plainObjects, { trailer: '/ID [<00112233> <00112233>]' });
    const [, first, second] = /.*\/ID \[<([0-9a-f]+)> <([0-9a-f]+)>/s.exec(text(await sealBytes(pdf))) ?? [];
    expect(first).toBe('00112233');
    expect(second).toMatch(/^(?!00112233$)[0-9a-f]{32}$/);
  });

  test.each<[string, () => Promise<Uint8Array> | Uint8Array, RegExp]>([
    ['a table after a table', () => plain, /\nxref\n[^]*trailer/],
    ['a table after a hybrid', hybridPdf, /\nxref\n[^]*trailer\n<<(?![^]*XRefStm)/],
    [
      'a stream after a stream',
      () => libraryPdf([{}], { useObjectStreams: true }),
      /\/Type \/XRef[^]*stream\n/,
    ],
  ])('with %s', async (_, make, pattern) => {
    const pdf = await make();
    const appendix = text((await sealBytes(pdf)).subarray(pdf.length));
    expect(appendix).toMatch(pattern);
    expect(/\nxref\n/.test(appendix)).toBe(!/\/Type \/XRef/.test(appendix));
  });
});

describe('a document is not sealed', () => {
  const certified = (permission: number, more = '') =>
    withForm(`/Perms <</DocMDP 21 0 R>> ${more}`, {
      21: `<</Type /Sig /Contents <00> /Reference [<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</P ${permission}>>>>]>>`,
    });

  test.each<[string, Uint8Array, string]>([
    ['when it is certified against every change', certified(1), 'certified'],
    ['unless its certification allows signatures', certified(2), 'sealed'],
    ['unless its certification allows annotations', certified(3), 'sealed'],
    [
      'when a signature locks it',
      withForm('/AcroForm <</Fields [20 0 R]>>', {
        20: '<</FT /Sig /T (a) /V 21 0 R>>',
        21: '<</Type /Sig /Contents <00> /Reference [<</TransformMethod /FieldMDP /TransformParams <</Action /All /P 1>>>>]>>',
      }),
      'certified',
    ],
    [
      'when a revision was begun behind its end',
      concatBytes(plain, latin1Bytes('\n4 0 obj\nnull\nendobj\n')),
      'damaged',
    ],
    [
      'when a page has a key twice',
      handWrittenPdf({ ...plainObjects, 3: '<</Type /Page /MediaBox [0 0 595 842] /Rotate 0 /Rotate 90>>' }),
      'damaged',
    ],
    ['when it is an XFA form', withForm('/AcroForm <</Fields [] /XFA [(a) 4 0 R]>>'), 'xfa'],
  ])('%s', async (_, pdf, expected) => {
    expect(await tried(pdf)).toBe(expected);
  });
});

describe('the signature', () => {
  it('is refused when it is longer than its place', async () => {
    const prepared = await prepareSeal(
      await openPdf(memorySource(plain)),
      sealRequest({ contentsBytes: 100 }),
    );
    const attempt = () => completeSeal(prepared, arbitraryContents);
    expect(attempt).toThrow(expect.objectContaining({ reason: 'contentsTooLong' }));
  });

  it('verifies over the byte range, and still does after a second seal', async () => {
    const seal = sm2Sealer(issueSubscriber(issueRoot()));
    const sealed = await seal(await seal(plain));
    const signatures = await inspectSignatures(await openPdf(memorySource(sealed)));
    expect(signatures.length).toBe(2);
    for (const { byteRange, contents } of signatures) {
      const [start, length, nextStart, nextLength] = byteRange;
      const content = concatBytes(
        sealed.subarray(start, start + length),
        sealed.subarray(nextStart, nextStart + nextLength),
      );
      expect(verifySignedData(contents, { content })).toMatchObject({ ok: true });
    }
  });

  it('of a GM seal names its own filter', async () => {
    const sealed = await sealBytes(plain, { subFilter: 'GM.sm2seal', reason: '投标文件签章' });
    expect((await inspectSignatures(await openPdf(memorySource(sealed))))[0]).toMatchObject({
      filter: 'Gomain.GMPkiLite',
      subFilter: 'GM.sm2seal',
      reason: '投标文件签章',
    });
  });
});

describe('memory', () => {
  const size = 500 * 2 ** 20;

  /** A PDF of 500 MiB, nearly all of it the data of one stream, made as it is read; what is read is counted. */
  function hugePdf(): {
    readonly source: ByteSource;
    readonly readBytes: () => number;
    readonly longest: () => number;
  } {
    const small = text(handWrittenPdf({ ...plainObjects, 5: { dictionary: '/Huge true', data: '@' } }));
    const at = small.indexOf('@');
    const head = small.slice(0, at).replace('/Length 1>>\nstream', `/Length ${size}>>\nstream`);
    const start = small.indexOf('xref\n') - 1 + size + head.length - at;
    const foot = small.slice(at + 1).replace(/startxref\n\d+/, `startxref\n${start}`);
    const parts = [memorySource(latin1Bytes(head)), memorySource(latin1Bytes(foot))] as const;
    let readBytes = 0;
    let longest = 0;
    const whole: ByteSource = {
      size: head.length + size + foot.length,
      async read(offset, length) {
        const bytes = new Uint8Array(Math.min(length, this.size - offset));
        readBytes += bytes.length;
        longest = Math.max(longest, bytes.length);
        const [before, after] = parts;
        bytes.set(await before.read(Math.min(offset, head.length), length));
        const footAt = head.length + size;
        if (offset + length > footAt) {
          const skipped = Math.max(0, footAt - offset);
          bytes.set(await after.read(Math.max(0, offset - footAt), length - skipped), skipped);
        }
        return bytes;
      },
    };
    return { source: whole, readBytes: () => readBytes, longest: () => longest };
  }

  it('does not grow with the file: 500 MiB are sealed by reading less than one', async () => {
    const { source, readBytes, longest } = hugePdf();
    const prepared = await prepareSeal(await openPdf(source), sealRequest());
    expect(prepared.byteRange[3] + prepared.byteRange[2]).toBe(source.size + prepared.appendix.length);
    expect(readBytes()).toBeLessThan(2 ** 20);
    expect(longest()).toBeLessThanOrEqual(2 ** 17);
  });

  it('holds for 3000 pages that all get a mark', async () => {
    const count = 3000;
    const pages = Array.from({ length: count }, (_, index) => 10 + index);
    const pdf = handWrittenPdf({
      ...plainObjects,
      2: `<</Type /Pages /Count ${count} /Kids [${pages.map((page) => `${page} 0 R`).join(' ')}]>>`,
      ...Object.fromEntries(
        pages.map((page) => [page, '<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R>>']),
      ),
    });
    const sealed = await sealBytes(pdf, { places: [{ kind: 'allPages', x: 150, y: 150 }] });
    expect(await qpdfComplaints(sealed)).toBe('');
    const [signature] = await inspectSignatures(await openPdf(memorySource(sealed)));
    expect(signature?.places.length).toBe(count);
  });

  it('is given back when the caller aborts', async () => {
    const controller = new AbortController();
    const document = await openPdf(memorySource(appendRevision(plain, {})), { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(document.page(1)).rejects.toThrow('enough');
  });
});
