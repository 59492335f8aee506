import { useEffect, useState } from 'preact/hooks';
import type { SessionDocuments, SessionView } from '../../protocol/ui-messages.ts';
import type { BackgroundClient } from '../ui/background-client.ts';

/** Milliseconds until documents that are not there yet are asked for again. */
const retryDelay = 1_000;

/**
 * Documents and seals of a session, asked for again in each state until all are there. A document that came once
 * stays the same, so that what shows it need not begin anew.
 */
export function useSessionDocuments(
  client: BackgroundClient,
  { id, state }: SessionView,
): SessionDocuments | undefined {
  const [known, setKnown] = useState<SessionDocuments>();
  useEffect(() => {
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      client.send({ command: 'sessionDocuments', sessionId: id }).then(
        (reply) => {
          if (!wanted) return;
          setKnown((before) => merge(before, reply));
          if (!isComplete(reply, state)) timer = setTimeout(ask, retryDelay);
        },
        () => {
          if (wanted) timer = setTimeout(ask, retryDelay);
        },
      );
    };
    if (state !== 'succeeded' && state !== 'failed' && state !== 'cancelled') ask();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [client, id, state]);
  return known;
}

function isComplete({ documents, seals }: SessionDocuments, state: SessionView['state']): boolean {
  const hasAll = documents.length > 0 && documents.every(({ blob }) => blob !== undefined);
  return hasAll && (state !== 'arranging' || seals.length > 0);
}

function merge(before: SessionDocuments | undefined, now: SessionDocuments): SessionDocuments {
  if (before === undefined) return now;
  const documents = now.documents.map((document, index) => {
    const old = before.documents[index];
    return old?.blob !== undefined && old.name === document.name ? old : document;
  });
  return {
    documents: documents.length > 0 ? documents : before.documents,
    seals: now.seals.length > 0 ? now.seals : before.seals,
  };
}
