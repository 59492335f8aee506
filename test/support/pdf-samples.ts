import { PDFDocument, degrees, rgb } from '@cantoo/pdf-lib';
import { PNG } from 'pngjs';
import { concatBytes, utf8 } from '../../src/lib/bytes.ts';
import type { SealRequest } from '../../src/pdf/prepare-seal.ts';

/** Objects of a hand-written PDF by number; a stream brings its data. */
export type HandWritten = Readonly<
  Record<number, string | { readonly dictionary: string; readonly data: string }>
>;

export interface HandWritingOptions {
  /** Entries of the trailer besides /Size and /Root 1 0 R. */
  readonly trailer?: string;
  /** What stands before `%PDF-`; offsets count from `%PDF-`. */
  readonly before?: string;
  /** What stands after `%%EOF`. */
  readonly after?: string;
}

/** One page with a line of text; objects 1 catalog, 2 pages, 3 page, 4 content. */
export const plainObjects: HandWritten = {
  1: '<</Type /Catalog /Pages 2 0 R>>',
  2: '<</Type /Pages /Count 1 /Kids [3 0 R]>>',
  3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>> /Contents 4 0 R>>',
  4: { dictionary: '', data: '0.9 g 100 100 200 50 re f' },
};

/** Bytes of a text of characters up to U+00FF. */
export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

function objectText(number: number, object: HandWritten[number] | undefined): string {
  if (object === undefined || typeof object === 'string')
    return `${number} 0 obj\n${object ?? 'null'}\nendobj\n`;
  const { dictionary, data } = object;
  return `${number} 0 obj\n<<${dictionary} /Length ${data.length}>>\nstream\n${data}\nendstream\nendobj\n`;
}

function tableText(offsets: ReadonlyMap<number, number>, withFirst: boolean): string {
  const line = (offset: number) => `${String(offset).padStart(10, '0')} 00000 n \n`;
  const head = withFirst ? '0 1\n0000000000 65535 f \n' : '';
  return `xref\n${head}${[...offsets].map(([number, offset]) => `${number} 1\n${line(offset)}`).join('')}`;
}

/** A PDF with a cross-reference table, written as plainly as it gets. */
export function handWrittenPdf(objects: HandWritten, options: HandWritingOptions = {}): Uint8Array {
  const { trailer = '', before = '', after = '\n' } = options;
  let text = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const offsets = new Map<number, number>();
  for (const number of Object.keys(objects).map(Number)) {
    offsets.set(number, text.length);
    text += objectText(number, objects[number]);
  }
  const size = Math.max(...offsets.keys()) + 1;
  const start = text.length;
  text += `${tableText(offsets, true)}trailer\n<</Size ${size} /Root 1 0 R ${trailer}>>\nstartxref\n${start}\n%%EOF`;
  return latin1Bytes(before + text + after);
}

/** The offset that the last `startxref` names. */
export function lastStartOffset(pdf: Uint8Array): number {
  const text = Buffer.from(pdf).toString('latin1');
  return Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1] ?? Number.NaN);
}

/** The PDF with one more revision, in which these objects are written anew or added. */
export function appendRevision(
  pdf: Uint8Array,
  objects: HandWritten,
  trailer = '/Size 1000 /Root 1 0 R',
): Uint8Array {
  const offsets = new Map<number, number>();
  let text = '\n';
  for (const number of Object.keys(objects).map(Number)) {
    offsets.set(number, pdf.length + text.length);
    text += objectText(number, objects[number]);
  }
  const start = pdf.length + text.length;
  text += `${tableText(offsets, false)}trailer\n<<${trailer} /Prev ${lastStartOffset(pdf)}>>\nstartxref\n${start}\n%%EOF\n`;
  return concatBytes(pdf, latin1Bytes(text));
}

/**
 * A hybrid-reference PDF (ISO 32000-1 §7.5.8.4): the page's resources, object 10, are packed into object stream 8,
 * which the cross-reference stream 9 knows and the table does not.
 */
export function hybridPdf(): Uint8Array {
  const packed = '10 0 <</Font <</F 11 0 R>>>> ';
  const plain = handWrittenPdf({
    ...plainObjects,
    3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 10 0 R /Contents 4 0 R>>',
    4: { dictionary: '', data: 'BT /F 40 Tf 50 700 Td (Hybrid) Tj ET' },
    11: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
    8: { dictionary: '/Type /ObjStm /N 1 /First 5', data: packed },
  });
  const text = Buffer.from(plain).toString('latin1');
  const start = text.indexOf('xref\n');
  const packedAt = text.indexOf('8 0 obj');
  const entries = [
    [1, packedAt >> 8, packedAt & 255, 0],
    [1, start >> 8, start & 255, 0],
    [2, 0, 8, 0],
  ];
  const dictionary = '/Type /XRef /Root 1 0 R /Size 12 /W [1 2 1] /Index [8 3]';
  const stream = objectText(9, { dictionary, data: String.fromCharCode(...entries.flat()) });
  const table = text
    .slice(start)
    .replace(/8 1\n.*\n/, '')
    .replace('/Root 1 0 R', `/Root 1 0 R /XRefStm ${start}`)
    .replace(/startxref\n\d+/, `startxref\n${start + stream.length}`);
  return latin1Bytes(text.slice(0, start) + stream + table);
}

