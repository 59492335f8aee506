import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { SessionView } from '../../protocol/ui-messages.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { OriginText } from '../ui/origin-text.tsx';
import { useSceneLook } from '../ui/scenes/use-scene-look.ts';
import { SessionCard } from '../ui/session-card.tsx';
import { useText } from '../ui/text/text-context.ts';
import { windowStep } from '../ui/window-step.ts';

interface WaitingSessionsProps {
  readonly sessions: readonly SessionView[];
  readonly shown: SessionView;
  readonly client: BackgroundClient;
  /** Which session to show; undefined leaves the choice open. */
  readonly onShow: (sessionId: string | undefined) => void;
}

/** One session at a time, and the way from one to another where several wait. */
export function WaitingSessions({ sessions, shown, client, onShow }: WaitingSessionsProps): VNode {
  const { popup: text, documents, bid } = useText();
  const step = windowStep(shown);
  const toWindow = {
    placeSeal: documents.openWindowToPlace,
    confirmRecipient: bid.openWindow.toChoose,
    saveFiles: bid.openWindow.toSave,
  };
  // Holds on to the session, so that its end is seen too.
  useEffect(() => onShow(shown.id), [shown.id, onShow]);
  return (
    <>
      {sessions.length > 1 && (
        <nav class="switcher" aria-label={text.waiting}>
          <h2>{text.waiting}</h2>
          <ul>
            {sessions.map((session) => (
              <li key={session.id}>
                <SessionTab
                  session={session}
                  current={session === shown}
                  onPress={() => onShow(session.id)}
                />
              </li>
            ))}
          </ul>
        </nav>
      )}
      <SessionCard
        key={shown.id}
        session={shown}
        client={client}
        onClose={() => onShow(undefined)}
        {...(step === undefined ? {} : { tools: <p class="muted">{toWindow[step]}</p> })}
      />
    </>
  );
}

function SessionTab(props: { session: SessionView; current: boolean; onPress: () => void }): VNode {
  const { session, current, onPress } = props;
  const { name, state } = useSceneLook(session);
  return (
    <button type="button" class="switch" aria-pressed={current} onClick={onPress}>
      <span class="switch-name">{`${name} · ${state.title}`}</span>
      <OriginText origin={session.origin} />
    </button>
  );
}
