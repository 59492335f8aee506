import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { isEndState } from '../../protocol/session-states.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { BrandHeader } from '../ui/brand-header.tsx';
import { Button } from '../ui/button.tsx';
import { ConnectionNotice } from '../ui/connection-notice.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useText } from '../ui/text/text-context.ts';
import { useBackgroundState } from '../ui/use-background-state.ts';
import { useCommand } from '../ui/use-command.ts';
import { FoundPrompts } from './found-prompts.tsx';
import { LocalServiceNotice } from './local-service-notice.tsx';
import { Overview } from './overview.tsx';
import { WaitingSessions } from './waiting-sessions.tsx';

/** The sessions that wait, or else how this site and this computer stand. */
export function ToolbarPopup({ client }: { client: BackgroundClient }): VNode {
  const text = useText();
  const { connection, snapshot } = useBackgroundState(client);
  const { pending, problem, run } = useCommand(client);
  const [shownId, setShownId] = useState<string>();
  const sessions = snapshot?.sessions.filter(({ id, state }) => !isEndState(state) || id === shownId) ?? [];
  const shown = sessions.find(({ id }) => id === shownId) ?? sessions[0];
  const found = snapshot !== undefined && (
    <FoundPrompts mirrors={snapshot.mirrors ?? []} client={client} isFirst={shown === undefined} />
  );
  return (
    <main class="page">
      <BrandHeader>
        {shown !== undefined && !isEndState(shown.state) && (
          <Button
            kind="quiet"
            busy={pending.length > 0}
            onPress={() => run({ command: 'showSession', sessionId: shown.id })}
          >
            {text.popup.openWindow}
          </Button>
        )}
      </BrandHeader>
      <ConnectionNotice connection={connection} />
      {problem !== undefined && <ProblemNotice code={problem} />}
      {snapshot?.policyProblem !== undefined && (
        <ProblemNotice code="POLICY_INVALID" detail={snapshot.policyProblem} />
      )}
      <LocalServiceNotice uses={snapshot?.localServices ?? []} />
      {snapshot === undefined && connection === 'connecting' && <p class="connecting">{text.connecting}</p>}
      {snapshot !== undefined &&
        (shown === undefined ? (
          <Overview client={client} lastOutcome={snapshot.lastOutcome}>
            {found}
          </Overview>
        ) : (
          <>
            <WaitingSessions sessions={sessions} shown={shown} client={client} onShow={setShownId} />
            {found}
          </>
        ))}
    </main>
  );
}
