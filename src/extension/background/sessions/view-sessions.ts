import type { Locale } from '../../../protocol/errors.ts';
import type { SessionView } from '../../../protocol/ui-messages.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { platformChoices, type Deployment } from '../configuration.ts';
import type { DocumentDesk } from '../documents/document-desk.ts';
import { qrHostsOf } from '../settings/qr-hosts-of.ts';
import { viewSession } from './session-view.ts';

export interface SessionsViewParts {
  readonly deployment: Deployment;
  readonly locale: Locale;
  readonly desk: Pick<DocumentDesk, 'progress'>;
}

/** What windows are told of all sessions, in their order. */
export function viewSessions(
  sessions: readonly SessionRecord[],
  { deployment, locale, desk }: SessionsViewParts,
): readonly SessionView[] {
  return sessions.map((session) => {
    const progress = desk.progress(session.id);
    return viewSession(session, {
      choices: platformChoices(deployment, session.request.scene),
      locale,
      qrHosts: (platform) => qrHostsOf(deployment, platform),
      ...(progress === undefined ? {} : { progress }),
    });
  });
}
