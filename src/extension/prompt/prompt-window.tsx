import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isEndState } from '../../protocol/session-states.ts';
import type { SessionView, UiSnapshot } from '../../protocol/ui-messages.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { BrandHeader } from '../ui/brand-header.tsx';
import { ConnectionNotice } from '../ui/connection-notice.tsx';
import { SessionCard } from '../ui/session-card.tsx';
import { isSigningScene } from '../ui/signing-scene.ts';
import { useStateText } from '../ui/status-line.tsx';
import { useText } from '../ui/text/text-context.ts';
import { useBackgroundState } from '../ui/use-background-state.ts';
import { OtherSessions } from './other-sessions.tsx';
import { SigningRequest } from './signing-request.tsx';
import { RequestEnded } from './request-ended.tsx';

/** Milliseconds that a success stays readable before its window goes. */
const closeDelay = 1_500;
/** There is more to read where documents were signed. */
const signingCloseDelay = 4_000;

interface PromptWindowProps {
  /** The one session that this window shows, whatever else goes on. */
  readonly sessionId: string;
  readonly client: BackgroundClient;
  readonly close: () => void;
}

export function PromptWindow({ sessionId, client, close }: PromptWindowProps): VNode {
  const text = useText();
  const { connection, snapshot } = useBackgroundState(client);
  const session = useSession(snapshot, sessionId);
  return (
    <main class="page">
      <BrandHeader />
      <ConnectionNotice connection={connection} />
      {snapshot === undefined && connection === 'connecting' && <p class="connecting">{text.connecting}</p>}
      {snapshot !== undefined && (
        <>
          {session === undefined ? (
            <RequestEnded close={close} />
          ) : (
            <OpenRequest session={session} client={client} close={close} />
          )}
          <OtherSessions sessions={snapshot.sessions} shownId={sessionId} client={client} />
        </>
      )}
    </main>
  );
}

/** A session whose end was seen stays as it was, also when the background has forgotten it. */
function useSession(snapshot: UiSnapshot | undefined, sessionId: string): SessionView | undefined {
  const end = useRef<SessionView | undefined>(undefined);
  const session = snapshot?.sessions.find(({ id }) => id === sessionId);
  if (session !== undefined && isEndState(session.state)) end.current = session;
  return session ?? end.current;
}

function OpenRequest(props: { session: SessionView; client: BackgroundClient; close: () => void }): VNode {
  const { session, client, close } = props;
  const text = useText();
  const { title } = useStateText(session);
  const isSigning = isSigningScene(session.scene);
  useEffect(() => {
    document.title = `${title} – ${text.product}`;
  }, [title, text]);
  useEffect(() => {
    if (session.state !== 'succeeded') return undefined;
    const timer = setTimeout(close, isSigning ? signingCloseDelay : closeDelay);
    return () => clearTimeout(timer);
  }, [session.state, isSigning, close]);
  if (isSigning) return <SigningRequest session={session} client={client} close={close} />;
  return <SessionCard session={session} client={client} onClose={close} />;
}
