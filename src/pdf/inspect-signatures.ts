import { checkByteRange, type ByteRange, type ByteRangeProblem } from './byte-range.ts';
import { compareRevisions } from './compare-revisions.ts';
import { readFormFields, type FormField } from './form-fields.ts';
import { readCatalog, type PdfDocument } from './open-pdf.ts';
import type { Rectangle } from './page-geometry.ts';
import { PdfError } from './pdf-error.ts';
import { as, dictionaryOf, nameText, type PdfDictionary } from './pdf-values.ts';
import type { RevisionChange } from './revision-change.ts';
import { placesOf } from './signature-places.ts';
import { readDate, readText } from './text-string.ts';

export type { ByteRangeProblem } from './byte-range.ts';
export type { RevisionChange, RevisionChangeKind } from './revision-change.ts';

/** A signature field with a value. Whether the value verifies is for others to say. */
export interface PdfSignature {
  readonly fieldName: string;
  /** Names without the slash; empty when missing. */
  readonly filter: string;
  readonly subFilter: string;
  readonly byteRange: ByteRange;
  /** The DER value of /Contents without its padding; empty when malformed. */
  readonly contents: Uint8Array;
  /** What /M, /Name and /Reason claim. */
  readonly signingTime?: Date;
  readonly name?: string;
  readonly reason?: string;
  /** Bytes of the file up to the end of the byte range; 0 when the range cannot be used. */
  readonly revisionEnd: number;
  /** Index of the revision that the signature closes; undefined when it closes none. */
  readonly revision?: number;
  /** `broken` when there are problems: what the signature covers is then not this document. */
  readonly coverage: 'wholeFile' | 'revision' | 'broken';
  readonly problems: readonly ByteRangeProblem[];
  /** Where it is seen, in points from the lower left corner of each page as displayed. */
  readonly places: readonly { readonly page: number; readonly rect: Rectangle }[];
  /** What was done to the document after it; for a broken one, since its first revision. */
  readonly changesAfter: readonly RevisionChange[];
}

/**
 * The document's signatures, oldest first: by the end of what they cover, broken ones last. Signatures that a
 * later revision took out of the form are told of in `changesAfter` of the others.
 * @throws PdfError when the form or the page tree cannot be read
 */
export async function inspectSignatures(document: PdfDocument): Promise<readonly PdfSignature[]> {
  const form = await document.view.entry(document.catalog, 'AcroForm');
  const fields = await readFormFields(document.view, form);
  const signed = fields.filter(({ type, value }) => type === 'Sig' && dictionaryOf(value) !== undefined);
  const found: Inspected[] = [];
  for (const field of signed) found.push(await inspectField(document, field, fields));
  found.sort((left, right) => rank(left) - rank(right));
  const [oldest] = found.flatMap(({ revision }) => revision ?? []).toSorted((left, right) => left - right);
  // A broken signature closes no revision; whatever the file's later revisions did is told with it.
  const changes = found.length === 0 ? [] : await compareRevisions(document, (oldest ?? 0) + 1);
  return found.map((signature) => ({
    ...signature,
    changesAfter: changes.filter(({ revision }) => revision > (signature.revision ?? 0)),
  }));
}

type Inspected = Omit<PdfSignature, 'changesAfter'>;

function rank({ coverage, revisionEnd }: Inspected): number {
  return coverage === 'broken' ? Number.MAX_SAFE_INTEGER : revisionEnd;
}

async function inspectField(
  document: PdfDocument,
  field: FormField,
  fields: readonly FormField[],
): Promise<Inspected> {
  const signature = dictionaryOf(field.value) ?? field.dictionary;
  const { size } = document.source;
  const checked = checkByteRange(signature, size);
  const problems = new Set(checked.problems);
  if (field.dictionary.hasDuplicates) problems.add('duplicateKeys');
  const [, , secondStart, secondLength] = checked.byteRange;
  const end = secondStart + secondLength;
  const index = document.revisions.findIndex(
    (revision) => end >= revision.end && end <= revision.endWithLineEnd,
  );
  const isPlaced = !problems.has('missing') && !problems.has('malformed');
  if (isPlaced && index === -1) problems.add('notAtRevisionEnd');
  if (index !== -1 && !(await isOfRevision(document, field, signature, index)))
    problems.add('notInItsRevision');
  const others = fields.filter((other) => other !== field);
  if (others.some((other) => other.name === field.name)) problems.add('duplicateField');
  if (others.some((other) => sharesValue(other, field, signature))) problems.add('sharedValue');
  const text = (key: string) => as('string', signature.entries.get(key));
  const [signingTime, name, reason] = [text('M'), text('Name'), text('Reason')];
  const date = signingTime === undefined ? undefined : readDate(readText(signingTime));
  const revision = index === -1 || problems.size > 0 ? undefined : index;
  return {
    fieldName: field.name,
    filter: nameText(signature.entries.get('Filter')) ?? '',
    subFilter: nameText(signature.entries.get('SubFilter')) ?? '',
    byteRange: checked.byteRange,
    contents: checked.contents,
    ...(date === undefined ? {} : { signingTime: date }),
    ...(name === undefined ? {} : { name: readText(name) }),
    ...(reason === undefined ? {} : { reason: readText(reason) }),
    revisionEnd: isPlaced && end >= 0 && end <= size ? end : 0,
    ...(revision === undefined ? {} : { revision }),
    coverage: problems.size > 0 ? 'broken' : end === size ? 'wholeFile' : 'revision',
    problems: [...problems],
    places: await placesOf(document, field, revision),
  };
}

/** True when that revision wrote the signature into the file, and into this field. */
async function isOfRevision(
  document: PdfDocument,
  field: FormField,
  signature: PdfDictionary,
  index: number,
): Promise<boolean> {
  const start = as('string', signature.entries.get('Contents'))?.start;
  const earlierEnd = document.revisions[index - 1]?.end ?? 0;
  if (start === undefined || start < earlierEnd) return false;
  try {
    const view = document.viewAt(index);
    const form = await view.entry(await readCatalog(view), 'AcroForm');
    const then = (await readFormFields(view, form)).find((other) => other.name === field.name);
    return as('string', dictionaryOf(then?.value)?.entries.get('Contents'))?.start === start;
  } catch (error) {
    if (error instanceof PdfError) return false;
    throw error;
  }
}

function sharesValue(other: FormField, field: FormField, signature: PdfDictionary): boolean {
  if (other.valueReference !== undefined && other.valueReference.number === field.valueReference?.number)
    return true;
  const start = as('string', signature.entries.get('Contents'))?.start;
  const otherStart = as('string', dictionaryOf(other.value)?.entries.get('Contents'))?.start;
  return start !== undefined && start === otherStart;
}
