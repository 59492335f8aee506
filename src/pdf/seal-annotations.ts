import type { IncrementalUpdate } from './incremental-update.ts';
import { toPageSpace } from './page-geometry.ts';
import { dictionary, name, type PdfReference, type PdfValue } from './pdf-values.ts';
import { sealKeys } from './seal-names.ts';
import type { Mark, PictureSize } from './seal-places.ts';
import { writeDate, writeText } from './text-string.ts';
import { fromLatin1 } from './latin1.ts';

/** Annotation flags (ISO 32000-1 §12.5.3). */
const print = 4;
const readOnly = 64;
const locked = 128;

export interface SealAnnotations {
  readonly field: PdfReference;
  /** What to add to /Annots, by the page's object number. */
  readonly byPage: ReadonlyMap<number, { readonly mark: Mark; readonly added: readonly PdfReference[] }>;
}

/**
 * Writes the signature field, merged with the widget of the first mark, and a stamp annotation for every further
 * mark, named after the field. Each shows its part of the picture upright on the displayed page.
 */
export function putAnnotations(
  update: IncrementalUpdate,
  marks: readonly Mark[],
  seal: {
    readonly fieldName: string;
    readonly signature: PdfReference;
    readonly picture: PdfReference;
    readonly size: PictureSize;
    readonly signingTime: Date;
  },
): SealAnnotations {
  const appearances = new Map<string, PdfReference>();
  const appearanceOf = (mark: Mark): PdfReference => {
    const key = `${mark.slice.index} ${mark.slice.count} ${mark.page.rotation}`;
    const known = appearances.get(key) ?? putAppearance(update, mark, seal.picture, seal.size);
    appearances.set(key, known);
    return known;
  };
  const common = (mark: Mark): Record<string, PdfValue> => ({
    Type: name('Annot'),
    Rect: toPageSpace(mark.rectangle, mark.page),
    P: mark.page.reference,
    M: writeDate(seal.signingTime),
    AP: dictionary({ N: appearanceOf(mark) }),
  });

  const field = update.allocate();
  const stamps: PdfReference[] = [];
  const byPage = new Map<number, { mark: Mark; added: PdfReference[] }>();
  for (const [index, mark] of marks.entries()) {
    const target = index === 0 ? field : update.allocate();
    const page = byPage.get(mark.page.reference.number) ?? { mark, added: [] };
    page.added.push(target);
    byPage.set(mark.page.reference.number, page);
    if (index === 0) continue;
    stamps.push(target);
    const stamp = { Subtype: name('Stamp'), NM: writeText(`${seal.fieldName}/${index + 1}`) };
    update.put(target, dictionary({ ...common(mark), ...stamp, F: print + readOnly + locked }));
  }
  for (const mark of marks.slice(0, 1)) {
    const widget = { Subtype: name('Widget'), FT: name('Sig'), T: writeText(seal.fieldName) };
    const tied = { V: seal.signature, ...(stamps.length > 0 ? { [sealKeys.marks]: stamps } : {}) };
    update.put(field, dictionary({ ...common(mark), ...widget, ...tied, F: print + locked }));
  }
  return { field, byPage };
}

/** Turns against the page's rotation: [cos, sin, −sin, cos, 0, 0]. */
const upright = {
  0: [1, 0, 0, 1, 0, 0],
  90: [0, 1, -1, 0, 0, 0],
  180: [-1, 0, 0, -1, 0, 0],
  270: [0, -1, 1, 0, 0, 0],
} as const;

/** A form XObject as large as the slice, through which the whole picture is seen. */
function putAppearance(
  update: IncrementalUpdate,
  { slice, page }: Mark,
  picture: PdfReference,
  { width, height }: PictureSize,
): PdfReference {
  const seen = width / slice.count;
  const numbers = [width, 0, 0, height, -slice.index * seen, 0].map((number) => number.toFixed(4));
  const target = update.allocate();
  const form = dictionary({
    Type: name('XObject'),
    Subtype: name('Form'),
    BBox: [0, 0, seen, height],
    Matrix: upright[page.rotation],
    Resources: dictionary({ XObject: dictionary({ Picture: picture }) }),
  });
  update.putStream(target, form, fromLatin1(`q ${numbers.join(' ')} cm /Picture Do Q`));
  return target;
}
