import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { Recipient } from '../../protocol/bids.ts';
import { RecipientFacts } from '../ui/bid/recipient-facts.tsx';
import { useText } from '../ui/text/text-context.ts';

interface RecipientReviewProps {
  /** The bidder's own first. */
  readonly recipients: readonly Recipient[];
  readonly endsBeforeOpening: boolean;
}

/** Who will be able to open what is about to be encrypted, and what that means until the opening. */
export function RecipientReview({ recipients, endsBeforeOpening }: RecipientReviewProps): VNode {
  const text = useText().bid.recipient;
  const headingId = useId();
  const [own, ...further] = recipients;
  return (
    <div class="bid">
      <p class="consequence">{text.consequence}</p>
      {own !== undefined && (
        <section class="bid-group" aria-labelledby={headingId} data-recipient="own">
          <h2 id={headingId}>{text.heading}</h2>
          <RecipientFacts recipient={own} endsBeforeOpening={endsBeforeOpening} />
        </section>
      )}
      <FurtherRecipients recipients={further} />
    </div>
  );
}

function FurtherRecipients({ recipients }: { recipients: readonly Recipient[] }): VNode {
  const text = useText().bid.recipient;
  const headingId = useId();
  if (recipients.length === 0) return <p class="muted">{text.noFurther}</p>;
  return (
    <section class="bid-group" aria-labelledby={headingId} data-recipient="further">
      <h2 id={headingId}>{text.further}</h2>
      {recipients.map((recipient) => (
        <details key={recipient.fingerprint} class="further">
          <summary>
            <strong>{recipient.name}</strong>
            {recipient.organization !== undefined && recipient.organization !== recipient.name && (
              <span class="label">{recipient.organization}</span>
            )}
          </summary>
          <RecipientFacts recipient={recipient} />
        </details>
      ))}
    </section>
  );
}
