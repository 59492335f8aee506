import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { MirrorView } from '../../protocol/mirror-view.ts';
import type { UiSnapshot } from '../../protocol/ui-messages.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { BrandHeader } from '../ui/brand-header.tsx';
import { ConnectionNotice } from '../ui/connection-notice.tsx';
import { useText } from '../ui/text/text-context.ts';
import { useBackgroundState } from '../ui/use-background-state.ts';
import { FoundPrompt } from './found-prompt.tsx';
import { OtherSessions } from './other-sessions.tsx';
import { RequestEnded } from './request-ended.tsx';

interface MirrorWindowProps {
  /** The one found prompt that this window shows. */
  readonly mirrorId: string;
  readonly client: BackgroundClient;
  readonly close: () => void;
}

/** The window of a prompt that an unmodified page shows. */
export function MirrorWindow({ mirrorId, client, close }: MirrorWindowProps): VNode {
  const text = useText();
  const { connection, snapshot } = useBackgroundState(client);
  const mirror = useMirror(snapshot, mirrorId);
  return (
    <main class="page">
      <BrandHeader />
      <ConnectionNotice connection={connection} />
      {snapshot === undefined && connection === 'connecting' && <p class="connecting">{text.connecting}</p>}
      {snapshot !== undefined && (
        <>
          {mirror === undefined ? (
            <RequestEnded close={close} />
          ) : (
            <FoundPrompt mirror={mirror} client={client} close={close} />
          )}
          <OtherSessions sessions={snapshot.sessions} shownId="" client={client} />
        </>
      )}
    </main>
  );
}

/** One that was here and is no longer known has gone. */
function useMirror(snapshot: UiSnapshot | undefined, mirrorId: string): MirrorView | undefined {
  const last = useRef<MirrorView | undefined>(undefined);
  const mirror = snapshot?.mirrors?.find(({ id }) => id === mirrorId);
  if (mirror !== undefined) last.current = mirror;
  return mirror ?? (last.current && { ...last.current, state: 'gone' });
}
