import type { SessionDocuments } from '../../../protocol/ui-messages.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import type { DocumentDesk } from '../documents/document-desk.ts';

/** What the session's window shows of its documents and of the phone's seals. */
export function sessionDocuments(session: SessionRecord | undefined, desk: DocumentDesk): SessionDocuments {
  if (session === undefined || session.request.scene === 'login') return { documents: [], seals: [] };
  const { request, signing, id } = session;
  const held = desk.held(id);
  const documents = request.names.map((name, index) => {
    const blob = held[index]?.blob;
    return {
      name,
      places: request.scene === 'signature' ? (request.places[index] ?? []) : [],
      isText: request.scene === 'messageSignature' && request.params.isText,
      ...(blob === undefined ? {} : { blob }),
    };
  });
  const seals = (signing.identity?.seals ?? []).map(({ der: _der, ...shown }) => shown);
  return { documents, seals };
}
