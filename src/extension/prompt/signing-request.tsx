import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { isEndState } from '../../protocol/session-states.ts';
import type { SessionView } from '../../protocol/ui-messages.ts';
import { TextPreview } from '../documents/text-preview.tsx';
import type { BackgroundClient } from '../ui/background-client.ts';
import { SessionCard } from '../ui/session-card.tsx';
import { useText } from '../ui/text/text-context.ts';
import { PdfRequest } from './pdf-request.tsx';
import { useSessionDocuments } from './use-session-documents.ts';

export interface RequestProps {
  readonly session: SessionView;
  readonly client: BackgroundClient;
  readonly close: () => void;
}

/** A request to sign documents: the card, and beside it what is to be signed. */
export function SigningRequest({ session, client, close }: RequestProps): VNode {
  const text = useText().documents;
  const known = useSessionDocuments(client, session);
  const documents = useMemo(() => known?.documents ?? [], [known]);
  const seals = known?.seals ?? [];
  const card = <SessionCard session={session} client={client} onClose={close} />;
  if (session.scene !== 'messageSignature') {
    return <PdfRequest session={session} client={client} close={close} documents={documents} seals={seals} />;
  }
  const [message] = documents;
  return (
    <div class="workbench">
      {card}
      {message !== undefined && !isEndState(session.state) && (
        <section class="pane">
          {message.isText && message.blob !== undefined ? (
            <TextPreview blob={message.blob} />
          ) : (
            <p class="connecting">{message.isText ? text.notHere : text.notShown}</p>
          )}
        </section>
      )}
    </div>
  );
}
