import type { VNode } from 'preact';
import type { Recipient } from '../../../protocol/bids.ts';
import type { BidFileView } from '../../../protocol/bid-view.ts';
import { useText } from '../text/text-context.ts';
import { RecipientLine } from './recipient-facts.tsx';

interface NeededCertificatesProps {
  readonly file: BidFileView;
  /** The certificate of the phone in hand. */
  readonly phone: Recipient | undefined;
  /** Shown by a press. */
  readonly folded?: boolean;
}

/** Which certificates open a file, and whether the phone has one of them. */
export function NeededCertificates({ file, phone, folded = false }: NeededCertificatesProps): VNode | null {
  const text = useText().bid.check;
  const { recipients } = file;
  if (recipients.length === 0) return null;
  const heading = recipients.length === 1 ? text.needs : text.needsOneOf;
  const list = (
    <ul>
      {recipients.map((recipient) => (
        <li key={recipient.fingerprint}>
          <RecipientLine recipient={recipient} />
          <Compared recipient={recipient} file={file} phone={phone} />
        </li>
      ))}
    </ul>
  );
  if (folded) {
    return (
      <details class="needed">
        <summary class="label">{heading}</summary>
        {list}
      </details>
    );
  }
  return (
    <div class="needed">
      <p class="label">{heading}</p>
      {list}
    </div>
  );
}

interface ComparedProps {
  readonly recipient: Recipient;
  readonly file: BidFileView;
  readonly phone: Recipient | undefined;
}

/** Whether the phone has this certificate. Where it has another one of a file, the rest need no word. */
function Compared({ recipient, file, phone }: ComparedProps): VNode | null {
  const text = useText().bid.check;
  if (phone === undefined) return null;
  if (recipient.fingerprint === phone.fingerprint) return <p class="compared tone-ok">{text.same}</p>;
  if (!file.ok) return <p class="compared tone-bad">{text.other}</p>;
  const isRenewed = file.warnings.includes('CERTIFICATE_RENEWED');
  if (!isRenewed || recipient !== renewedOf(file.recipients, phone)) return null;
  return <p class="compared tone-ok">{text.sameKey}</p>;
}

/** The certificate that the phone's renewed one came after; undefined where that cannot be told. */
function renewedOf(recipients: readonly Recipient[], phone: Recipient): Recipient | undefined {
  const candidates =
    recipients.length === 1 ? recipients : recipients.filter(({ name }) => name === phone.name);
  return candidates.length === 1 ? candidates[0] : undefined;
}
