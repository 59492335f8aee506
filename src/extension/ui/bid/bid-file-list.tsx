import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { Recipient } from '../../../protocol/bids.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import { isEndState } from '../../../protocol/session-states.ts';
import type { SessionView } from '../../../protocol/ui-messages.ts';
import { useText } from '../text/text-context.ts';
import { BidFileItem } from './bid-file-item.tsx';
import { fileStandings, purposeOf, type FileStanding } from './file-standing.ts';

interface BidFileListProps {
  readonly session: SessionView;
  /** The good ones stand somewhere else. */
  readonly omitsGood?: boolean;
}

/** The encrypted files in groups; at the end those that failed come first, for they want something done. */
export function BidFileList({ session, omitsGood = false }: BidFileListProps): VNode {
  const text = useText().bid.files;
  const { state, error, bid } = session;
  const standings = fileStandings(session);
  const of = (kind: FileStanding['kind']) => standings.filter((standing) => standing.kind === kind);
  const headings = text.headings[purposeOf(bid)];
  const isDone = state === 'completing' || isEndState(state);
  const common = { explained: state === 'failed' ? error?.code : undefined, phone: bid?.phone };
  const waiting = { signing: text.toOpen, done: text.untouched, working: headings.working };
  const waitingHeading = waiting[isDone ? 'done' : state === 'signing' ? 'signing' : 'working'];
  const bad = <Group {...common} heading={isDone ? headings.bad : text.unopenable} standings={of('bad')} />;
  return (
    <>
      {isDone && bad}
      <Group {...common} heading={waitingHeading} standings={of('waiting')} />
      {!omitsGood && <Group {...common} heading={headings.good} standings={of('good')} />}
      {!isDone && bad}
    </>
  );
}

interface GroupProps {
  readonly heading: (count: number) => string;
  readonly standings: readonly FileStanding[];
  readonly explained: ErrorCode | undefined;
  readonly phone: Recipient | undefined;
}

function Group({ heading, standings, explained, phone }: GroupProps): VNode | null {
  const headingId = useId();
  if (standings.length === 0) return null;
  return (
    <section class="bid-group" aria-labelledby={headingId}>
      <h2 id={headingId}>{heading(standings.length)}</h2>
      <ul class="bid-files">
        {standings.map((standing, index) => (
          <BidFileItem key={index} standing={standing} explained={explained} phone={phone} />
        ))}
      </ul>
    </section>
  );
}
