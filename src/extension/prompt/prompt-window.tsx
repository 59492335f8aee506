import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { assertNever } from '../../lib/assert-never.ts';
import type { Scene } from '../../protocol/scenes.ts';
import { isEndState } from '../../protocol/session-states.ts';
import type { SessionView, UiSnapshot } from '../../protocol/ui-messages.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { BrandHeader } from '../ui/brand-header.tsx';
import { ConnectionNotice } from '../ui/connection-notice.tsx';
import { useSceneLook } from '../ui/scenes/use-scene-look.ts';
import { SessionCard } from '../ui/session-card.tsx';
import { useText } from '../ui/text/text-context.ts';
import { useBackgroundState } from '../ui/use-background-state.ts';
import { BidRequest } from './bid-request.tsx';
import { OtherSessions } from './other-sessions.tsx';
import { SigningRequest } from './signing-request.tsx';
import { RequestEnded } from './request-ended.tsx';

/** There is more to read where documents were signed. */
const signingCloseDelay = 4_000;
/** Milliseconds that a success stays readable before its window goes; receipts and results wait for the user. */
const closeDelays: Readonly<Record<Scene, number | undefined>> = {
  login: 1_500,
  messageSignature: signingCloseDelay,
  signature: signingCloseDelay,
  revokeSignature: signingCloseDelay,
  encrypt: undefined,
  decrypt: undefined,
};

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
  const { title } = useSceneLook(session).state;
  const closeDelay = closeDelays[session.scene];
  useEffect(() => {
    document.title = `${title} – ${text.product}`;
  }, [title, text]);
  useEffect(() => {
    if (session.state !== 'succeeded' || closeDelay === undefined) return undefined;
    const timer = setTimeout(close, closeDelay);
    return () => clearTimeout(timer);
  }, [session.state, closeDelay, close]);
  switch (session.scene) {
    case 'login':
      return <SessionCard session={session} client={client} onClose={close} />;
    case 'messageSignature':
    case 'signature':
    case 'revokeSignature':
      return <SigningRequest {...props} />;
    case 'encrypt':
    case 'decrypt':
      return <BidRequest {...props} />;
    default:
      return assertNever(session.scene);
  }
}
