import { describe, expect, test, vi } from 'vitest';
import {
  listedSignatures,
  qpdfComplaints,
  renderPage,
  colorAt,
  rewriteWithQpdf,
} from '../../support/pdf-judges.ts';
import { handWrittenPdf, hybridPdf, libraryPdf, plainObjects } from '../../support/pdf-samples.ts';
import { sealBytes } from '../../support/pdf-seal.ts';

// Other programs may need the processors at the same time.
vi.setConfig({ testTimeout: 60_000 });

const plain = handWrittenPdf(plainObjects);

describe('a sealed PDF', () => {
  test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ['hand-written with a table', () => plain],
    ['without a final line end', () => handWrittenPdf(plainObjects, { after: '' })],
    ['with CR LF at the end', () => handWrittenPdf(plainObjects, { after: '\r\n' })],
    ['with junk at the end', () => handWrittenPdf(plainObjects, { after: '\n\0\0\0junk' })],
    ['with white space before the header', () => handWrittenPdf(plainObjects, { before: '\r\n  ' })],
    ['of another library', () => libraryPdf([{}, {}])],
    ['of another library with object streams', () => libraryPdf([{}, {}], { useObjectStreams: true })],
    ['with object streams by qpdf', () => rewriteWithQpdf(plain, '--object-streams=generate')],
    ['linearized', () => rewriteWithQpdf(plain, '--linearize')],
    [
      'linearized with object streams',
      () => rewriteWithQpdf(plain, '--linearize', '--object-streams=generate'),
    ],
    ['with a table and a cross-reference stream (hybrid)', hybridPdf],
    ['in QDF form', () => rewriteWithQpdf(plain, '--qdf')],
  ])('is clean for qpdf and poppler, %s, sealed twice', async (_, make) => {
    const original = await make();
    const once = await sealBytes(original);
    const twice = await sealBytes(once, { places: [{ kind: 'point', page: 1, x: 100, y: 100 }] });
    expect(Buffer.from(twice.subarray(0, original.length)).equals(original)).toBe(true);
    expect(await qpdfComplaints(once)).toBe('');
    expect(await qpdfComplaints(twice)).toBe('');
    expect(await listedSignatures(once)).toMatchObject([
      { fieldName: 'CA-Bridge-Seal-1', subFilter: 'adbe.pkcs7.detached', coversWholeFile: true },
    ]);
    expect(await listedSignatures(twice)).toMatchObject([
      { fieldName: 'CA-Bridge-Seal-1', coversWholeFile: false },
      { fieldName: 'CA-Bridge-Seal-2', coversWholeFile: true },
    ]);
    const picture = await renderPage(twice, 1);
    expect(colorAt(picture, 300 - 30, 400 + 30)).toEqual([220, 0, 0]);
  });
});
