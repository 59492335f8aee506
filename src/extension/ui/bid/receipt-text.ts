import type { Receipt, Recipient } from '../../../protocol/bids.ts';
import type { BidText } from '../text/bid-text.ts';

interface ReceiptTexts {
  readonly product: string;
  readonly bid: BidText;
  /** Day, minute and zone of milliseconds since the epoch. */
  readonly moment: (milliseconds: number) => string;
  readonly validity: (from: number, to: number) => string;
  /** A byte count in words. */
  readonly size: (bytes: number) => string;
}

/** Receipts as text to be kept: one fact a line, whole digests and serial numbers, lines ending in CR LF. */
export function receiptText(receipts: readonly Receipt[], texts: ReceiptTexts): string {
  const sections = receipts.map((receipt) => linesOf(receipt, texts).join('\r\n'));
  const title = `${texts.product} ${texts.bid.receipt.heading(receipts.length)}`;
  return [title, ...sections].join('\r\n\r\n') + '\r\n';
}

function linesOf(receipt: Receipt, texts: ReceiptTexts): string[] {
  const { bid, moment, size } = texts;
  const words = bid.receipt;
  const { plain, cipher, openingTime } = receipt;
  const [own, ...further] = receipt.recipients;
  return [
    words.line(words.id, receipt.id),
    words.line(words.site, receipt.site),
    words.line(words.encryptedAt, moment(receipt.encryptedAt)),
    ...(openingTime === undefined ? [] : [words.line(bid.openingTime.label, moment(openingTime))]),
    words.line(words.format, words.formats[receipt.format]),
    words.line(words.plain, `${plain.name}, ${size(plain.size)}`),
    words.line(words.plainDigest, plain.sm3),
    words.line(words.cipher, `${cipher.name}, ${size(cipher.size)}`),
    words.line(words.cipherDigest, cipher.sm3),
    ...(own === undefined ? [] : [`[${words.own}]`, ...recipientLines(own, texts)]),
    ...further.flatMap((recipient) => [`[${words.further}]`, ...recipientLines(recipient, texts)]),
  ];
}

function recipientLines(recipient: Recipient, { bid, validity }: ReceiptTexts): string[] {
  const words = bid.recipient;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [words.holder, recipient.name],
    [words.organization, recipient.organization],
    [words.creditCode, recipient.creditCode],
    [words.serialNumber, recipient.serialNumber],
    [words.fingerprint, recipient.fingerprint],
    [words.validity, validity(recipient.notBefore, recipient.notAfter)],
  ];
  return facts.flatMap(([name, value]) =>
    value === undefined ? [] : [bid.receipt.line(name, oneLine(value))],
  );
}

/** What a certificate says cannot break its line, and so forge another. */
function oneLine(value: string): string {
  return value.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '_');
}
