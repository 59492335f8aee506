import { describe, expect, it, test, vi } from 'vitest';
import { memorySource } from '../../../src/lib/byte-source.ts';
import { openPdf } from '../../../src/pdf/open-pdf.ts';
import { PdfError } from '../../../src/pdf/pdf-error.ts';
import { prepareSeal, type SealPlace, type SealRequest } from '../../../src/pdf/prepare-seal.ts';
import { colorAt, qpdfComplaints, renderJpeg, renderPage } from '../../support/pdf-judges.ts';
import {
  handWrittenPdf,
  libraryPdf,
  plainObjects,
  sealPicture,
  sealRequest,
} from '../../support/pdf-samples.ts';
import { sealBytes } from '../../support/pdf-seal.ts';

// Other programs may need the processors at the same time.
vi.setConfig({ testTimeout: 60_000 });

const red = [220, 0, 0];
const green = [0, 160, 0];
const blue = [0, 0, 220];
const black = [0, 0, 0];
const white = [255, 255, 255];

const prepare = async (pdf: Uint8Array, change: Partial<SealRequest>) =>
  prepareSeal(await openPdf(memorySource(pdf)), sealRequest(change));
const refusal = async (pdf: Uint8Array, change: Partial<SealRequest>) =>
  prepare(pdf, change).then(
    () => 'prepared',
    (error: unknown) => (error instanceof PdfError ? error.reason : error),
  );
const a4 = await libraryPdf([{}]);

const mixed = await libraryPdf([{}, { rotation: 90 }, { width: 400, height: 500 }]);

describe('a seal at a point', () => {
  test.each([0, 90, 180, 270] as const)(
    'stands upright and in true size on a page turned by %i°',
    async (rotation) => {
      const pdf = await sealBytes(await libraryPdf([{ rotation }]), {
        places: [{ kind: 'point', page: 1, x: 300, y: 400 }],
      });
      const page = await renderPage(pdf, 1);
      const edge = (40 / 25.4) * 36;
      expect(colorAt(page, 300 - 10, 400 + 10)).toEqual(red);
      expect(colorAt(page, 300 + 10, 400 + 10)).toEqual(green);
      expect(colorAt(page, 300 - 10, 400 - 10)).toEqual(blue);
      expect(colorAt(page, 300 + 10, 400 - 10)).toEqual(black);
      expect(colorAt(page, 300 - edge + 2, 400 + edge - 2)).toEqual(red);
      expect(colorAt(page, 300 - edge - 2, 400 + edge - 2)).toEqual(white);
      expect(colorAt(page, 300 + edge - 2, 400 - edge + 2)).toEqual(black);
      expect(colorAt(page, 300 + edge + 2, 400)).toEqual(white);
      expect(await qpdfComplaints(pdf)).toBe('');
    },
  );

  it('counts from the corner of what is shown of a cropped page', async () => {
    const cropped = handWrittenPdf({
      ...plainObjects,
      3: '<</Type /Page /Parent 2 0 R /MediaBox [-50 -50 595 842] /CropBox [100 200 500 700] /Rotate 90 /Contents 4 0 R>>',
      4: { dictionary: '', data: '' },
    });
    const page = await renderPage(
      await sealBytes(cropped, { places: [{ kind: 'point', page: 1, x: 80, y: 300 }] }),
      1,
    );
    expect([page.width, page.height]).toEqual([500, 400]);
    expect(colorAt(page, 80 - 50, 300 + 50)).toEqual(red);
    expect(colorAt(page, 80 + 50, 300 - 50)).toEqual(black);
  });

  it('lets the page be seen through its transparent parts', async () => {
    const picture = {
      type: 'png',
      data: sealPicture({ transparent: true }),
      widthMm: 40,
      heightMm: 40,
    } as const;
    const page = await renderPage(await sealBytes(a4, { picture }), 1);
    expect(colorAt(page, 300, 400)).toEqual(white);
    expect(colorAt(page, 300 - 50, 400 + 50)).toEqual(red);
  });

  it('may be a JPEG', async () => {
    const source = await sealBytes(await libraryPdf([{ width: 114, height: 114 }]), {
      places: [{ kind: 'point', page: 1, x: 57, y: 57 }],
    });
    const picture = { type: 'jpg', data: await renderJpeg(source, 1), widthMm: 40, heightMm: 40 } as const;
    const pdf = await sealBytes(a4, { picture });
    expect(await qpdfComplaints(pdf)).toBe('');
    const [strongest, ...weak] = colorAt(await renderPage(pdf, 1), 270, 430);
    expect(strongest).toBeGreaterThan(190);
    expect(Math.max(...weak)).toBeLessThan(40);
  });

  it('tells where it will be seen', async () => {
    const { toDisplay } = await prepare(a4, { places: [{ kind: 'point', page: 1, x: 200, y: 300 }] });
    const half = (40 / 25.4) * 36;
    expect(toDisplay).toEqual([{ page: 1, rect: [200 - half, 300 - half, 200 + half, 300 + half] }]);
  });
});

