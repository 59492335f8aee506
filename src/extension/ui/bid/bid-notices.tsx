import type { VNode } from 'preact';
import { errorCatalogue } from '../../../protocol/errors.ts';
import { isEndState, type SessionState } from '../../../protocol/session-states.ts';
import type { SessionView } from '../../../protocol/ui-messages.ts';
import { Glyph } from '../glyph.tsx';
import { useLocale, useText } from '../text/text-context.ts';
import { fileStandings } from './file-standing.ts';
import { OpeningTime } from './opening-time.tsx';

/** States until the phone has identified itself; from then on the files stand in a list of their own. */
const beforeScan: ReadonlySet<SessionState> = new Set<SessionState>([
  'requested',
  'awaitingConsent',
  'preparing',
  'awaitingScan',
  'scanned',
  'expired',
]);

/** What the user of `encrypt` and `decrypt` has to know besides the state: the deadline, and what already went wrong. */
export function BidNotices({ session }: { session: SessionView }): VNode | null {
  const { bid, state } = session;
  if (bid === undefined) return null;
  return (
    <>
      {bid.openingTime !== undefined && <OpeningTime at={bid.openingTime} />}
      {bid.scanAgain && !isEndState(state) && <ScanAgain session={session} />}
      {beforeScan.has(state) && <Unopenable session={session} />}
    </>
  );
}

function ScanAgain({ session }: { session: SessionView }): VNode {
  const text = useText().bid.files.scanAgain;
  const opened = fileStandings(session).filter(({ kind }) => kind === 'good').length;
  return (
    <div class="notice tone-warn" role="alert">
      <Glyph name="warning" />
      <div>
        <p class="notice-title">{text.title}</p>
        <p>{text.next(opened)}</p>
      </div>
    </div>
  );
}

function Unopenable({ session }: { session: SessionView }): VNode | null {
  const text = useText().bid.files;
  const locale = useLocale();
  const standings = fileStandings(session);
  const bad = standings.flatMap((standing) => (standing.kind === 'bad' ? [standing] : []));
  if (bad.length === 0) return null;
  const others = standings.length - bad.length;
  return (
    <div class="notice tone-warn" role="alert">
      <Glyph name="warning" />
      <div>
        <p class="notice-title">{text.unopenable(bad.length)}</p>
        <ul class="notice-list">
          {bad.map(({ name, code }, index) => (
            <li key={index}>
              <strong class="document-name">{name}</strong> {errorCatalogue[code].text[locale].title}
            </li>
          ))}
        </ul>
        {others > 0 && <p>{text.onlyOthers(others)}</p>}
      </div>
    </div>
  );
}
