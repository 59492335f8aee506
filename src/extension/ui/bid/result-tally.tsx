import type { VNode } from 'preact';
import type { SessionView } from '../../../protocol/ui-messages.ts';
import { Glyph } from '../glyph.tsx';
import { useText } from '../text/text-context.ts';
import { fileStandings, purposeOf } from './file-standing.ts';

/** How many files came out well and how many did not, large; nothing for a single file, of which the status speaks. */
export function ResultTally({ session }: { session: SessionView }): VNode | null {
  const words = useText().bid.files.tally[purposeOf(session.bid)];
  const standings = fileStandings(session);
  if (standings.length < 2) return null;
  const good = standings.filter(({ kind }) => kind === 'good').length;
  const bad = standings.length - good;
  return (
    <p class="tally">
      {good > 0 && (
        <span class="tone-ok">
          <Glyph name="check" />
          <strong>{good}</strong> {words.good}
        </span>
      )}
      {bad > 0 && (
        <span class="tone-bad">
          <Glyph name="cross" />
          <strong>{bad}</strong> {words.bad}
        </span>
      )}
    </p>
  );
}