describe('a seal on several pages', () => {
  it('is on all of them', async () => {
    const pdf = await sealBytes(mixed, { places: [{ kind: 'allPages', x: 200, y: 300 }] });
    for (const page of [1, 2, 3]) expect(colorAt(await renderPage(pdf, page), 190, 310)).toEqual(red);
    expect(await qpdfComplaints(pdf)).toBe('');
  });

  it('may be twice on one', async () => {
    const places: SealPlace[] = [
      { kind: 'point', page: 1, x: 100, y: 100 },
      { kind: 'point', page: 1, x: 400, y: 600 },
    ];
    const page = await renderPage(await sealBytes(mixed, { places }), 1);
    expect([colorAt(page, 90, 110), colorAt(page, 390, 610)]).toEqual([red, red]);
  });
});

describe('a seal across the edge', () => {
  it('is cut into upright slices, the left one on the first page', async () => {
    const pages = await libraryPdf([{}, { rotation: 270 }, {}, { width: 400, height: 500 }]);
    const pdf = await sealBytes(pages, { places: [{ kind: 'seam', y: 250 }] });
    expect(await qpdfComplaints(pdf)).toBe('');
    const slice = (40 / 25.4) * 18;
    const colors = [
      [red, blue],
      [red, blue],
      [green, black],
      [green, black],
    ];
    for (const [index, [above, below]] of colors.entries()) {
      const page = await renderPage(pdf, index + 1);
      expect(colorAt(page, page.width - 4, 250 + 20)).toEqual(above);
      expect(colorAt(page, page.width - slice + 3, 250 - 20)).toEqual(below);
      expect(colorAt(page, page.width - slice - 3, 250 + 20)).toEqual(white);
    }
  });

  it('may leave pages out', async () => {
    const pages = await libraryPdf([{}, {}, {}, {}]);
    const { toDisplay } = await prepare(pages, {
      places: [{ kind: 'seam', y: 250, firstPage: 2, lastPage: 3 }],
    });
    expect(toDisplay.map(({ page }) => page)).toEqual([2, 3]);
  });

  it('has no slice narrower than 2 mm: many pages are parted into groups', async () => {
    const pages = await libraryPdf(Array.from({ length: 45 }, () => ({ width: 300, height: 300 })));
    const { toDisplay } = await prepare(pages, { places: [{ kind: 'seam', y: 150 }] });
    const widths = toDisplay.map(({ rect }) => ((rect[2] - rect[0]) / 72) * 25.4);
    expect(toDisplay.length).toBe(45);
    expect(Math.min(...widths)).toBeGreaterThanOrEqual(2);
    // Three groups of 15 pages, each of which carries 40 mm.
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(120, 6);
  });
});

describe('a place is refused', () => {
  test.each<[string, readonly SealPlace[], string]>([
    ['none at all', [], 'noPlace'],
    ['page 0', [{ kind: 'point', page: 0, x: 300, y: 400 }], 'noSuchPage'],
    ['a page too far', [{ kind: 'point', page: 2, x: 300, y: 400 }], 'noSuchPage'],
    ['half a page', [{ kind: 'point', page: 1.5, x: 300, y: 400 }], 'noSuchPage'],
    ['over the left edge', [{ kind: 'point', page: 1, x: 50, y: 400 }], 'placeOutside'],
    ['over the upper edge', [{ kind: 'allPages', x: 300, y: 800 }], 'placeOutside'],
    ['nowhere', [{ kind: 'point', page: 1, x: Number.NaN, y: 400 }], 'placeOutside'],
    ['a seam over the lower edge', [{ kind: 'seam', y: 10 }], 'placeOutside'],
    ['a seam of pages that are not there', [{ kind: 'seam', y: 400, lastPage: 3 }], 'noSuchPage'],
    ['a seam that runs backwards', [{ kind: 'seam', y: 400, firstPage: 2, lastPage: 1 }], 'noSuchPage'],
  ])('%s', async (_, places, reason) => {
    expect(await refusal(a4, { places })).toBe(reason);
  });
});

describe('a picture is refused', () => {
  const picture = (change: Partial<SealRequest['picture']>) => ({
    picture: { type: 'png', data: sealPicture(), widthMm: 40, heightMm: 40, ...change } as const,
  });

  test.each<[string, Partial<SealRequest['picture']>]>([
    ['that is no PNG', { data: new Uint8Array(100) }],
    ['that is no JPEG', { type: 'jpg' }],
    ['that is cut off', { data: sealPicture().subarray(0, 60) }],
    ['that is empty', { data: new Uint8Array() }],
    ['of too many pixels', { data: hugePng() }],
    ['of no size', { widthMm: 0 }],
    ['of no number', { heightMm: Number.NaN }],
    ['of too many bytes', { data: new Uint8Array(5 * 2 ** 20) }],
  ])('%s', async (_, change) => {
    expect(await refusal(a4, picture(change))).toBe('pictureUnsupported');
  });

  /** A PNG that says that it is 60 000 pixels wide. */
  function hugePng(): Uint8Array {
    const data = sealPicture();
    new DataView(data.buffer, data.byteOffset).setUint32(16, 60_000);
    return data;
  }
});
