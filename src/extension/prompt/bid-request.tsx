import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isEndState } from '../../protocol/session-states.ts';
import { BidOutcome } from '../ui/bid/bid-outcome.tsx';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { SessionCard } from '../ui/session-card.tsx';
import { useText } from '../ui/text/text-context.ts';
import { useCommand } from '../ui/use-command.ts';
import { windowStep } from '../ui/window-step.ts';
import { RecipientReview } from './recipient-review.tsx';
import { SavingStep } from './saving-step.tsx';
import type { RequestProps } from './signing-request.tsx';
import { useSessionOutputs } from './use-session-outputs.ts';

/** Milliseconds between two downloads of one press: a browser drops some of many that come at once. */
const saveInterval = 300;

/** A request to encrypt or decrypt: the card, the look at the recipient's certificate, and the saving of files. */
export function BidRequest({ session, client, close }: RequestProps): VNode {
  const text = useText().bid;
  const { pending, problem, run } = useCommand(client);
  const { files, problem: outputsProblem, saved, markSaved } = useSessionOutputs(client, session);
  const { id: sessionId, bid, scene, state } = session;
  const step = windowStep(session);
  const isSaving = step === 'saveFiles';
  const allSaved = files !== undefined && saved.size === files.length;
  useEffect(() => {
    if (isSaving && allSaved) run({ command: 'outputsSaved', sessionId });
  }, [isSaving, allSaved, sessionId, run]);

  const card = { session, client, onClose: close };
  const failure = problem !== undefined && <ProblemNotice code={problem} />;
  const outputs = (
    <SavingStep
      scene={scene}
      files={files}
      problem={outputsProblem}
      saved={saved}
      onSave={markSaved}
      again={!isSaving}
    />
  );
  if (step === 'confirmRecipient' && bid?.recipients !== undefined) {
    const isLate = bid.endsBeforeOpening === true;
    return (
      <SessionCard
        {...card}
        tools={
          <>
            <RecipientReview recipients={bid.recipients} endsBeforeOpening={isLate} />
            {failure}
          </>
        }
        primary={
          <Button
            kind={isLate ? 'secondary' : 'primary'}
            busy={pending.length > 0}
            onPress={() => run({ command: 'confirmRecipient', sessionId })}
          >
            {isLate ? text.recipient.confirmAnyway : text.recipient.confirm}
          </Button>
        }
      />
    );
  }
  if (isSaving) {
    return (
      <SessionCard
        {...card}
        tools={
          <BidOutcome session={session}>
            {outputs}
            {failure}
          </BidOutcome>
        }
        primary={
          files !== undefined && (
            <>
              {files.length > 1 && <SaveAll />}
              <Button busy={pending.length > 0} onPress={() => run({ command: 'outputsSaved', sessionId })}>
                {text.saving.done}
              </Button>
            </>
          )
        }
      />
    );
  }
  if (isEndState(state) && files !== undefined) {
    return <SessionCard {...card} tools={<BidOutcome session={session}>{outputs}</BidOutcome>} />;
  }
  return <SessionCard {...card} />;
}

/** Presses the link of each file, one after the other. */
function SaveAll(): VNode {
  const [links, setLinks] = useState<readonly HTMLAnchorElement[]>([]);
  useEffect(() => {
    const [next, ...rest] = links;
    if (next === undefined) return undefined;
    next.click();
    const timer = setTimeout(() => setLinks(rest), saveInterval);
    return () => clearTimeout(timer);
  }, [links]);
  return (
    <Button
      kind="primary"
      busy={links.length > 0}
      onPress={() => setLinks([...document.querySelectorAll<HTMLAnchorElement>('.outputs a[download]')])}
    >
      {useText().bid.saving.all}
    </Button>
  );
}
