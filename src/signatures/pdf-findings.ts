import type { ByteRangeProblem, RevisionChange, RevisionChangeKind } from '../pdf/inspect-signatures.ts';
import type { PdfErrorReason } from '../pdf/pdf-error.ts';
import type { FindingCode } from '../protocol/finding-codes.ts';
import { finding, type ChangeKind, type Finding, type SignatureReport } from '../protocol/verification.ts';

/** Why a PDF is not read at all. */
export const codeOfPdfError: Readonly<Record<PdfErrorReason, FindingCode>> = {
  notPdf: 'unknownFileKind',
  encrypted: 'fileEncrypted',
  damaged: 'fileDamaged',
  xfa: 'fileUnsupported',
  tooComplex: 'fileTooLarge',
  filterUnsupported: 'fileUnsupported',
  certified: 'fileUnsupported',
  noSuchPage: 'fileDamaged',
  placeOutside: 'fileDamaged',
  noPlace: 'fileDamaged',
  pictureUnsupported: 'fileUnsupported',
  contentsTooLong: 'fileTooLarge',
};

const codeOfProblem: Readonly<Record<ByteRangeProblem, FindingCode>> = {
  missing: 'byteRangeInvalid',
  malformed: 'byteRangeInvalid',
  negative: 'byteRangeInvalid',
  notFromStart: 'byteRangeNotFromStart',
  overlaps: 'byteRangeInvalid',
  beyondEnd: 'byteRangeOutsideFile',
  gapIsNotContents: 'byteRangeGap',
  contentsMalformed: 'signatureMalformed',
  paddingNotZero: 'byteRangeGap',
  contentsInObjectStream: 'byteRangeInvalid',
  notAtRevisionEnd: 'byteRangeNotWholeRevision',
  notInItsRevision: 'signatureFieldAmbiguous',
  duplicateKeys: 'signatureFieldAmbiguous',
  duplicateField: 'signatureFieldAmbiguous',
  sharedValue: 'signatureFieldAmbiguous',
};

/** What is wrong with the reach of a signature, each kind once. */
export function problemFindings(problems: readonly ByteRangeProblem[]): Finding[] {
  return [...new Set(problems.map((problem) => codeOfProblem[problem]))].map((code) => finding(code));
}

interface ChangeMeaning {
  readonly code: FindingCode;
  /** Undefined for what nobody sees, nor need look at. */
  readonly kind: ChangeKind | undefined;
}

const meanings: Readonly<Record<RevisionChangeKind, ChangeMeaning>> = {
  signatureAdded: { code: 'changedAfterBySeal', kind: 'seal' },
  sealMarkAdded: { code: 'changedAfterBySeal', kind: 'seal' },
  validationDataAdded: { code: 'changedAfterByValidationData', kind: undefined },
  metadataChanged: { code: 'changedAfterInMetadata', kind: undefined },
  formFilled: { code: 'changedAfterInForm', kind: 'form' },
  annotationAdded: { code: 'changedAfterByAnnotation', kind: 'annotation' },
  annotationChanged: { code: 'changedAfterByAnnotation', kind: 'annotation' },
  annotationRemoved: { code: 'changedAfterByAnnotation', kind: 'annotation' },
  pageContentChanged: { code: 'changedAfterOnPage', kind: 'page' },
  resourceChanged: { code: 'changedAfterOnPage', kind: 'page' },
  pagesChanged: { code: 'changedAfterOnPage', kind: 'page' },
  signatureChanged: { code: 'changedAfterToSignature', kind: 'other' },
  signatureRemoved: { code: 'changedAfterToSignature', kind: 'other' },
  formChanged: { code: 'changedAfterOtherwise', kind: 'other' },
  catalogChanged: { code: 'changedAfterOtherwise', kind: 'other' },
  objectReplaced: { code: 'changedAfterOtherwise', kind: 'other' },
  danglingFilled: { code: 'changedAfterOtherwise', kind: 'other' },
  bytesAppended: { code: 'changedAfterOtherwise', kind: 'other' },
  notCompared: { code: 'changedAfterUnknown', kind: 'other' },
};

/** What was done to the document after a signature: one finding a kind, and the list of what people can see. */
export function changeFindings(changes: readonly RevisionChange[]): {
  readonly findings: readonly Finding[];
  readonly changes: NonNullable<SignatureReport['changes']>;
} {
  const codes = new Map<FindingCode, number[]>();
  const listed = new Map<string, { kind: ChangeKind; page?: number }>();
  for (const { kind: done, page } of changes) {
    const { code, kind } = meanings[done];
    const pages = codes.get(code) ?? [];
    codes.set(code, page === undefined ? pages : [...pages, page]);
    if (kind !== undefined) listed.set(`${kind} ${page}`, page === undefined ? { kind } : { kind, page });
  }
  const findings = [...codes].map(([code, pages]) => {
    const [page] = pages;
    return page === undefined ? finding(code) : finding(code, { page });
  });
  return { findings, changes: [...listed.values()] };
}
