import type { ComponentChildren, VNode } from 'preact';
import { isEndState } from '../../../protocol/session-states.ts';
import type { SessionView } from '../../../protocol/ui-messages.ts';
import { BidFileList } from './bid-file-list.tsx';
import { CheckVerdicts } from './check-verdicts.tsx';
import { purposeOf } from './file-standing.ts';
import { ReceiptList } from './receipt-list.tsx';
import { ResultTally } from './result-tally.tsx';

interface BidOutcomeProps {
  readonly session: SessionView;
  /** Stands above it. */
  readonly children?: ComponentChildren;
}

/** What a request to encrypt or decrypt leaves to be read; nothing where the status says it all. */
export function BidOutcome({ session, children }: BidOutcomeProps): VNode | null {
  const { bid, scene, state } = session;
  const receipts = scene === 'encrypt' && state === 'succeeded' ? bid?.receipts : undefined;
  const hasFiles = scene === 'decrypt' && bid !== undefined && bid.files.length > 0;
  if (receipts === undefined && !hasFiles && children === undefined) return null;
  const isCheck = purposeOf(bid) === 'check' && isEndState(state) && state !== 'cancelled';
  return (
    <div class="bid">
      {children}
      {receipts !== undefined && <ReceiptList receipts={receipts} />}
      {hasFiles && state === 'succeeded' && <ResultTally session={session} />}
      {hasFiles &&
        (isCheck ? (
          <CheckVerdicts session={session} />
        ) : (
          <BidFileList session={session} omitsGood={!isEndState(state)} />
        ))}
    </div>
  );
}
