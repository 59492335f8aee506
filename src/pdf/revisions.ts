import { compareRevisions } from './compare-revisions.ts';
import { readFormFields } from './form-fields.ts';
import { inspectSignatures } from './inspect-signatures.ts';
import type { PdfDocument } from './open-pdf.ts';
import { asCount, dictionaryOf } from './pdf-values.ts';
import { sealKeys } from './seal-names.ts';
import { latin1 } from './latin1.ts';

export type SealRemoval =
  | {
      readonly ok: true;
      readonly fieldName: string;
      /** Bytes of the file to keep. */ readonly revisionStart: number;
    }
  | {
      readonly ok: false;
      /**
       * - `noSignature`: the document has none, or none that is whole
       * - `changedAfter`: something was added after the last signature
       * - `notAlone`: the last revision did more than add one signature
       * - `firstRevision`: the document was signed as it was made; there is nothing before it
       */
      readonly reason: 'noSignature' | 'changedAfter' | 'notAlone' | 'firstRevision';
    };

/**
 * Decides whether the last seal can be taken off: cutting the file at `revisionStart` gives back what was sealed,
 * byte for byte.
 * @throws PdfError when the document cannot be read
 */
export async function removeLastSeal(document: PdfDocument): Promise<SealRemoval> {
  const whole = (await inspectSignatures(document)).filter(({ coverage }) => coverage !== 'broken');
  const last = whole.at(-1);
  if (last === undefined) return { ok: false, reason: 'noSignature' };
  if (last.coverage !== 'wholeFile') return { ok: false, reason: 'changedAfter' };
  const index = document.revisions.length - 1;
  if (index === 0) return { ok: false, reason: 'firstRevision' };
  const changes = await compareRevisions(document, index);
  const added = changes.filter(({ kind }) => kind === 'signatureAdded');
  const others = changes.filter(({ kind }) => kind !== 'signatureAdded' && kind !== 'sealMarkAdded');
  if (added.length !== 1 || others.length > 0) return { ok: false, reason: 'notAlone' };
  return { ok: true, fieldName: last.fieldName, revisionStart: await startOfLast(document, last.fieldName) };
}

/** What may stand between a revision and the next, and mostly does not. */
const maxJunk = 2 ** 16;

/** The seal says itself how long the file was; without that, the revision begins after the line end before it. */
async function startOfLast(document: PdfDocument, fieldName: string): Promise<number> {
  const { source, view, catalog, revisions } = document;
  const fields = await readFormFields(view, await view.entry(catalog, 'AcroForm'));
  const field = fields.find(({ name }) => name === fieldName);
  const claimed = asCount(dictionaryOf(field?.value)?.entries.get(sealKeys.earlierSize));
  const previous = revisions.at(-2);
  const end = previous?.end ?? 0;
  if (claimed !== undefined && claimed >= end && claimed < end + maxJunk) {
    const between = latin1(await source.read(end, claimed - end));
    const beginning = latin1(await source.read(claimed, 64));
    if (/^\s?\d+ \d+ obj/.test(beginning) && !between.includes('obj')) return claimed;
  }
  return previous?.endWithLineEnd ?? end;
}
