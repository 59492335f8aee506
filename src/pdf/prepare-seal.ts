import { concatBytes } from '../lib/bytes.ts';
import { forbidsChanges } from './certification.ts';
import { readFormFields } from './form-fields.ts';
import { createUpdate, type IncrementalUpdate } from './incremental-update.ts';
import type { PdfDocument } from './open-pdf.ts';
import type { Rectangle } from './page-geometry.ts';
import { PdfError } from './pdf-error.ts';
import {
  as,
  dictionary,
  isArray,
  withEntries,
  type PdfObject,
  type PdfReference,
  type PdfValue,
} from './pdf-values.ts';
import { putAnnotations } from './seal-annotations.ts';
import { byteRangeText, signatureTemplate, type SealSubFilter } from './seal-dictionary.ts';
import { nextFieldName } from './seal-names.ts';
import { putPicture, type SealPicture } from './seal-picture.ts';
import { placeMarks, type SealPlace } from './seal-places.ts';
import { fromLatin1, latin1 } from './latin1.ts';

export type { SealPicture } from './seal-picture.ts';
export type { SealPlace } from './seal-places.ts';
export type { SealSubFilter } from './seal-dictionary.ts';

export interface SealRequest {
  readonly subFilter: SealSubFilter;
  readonly signingTime: Date;
  readonly signerName: string;
  readonly picture: SealPicture;
  readonly places: readonly SealPlace[];
  /** Bytes to reserve for the signature. */
  readonly contentsBytes: number;
  readonly reason?: string;
}

export interface PreparedSeal {
  /** What to append to the file, the digits of /Contents all zeros. */
  readonly appendix: Uint8Array;
  /** What is signed, in the new file: offset and length before the gap, offset and length after it. */
  readonly byteRange: readonly [number, number, number, number];
  /** Where the first hexadecimal digit of /Contents stands in the new file. */
  readonly contentsOffset: number;
  readonly contentsBytes: number;
  readonly fieldName: string;
  /** Where the seal will be seen, in points from the lower left corner of each page as displayed. */
  readonly toDisplay: readonly { readonly page: number; readonly rect: Rectangle }[];
}

/**
 * Prepares one more revision of the document (ISO 32000-1 §7.5.6) with a signature field that carries the seal's
 * picture in its true size. The sealed file is the input, byte for byte, and then `completeSeal`'s bytes; earlier
 * signatures stay as they were.
 * @throws PdfError `certified`, `damaged` (also when the file ends with an unfinished revision), `noPlace`,
 *   `noSuchPage`, `placeOutside`, `pictureUnsupported`, `tooComplex`, `filterUnsupported`
 */
export async function prepareSeal(document: PdfDocument, request: SealRequest): Promise<PreparedSeal> {
  await checkEnd(document);
  if (await forbidsChanges(document)) throw new PdfError('certified');
  const { picture, contentsBytes, signingTime } = request;
  const size = { width: points(picture.widthMm), height: points(picture.heightMm) };
  if (!(size.width > 0 && size.height > 0)) throw new PdfError('pictureUnsupported', 'size on paper');
  if (!Number.isInteger(contentsBytes) || contentsBytes < 1 || contentsBytes > 2 ** 20) {
    throw new PdfError('contentsTooLong', 'reserved bytes');
  }
  const marks = await placeMarks(document, request.places, size);
  const form = await holderOf(document, document.catalog.entries.get('AcroForm'));
  const fields = await readFormFields(document.view, form.value);
  const fieldName = nextFieldName(fields.map((field) => field.name.split('.')[0] ?? ''));

  const earlierSize = document.source.size;
  const update = createUpdate(document, `${fieldName} ${earlierSize} ${signingTime.toISOString()}`);
  const signature = update.allocate();
  const template = signatureTemplate({ ...request, earlierSize });
  update.putText(signature, template.text);
  const image = putPicture(update, picture);
  const annotations = putAnnotations(update, marks, {
    fieldName,
    signature,
    picture: image,
    size,
    signingTime,
  });
  for (const { mark, added } of annotations.byPage.values()) {
    const { dictionary: page, reference } = mark.page;
    const existing = await document.view.entry(page, 'Annots');
    update.put(reference, withEntries(page, { Annots: [...(isArray(existing) ? existing : []), ...added] }));
  }
  await putField(document, update, form, annotations.field);

  const { bytes, textOffset } = update.build();
  const contentsAt = textOffset(signature) + template.contentsAt;
  const gapEnd = contentsAt + contentsBytes * 2 + 2;
  const byteRange = [0, contentsAt, gapEnd, earlierSize + bytes.length - gapEnd] as const;
  bytes.set(fromLatin1(byteRangeText(byteRange)), textOffset(signature) + template.byteRangeAt - earlierSize);
  return {
    appendix: bytes,
    byteRange,
    contentsOffset: contentsAt + 1,
    contentsBytes,
    fieldName,
    toDisplay: marks.map(({ page, rectangle }) => ({ page: page.number, rect: rectangle })),
  };
}

/**
 * The bytes to append to the file, with the signature in them.
 * @throws PdfError `contentsTooLong`
 */
export function completeSeal(prepared: PreparedSeal, contents: Uint8Array): Uint8Array {
  const { appendix, byteRange, contentsOffset, contentsBytes } = prepared;
  if (contents.length > contentsBytes) throw new PdfError('contentsTooLong');
  const start = appendix.length - byteRange[3] - 1 - contentsBytes * 2;
  if (contentsOffset < start) throw new PdfError('contentsTooLong', 'not of this file');
  const completed = concatBytes(appendix);
  completed.set(fromLatin1(Buffer.from(contents).toString('hex')), start);
  return completed;
}

function points(millimetres: number): number {
  return (millimetres / 25.4) * 72;
}

/** Behind what we read there must be no beginning of something that we do not. */
async function checkEnd({ source, revisions }: PdfDocument): Promise<void> {
  const end = revisions.at(-1)?.end ?? 0;
  const rest = latin1(await source.read(end, Math.min(2 ** 17, source.size - end)));
  if (/\d\s+obj\b|xref\b/.test(rest)) throw new PdfError('damaged', 'an unfinished revision at the end');
}

interface Holder {
  /** The object that is the value; undefined when the value stands within another object, or nowhere. */
  readonly reference: PdfReference | undefined;
  readonly value: PdfObject;
}

async function holderOf({ view }: PdfDocument, value: PdfValue | undefined): Promise<Holder> {
  let current: PdfObject = value ?? null;
  let reference: PdfReference | undefined;
  for (let hops = 0; hops < 16; hops += 1) {
    const target = as('reference', current);
    if (target === undefined) return { reference, value: current };
    reference = target;
    current = await view.get(target.number, target.generation);
  }
  throw new PdfError('damaged', 'references in a circle');
}

/** Lists the field in the form and makes the form say that it is signed and only appended to (§12.7.2). */
async function putField(
  document: PdfDocument,
  update: IncrementalUpdate,
  form: Holder,
  field: PdfReference,
): Promise<void> {
  const existing = as('dictionary', form.value) ?? dictionary({});
  const fields = await holderOf(document, existing.entries.get('Fields'));
  const list = [...(isArray(fields.value) ? fields.value : []), field];
  const flags = { SigFlags: 3 };
  if (fields.reference !== undefined) update.put(fields.reference, list);
  const changed = withEntries(existing, fields.reference === undefined ? { ...flags, Fields: list } : flags);
  const root = as('reference', document.view.trailer.entries.get('Root'));
  if (form.reference !== undefined) update.put(form.reference, changed);
  else if (root !== undefined) update.put(root, withEntries(document.catalog, { AcroForm: changed }));
}
