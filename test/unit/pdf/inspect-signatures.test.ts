import { describe, expect, it, test } from 'vitest';
import { memorySource } from '../../../src/lib/byte-source.ts';
import { concatBytes } from '../../../src/lib/bytes.ts';
import { inspectSignatures } from '../../../src/pdf/inspect-signatures.ts';
import { openPdf } from '../../../src/pdf/open-pdf.ts';
import { removeLastSeal } from '../../../src/pdf/revisions.ts';
import { rewriteWithQpdf } from '../../support/pdf-judges.ts';
import { sealBytes } from '../../support/pdf-seal.ts';
import {
  appendRevision,
  arbitraryContents,
  fieldObjects,
  handWrittenPdf,
  latin1Bytes,
  libraryPdf,
  plainObjects,
  signPlaceholders,
} from '../../support/pdf-samples.ts';

const inspect = async (pdf: Uint8Array) => inspectSignatures(await openPdf(memorySource(pdf)));
const remove = async (pdf: Uint8Array) => removeLastSeal(await openPdf(memorySource(pdf)));

const plain = handWrittenPdf(plainObjects);
const sealed = await sealBytes(plain);

describe('a seal that was just put on', () => {
  it('covers the whole file and says what was asked for', async () => {
    const [signature, ...others] = await inspect(sealed);
    expect(others).toEqual([]);
    expect(signature).toMatchObject({
      fieldName: 'CA-Bridge-Seal-1',
      filter: 'Adobe.PPKLite',
      subFilter: 'adbe.pkcs7.detached',
      signingTime: new Date('2026-07-01T07:59:00Z'),
      name: '湛江测试有限公司',
      revisionEnd: sealed.length,
      revision: 1,
      coverage: 'wholeFile',
      problems: [],
      changesAfter: [],
    });
    expect(Buffer.from(signature?.contents ?? []).equals(arbitraryContents)).toBe(true);
  });

  it('is seen where it was put', async () => {
    const [signature] = await inspect(sealed);
    const [place, ...others] = signature?.places ?? [];
    expect(others).toEqual([]);
    expect(place?.page).toBe(1);
    const half = (40 / 25.4) * 36;
    const expected = [300 - half, 400 - half, 300 + half, 400 + half];
    for (const [index, value] of expected.entries()) expect(place?.rect[index]).toBeCloseTo(value, 3);
  });

  test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ['a table', () => plain],
    ['nothing after %%EOF', () => handWrittenPdf(plainObjects, { after: '' })],
    ['CR LF after %%EOF', () => handWrittenPdf(plainObjects, { after: '\r\n' })],
    ['junk after %%EOF', () => handWrittenPdf(plainObjects, { after: '\njunk\n' })],
    ['white space before the header', () => handWrittenPdf(plainObjects, { before: '\n\n' })],
    ['object streams', () => libraryPdf([{}, {}], { useObjectStreams: true })],
    ['two halves', () => rewriteWithQpdf(plain, '--linearize', '--object-streams=generate')],
  ])('comes off again byte for byte, from a file with %s', async (_, make) => {
    const original = await make();
    const places = [
      { kind: 'point', page: 1, x: 200, y: 200 },
      { kind: 'allPages', x: 300, y: 400 },
    ] as const;
    expect(await remove(await sealBytes(original, { places }))).toEqual({
      ok: true,
      fieldName: 'CA-Bridge-Seal-1',
      revisionStart: original.length,
    });
  });
});

describe('two seals', () => {
  it('are told oldest first, the second as a change after the first', async () => {
    const twice = await sealBytes(sealed, { places: [{ kind: 'allPages', x: 100, y: 100 }] });
    const [first, second] = await inspect(twice);
    expect(first).toMatchObject({ coverage: 'revision', revisionEnd: sealed.length, problems: [] });
    expect(first?.changesAfter).toEqual([
      { kind: 'signatureAdded', revision: 2, page: 1, fieldName: 'CA-Bridge-Seal-2' },
    ]);
    expect(second).toMatchObject({ coverage: 'wholeFile', problems: [], changesAfter: [] });
  });

  it('come off one after the other', async () => {
    const twice = await sealBytes(sealed);
    expect(await remove(twice)).toMatchObject({ ok: true, revisionStart: sealed.length });
    expect(await remove(twice.subarray(0, sealed.length))).toMatchObject({ revisionStart: plain.length });
  });

  it('with several marks are told mark by mark', async () => {
    const pages = await libraryPdf([{}, {}, {}]);
    const once = await sealBytes(pages);
    const twice = await sealBytes(once, { places: [{ kind: 'seam', y: 400 }] });
    const [first, second] = await inspect(twice);
    expect(first?.changesAfter.map(({ kind, page }) => `${kind} ${page}`)).toEqual([
      'signatureAdded 1',
      'sealMarkAdded 2',
      'sealMarkAdded 3',
    ]);
    expect(second?.places.map(({ page }) => page)).toEqual([1, 2, 3]);
  });
});

describe('a seal does not come off', () => {
  it('when there is none', async () => {
    expect(await remove(plain)).toEqual({ ok: false, reason: 'noSignature' });
  });

  it('when something was saved after it', async () => {
    const changed = appendRevision(sealed, { 500: '<</Nothing true>>' });
    expect(await remove(changed)).toEqual({ ok: false, reason: 'changedAfter' });
    expect(await remove(concatBytes(sealed, latin1Bytes('x')))).toEqual({
      ok: false,
      reason: 'changedAfter',
    });
  });

  it('when its revision did something else as well', async () => {
    const signed = appendRevision(plain, {
      ...fieldObjects('Theirs'),
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</SigFlags 3 /Fields [20 0 R]>>>>',
      3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [20 0 R]>>',
      4: { dictionary: '', data: '0 g 0 0 600 900 re f' },
    });
    expect(await remove(signPlaceholders(signed, () => arbitraryContents))).toEqual({
      ok: false,
      reason: 'notAlone',
    });
  });

  it('when the document was signed as it was made', async () => {
    const signed = handWrittenPdf({
      ...plainObjects,
      ...fieldObjects('Theirs'),
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</SigFlags 3 /Fields [20 0 R]>>>>',
    });
    expect(await remove(signPlaceholders(signed, () => arbitraryContents))).toEqual({
      ok: false,
      reason: 'firstRevision',
    });
  });
});
