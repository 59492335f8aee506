import type { VNode } from 'preact';
import { isEndState } from '../../protocol/session-states.ts';
import type { SessionView } from '../../protocol/ui-messages.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useText } from '../ui/text/text-context.ts';
import { useCommand } from '../ui/use-command.ts';

interface OtherSessionsProps {
  readonly sessions: readonly SessionView[];
  readonly shownId: string;
  readonly client: BackgroundClient;
}

/** One line that says how many other requests wait, and leads to the oldest. */
export function OtherSessions({ sessions, shownId, client }: OtherSessionsProps): VNode | null {
  const text = useText().prompt;
  const { pending, problem, run } = useCommand(client);
  const others = sessions.filter(({ id, state }) => id !== shownId && !isEndState(state));
  const [oldest] = others;
  if (oldest === undefined) return null;
  return (
    <aside class="others">
      <p>{text.othersWaiting(others.length)}</p>
      <Button
        kind="quiet"
        busy={pending.length > 0}
        onPress={() => run({ command: 'showSession', sessionId: oldest.id })}
      >
        {text.showOther}
      </Button>
      {problem !== undefined && <ProblemNotice code={problem} />}
    </aside>
  );
}