export interface PageLook {
  readonly width?: number;
  readonly height?: number;
  readonly rotation?: 0 | 90 | 180 | 270;
}

/** A PDF of pages with text, written by another library; A4 unless told. */
export async function libraryPdf(
  pages: readonly PageLook[],
  options: { readonly useObjectStreams?: boolean } = {},
): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (const [index, { width = 595, height = 842, rotation = 0 }] of pages.entries()) {
    const page = document.addPage([width, height]);
    page.setRotation(degrees(rotation));
    page.drawText(`Bid document, page ${index + 1}`, { x: 40, y: 40, size: 14, color: rgb(0, 0, 0.6) });
  }
  return document.save({ useObjectStreams: options.useObjectStreams ?? false });
}

/**
 * A picture of four squares: red top left, green top right, blue bottom left, black bottom right; the middle of it
 * is transparent when asked for.
 */
export function sealPicture(
  options: { readonly transparent?: boolean; readonly side?: number } = {},
): Uint8Array {
  const { transparent = false, side = 80 } = options;
  const png = new PNG({ width: side, height: side });
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const isLeft = x < side / 2;
      const isTop = y < side / 2;
      const isMiddle = Math.abs(x - side / 2) < side / 4 && Math.abs(y - side / 2) < side / 4;
      const color = [isLeft && isTop ? 220 : 0, !isLeft && isTop ? 160 : 0, isLeft && !isTop ? 220 : 0];
      png.data.set([...color, transparent && isMiddle ? 0 : 255], (y * side + x) * 4);
    }
  }
  return Uint8Array.from(PNG.sync.write(png));
}

/** A request for a seal of 40 mm at the middle of an A4 page; change what matters. */
export function sealRequest(change: Partial<SealRequest> = {}): SealRequest {
  return {
    subFilter: 'adbe.pkcs7.detached',
    signingTime: new Date('2026-07-01T07:59:00Z'),
    signerName: '湛江测试有限公司',
    picture: { type: 'png', data: sealPicture(), widthMm: 40, heightMm: 40 },
    places: [{ kind: 'point', page: 1, x: 300, y: 400 }],
    contentsBytes: 4096,
    ...change,
  };
}

/** DER that stands where a signature stands and verifies nothing; poppler wants it this long to count coverage. */
export const arbitraryContents: Uint8Array = concatBytes(
  Uint8Array.of(0x30, 0x82, 0x01, 0x04, 0x04, 0x82, 0x01, 0x00),
  utf8('placeholder '.repeat(22)).subarray(0, 256),
);

/** Makes a signature's DER of the bytes that it is over. */
export type Sign = (signed: Uint8Array) => Uint8Array;

/** A signature dictionary that `signPlaceholders` completes. */
export const signatureObject = `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 0000000000 0000000000 0000000000] /Contents <${'0'.repeat(8192)}>>>`;

/** A signature field of that name in objects 20 (field, widget on page 3) and 21 (signature), and its form. */
export const fieldObjects = (name: string, field = 20, signature = 21): HandWritten => ({
  [field]: `<</Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /V ${signature} 0 R /F 132 /P 3 0 R /Rect [10 10 110 110]>>`,
  [signature]: signatureObject,
});

/** The PDF with the last `signatureObject` in it signed over all the rest. */
export function signPlaceholders(pdf: Uint8Array, sign: Sign): Uint8Array {
  const text = Buffer.from(pdf).toString('latin1');
  const numbers = '0 0000000000 0000000000 0000000000';
  const range = text.lastIndexOf(`/ByteRange [${numbers}]`) + '/ByteRange ['.length;
  const contents = text.indexOf('<', range);
  const end = text.indexOf('>', contents) + 1;
  const byteRange = [contents, end, pdf.length - end].map((number) => String(number).padStart(10, '0'));
  const signed = Uint8Array.from(pdf);
  signed.set(latin1Bytes(`0 ${byteRange.join(' ')}`), range);
  const value = sign(concatBytes(signed.subarray(0, contents), signed.subarray(end)));
  signed.set(latin1Bytes(Buffer.from(value).toString('hex')), contents + 1);
  return signed;
}

/** The PDF with `replaced`, which must be in it, replaced wherever it stands; the file must stay as long as it is. */
export function replaceInPdf(pdf: Uint8Array, replaced: string | RegExp, replacement: string): Uint8Array {
  const text = Buffer.from(pdf).toString('latin1');
  const changed = text.replace(replaced, replacement);
  if (changed === text || changed.length !== text.length)
    throw new Error(`cannot replace ${String(replaced)}`);
  return latin1Bytes(changed);
}
