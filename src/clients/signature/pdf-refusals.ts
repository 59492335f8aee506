import { openPdf, PdfError, type PdfDocument, type PdfErrorReason } from '../../pdf/open-pdf.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { MethodContext } from '../runtime/method-handlers.ts';

const codes: Readonly<Record<PdfErrorReason, ErrorCode>> = {
  notPdf: 'DOCUMENT_NOT_PDF',
  encrypted: 'DOCUMENT_ENCRYPTED',
  damaged: 'DOCUMENT_DAMAGED',
  xfa: 'DOCUMENT_UNSUPPORTED',
  tooComplex: 'DOCUMENT_UNSUPPORTED',
  filterUnsupported: 'DOCUMENT_UNSUPPORTED',
  certified: 'DOCUMENT_LOCKED',
  noSuchPage: 'SEAL_PLACE_OUTSIDE',
  placeOutside: 'SEAL_PLACE_OUTSIDE',
  noPlace: 'SEAL_PLACE_OUTSIDE',
  pictureUnsupported: 'SEAL_PICTURE_UNSUPPORTED',
  contentsTooLong: 'SEAL_UNUSABLE',
};

/** Runs `work`; what the PDF layer refuses is refused by its code of the catalogue. */
export async function withPdfCodes<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PdfError) throw new CodedError(codes[error.reason], error.message);
    throw error;
  }
}

/** A file of the client as PDF. @throws CodedError `DOCUMENT_…` */
export function openDocument(file: string, { files, signal }: MethodContext): Promise<PdfDocument> {
  if (files.describe(file).size === 0) throw new CodedError('DOCUMENT_EMPTY');
  return withPdfCodes(() => openPdf(files.source(file), { signal }));
}
