/**
 * Why a PDF, or what is asked of it, is refused:
 * - `notPdf`: no `%PDF-` within the first 1024 bytes, or no bytes at all
 * - `encrypted`: a trailer names an encryption dictionary, whatever the password
 * - `damaged`: the structure contradicts itself or ISO 32000; it is never rebuilt, because two readers would
 *   rebuild it into two documents
 * - `xfa`: the form is an XFA form, whose look is not in the PDF's pages
 * - `tooComplex`: sound perhaps, but past a bound of this reader (nesting, sizes, numbers of things)
 * - `filterUnsupported`: the structure is packed by a filter other than Flate and ASCIIHex
 * - `certified`: a signature in the file forbids every change after it (DocMDP P = 1)
 * - `noSuchPage`: a page number that the document does not have
 * - `placeOutside`: a mark would not lie on its page, whole
 * - `noPlace`: no place was asked for
 * - `pictureUnsupported`: no PNG or JPEG that can be embedded, or larger than 2048 by 2048 pixels or 4 MiB
 * - `contentsTooLong`: the signature is longer than the bytes reserved for it
 */
export type PdfErrorReason =
  | 'notPdf'
  | 'encrypted'
  | 'damaged'
  | 'xfa'
  | 'tooComplex'
  | 'filterUnsupported'
  | 'certified'
  | 'noSuchPage'
  | 'placeOutside'
  | 'noPlace'
  | 'pictureUnsupported'
  | 'contentsTooLong';

export class PdfError extends Error {
  readonly reason: PdfErrorReason;

  constructor(reason: PdfErrorReason, detail?: string) {
    super(detail === undefined ? reason : `${reason}: ${detail}`);
    this.name = 'PdfError';
    this.reason = reason;
  }
}
