import { sealKeys } from './seal-names.ts';
import { name, type PdfValue } from './pdf-values.ts';
import { writeDate, writeText } from './text-string.ts';
import { writeValue } from './write-value.ts';

/** How the seal's signature is written. */
export type SealSubFilter = 'adbe.pkcs7.detached' | 'GM.sm2seal';

const filters: Readonly<Record<SealSubFilter, string>> = {
  'adbe.pkcs7.detached': 'Adobe.PPKLite',
  'GM.sm2seal': 'Gomain.GMPkiLite',
};

/** Digits of a file offset: a PDF with a cross-reference table ends before 10 GB. */
const offsetWidth = 12;

export interface SignatureText {
  readonly subFilter: SealSubFilter;
  readonly signingTime: Date;
  readonly signerName: string;
  readonly reason?: string;
  readonly contentsBytes: number;
  /** Length of the file before the seal. */
  readonly earlierSize: number;
}

/** The text of a signature dictionary (ISO 32000-1 §12.8.1) whose /ByteRange and /Contents are yet to be filled. */
export interface SignatureTemplate {
  readonly text: string;
  /** Where the numbers of /ByteRange begin in `text`. */
  readonly byteRangeAt: number;
  /** Where the delimiter before the first hexadecimal digit of /Contents stands in `text`. */
  readonly contentsAt: number;
}

export function signatureTemplate(request: SignatureText): SignatureTemplate {
  const { subFilter, reason } = request;
  const entry = (key: string, value: PdfValue) => `/${key} ${writeValue(value)}`;
  const before = [
    '<</Type /Sig',
    entry('Filter', name(filters[subFilter])),
    entry('SubFilter', name(subFilter)),
    entry('M', writeDate(request.signingTime)),
    entry('Name', writeText(request.signerName)),
    ...(reason === undefined ? [] : [entry('Reason', writeText(reason))]),
    entry(sealKeys.earlierSize, request.earlierSize),
    '/ByteRange [',
  ].join(' ');
  const gap = ' '.repeat(byteRangeText([0, 0, 0, 0]).length);
  const middle = '] /Contents ';
  return {
    text: `${before}${gap}${middle}<${'0'.repeat(request.contentsBytes * 2)}>>>`,
    byteRangeAt: before.length,
    contentsAt: before.length + gap.length + middle.length,
  };
}

/** Four numbers in a text of always the same length. */
export function byteRangeText(range: readonly [number, number, number, number]): string {
  const [first, ...others] = range;
  return [first, ...others.map((number) => String(number).padEnd(offsetWidth))].join(' ');
}
