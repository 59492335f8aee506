import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { FileFacts, Receipt, Recipient } from '../../../protocol/bids.ts';
import { Button } from '../button.tsx';
import { DigestText } from '../digest-text.tsx';
import { downloadBlob } from '../download-blob.ts';
import { FactList } from '../fact-list.tsx';
import { exactSize, roundedSize } from '../format-size.ts';
import { OriginText } from '../origin-text.tsx';
import { useText } from '../text/text-context.ts';
import { RecipientFacts } from './recipient-facts.tsx';
import { receiptText } from './receipt-text.ts';
import { useMomentText } from './use-moment-text.ts';

/** What the user keeps of an encryption: to read, to copy and to save. */
export function ReceiptList({ receipts }: { receipts: readonly Receipt[] }): VNode {
  const text = useText().bid.receipt;
  const headingId = useId();
  return (
    <section class="bid-group" aria-labelledby={headingId}>
      <h2 id={headingId}>{text.heading(receipts.length)}</h2>
      <p class="muted">{text.advice}</p>
      <ReceiptActions receipts={receipts} />
      {receipts.map((receipt) => (
        <ReceiptDetails key={receipt.id} receipt={receipt} open={receipts.length === 1} />
      ))}
    </section>
  );
}

function ReceiptDetails({ receipt, open }: { receipt: Receipt; open: boolean }): VNode {
  const { receipt: text, openingTime, recipient } = useText().bid;
  const { moment } = useMomentText();
  const { plain, cipher, recipients, id, site, encryptedAt, format } = receipt;
  const [own, ...further] = recipients;
  return (
    <details class="receipt" open={open} data-receipt={id}>
      <summary>
        <strong class="document-name">{plain.name}</strong>
      </summary>
      <div class="receipt-body">
        <FactList
          facts={[
            [
              text.encryptedAt,
              <time dateTime={new Date(encryptedAt).toISOString()}>{moment(encryptedAt)}</time>,
            ],
            [openingTime.label, receipt.openingTime === undefined ? undefined : moment(receipt.openingTime)],
            [text.site, <OriginText origin={site} />],
          ]}
        />
        <ReceiptFile label={text.plain} digestLabel={text.plainDigest} file={plain} />
        <ReceiptFile label={text.cipher} digestLabel={text.cipherDigest} file={cipher} />
        {own !== undefined && <ReceiptRecipients heading={text.own} recipients={[own]} />}
        {further.length > 0 && <ReceiptRecipients heading={recipient.further} recipients={further} />}
        <FactList
          facts={[
            [text.format, text.formats[format]],
            [text.id, <code>{id}</code>],
          ]}
        />
      </div>
    </details>
  );
}

function ReceiptFile(props: { label: string; digestLabel: string; file: FileFacts }): VNode {
  const text = useText().documents;
  const { name, size, sm3 } = props.file;
  return (
    <div>
      <FactList
        facts={[
          [
            props.label,
            <>
              <span class="document-name">{name}</span>{' '}
              <span class="label">{text.size(roundedSize(size), exactSize(size))}</span>
            </>,
          ],
        ]}
      />
      <DigestText label={props.digestLabel} digest={sm3} />
    </div>
  );
}

function ReceiptRecipients(props: { heading: string; recipients: readonly Recipient[] }): VNode {
  return (
    <div class="receipt-recipients">
      <h3>{props.heading}</h3>
      {props.recipients.map((recipient) => (
        <RecipientFacts key={recipient.fingerprint} recipient={recipient} />
      ))}
    </div>
  );
}

function ReceiptActions({ receipts }: { receipts: readonly Receipt[] }): VNode {
  const { product, bid, documents } = useText();
  const { moment, validity } = useMomentText();
  const [copied, setCopied] = useState(false);
  const whole = (): string =>
    receiptText(receipts, {
      product,
      bid,
      moment,
      validity,
      size: (bytes) => documents.size(roundedSize(bytes), exactSize(bytes)),
    });
  const copy = (): void => {
    navigator.clipboard.writeText(whole()).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  const save = (): void => {
    const [first, ...others] = receipts;
    if (first === undefined) return;
    const name =
      others.length === 0
        ? bid.receipt.fileName(first.plain.name)
        : bid.receipt.fileNameOfMany(receipts.length);
    // The mark tells older editors of Windows that this is UTF-8.
    downloadBlob(new Blob(['\ufeff', whole()], { type: 'text/plain;charset=utf-8' }), name);
  };
  return (
    <div class="actions">
      <Button onPress={save}>{bid.receipt.save}</Button>
      <Button onPress={copy}>{copied ? bid.receipt.copied : bid.receipt.copy}</Button>
      <span class="visually-hidden" role="status">
        {copied ? bid.receipt.copied : ''}
      </span>
    </div>
  );
}
