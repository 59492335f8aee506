import type { VNode } from 'preact';
import type { Recipient } from '../../../protocol/bids.ts';
import { DigestText } from '../digest-text.tsx';
import { FactList } from '../fact-list.tsx';
import { useText } from '../text/text-context.ts';
import { useMomentText } from './use-moment-text.ts';

interface RecipientFactsProps {
  readonly recipient: Recipient;
  readonly endsBeforeOpening?: boolean;
}

/** A certificate that opens bids: whose it is, which, and until when it is valid. */
export function RecipientFacts({ recipient, endsBeforeOpening = false }: RecipientFactsProps): VNode {
  const text = useText().bid.recipient;
  const { validity } = useMomentText();
  const { name, organization, creditCode, serialNumber, fingerprint, notBefore, notAfter } = recipient;
  return (
    <div class="recipient">
      <FactList
        facts={[
          [text.holder, <strong>{name}</strong>],
          [text.organization, organization === name ? undefined : organization],
          [text.creditCode, creditCode],
          [text.serialNumber, <code>{serialNumber}</code>],
          [
            text.validity,
            <>
              {validity(notBefore, notAfter)}
              {endsBeforeOpening && <strong class="ends-before">{text.endsBefore}</strong>}
            </>,
          ],
        ]}
      />
      <DigestText label={text.fingerprint} digest={fingerprint} />
    </div>
  );
}

/** A certificate in one line: holder and serial number. */
export function RecipientLine({ recipient }: { recipient: Recipient }): VNode {
  const text = useText().bid.recipient;
  return (
    <>
      <strong>{recipient.name}</strong>{' '}
      <span class="serial">
        <span class="label">{text.serialNumber}</span> <code>{recipient.serialNumber}</code>
      </span>
    </>
  );
}
