import type { SessionDriver } from '../../protocol/drivers.ts';
import type { Locale } from '../../protocol/errors.ts';
import type { Capabilities } from '../../protocol/page-messages.ts';
import type { PlatformId } from '../../protocol/platform-ids.ts';
import type { Scene } from '../../protocol/scenes.ts';
import type { UiSnapshot } from '../../protocol/ui-messages.ts';
import type { BridgeStore } from '../storage/bridge-database.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import type { Deployment } from './configuration.ts';
import type { DismissalLimit } from './page/dismissal-limit.ts';
import type { PageConnections } from './page/page-connections.ts';
import type { SiteQuestions } from './page/site-questions.ts';
import type { SessionService } from './sessions/session-service.ts';
import type { DocumentDesk } from './documents/document-desk.ts';
import type { LocalServices } from './local-services/local-services.ts';
import type { MirrorDesk } from './mirror/mirror-desk.ts';
import type { SettingsDesk } from './settings/settings-desk.ts';
import type { UiConnections } from './ui/ui-connections.ts';

/** The background, put together: what the listeners of `background.ts` work with. */
export interface Bridge {
  readonly service: SessionService;
  readonly pages: PageConnections;
  readonly uis: UiConnections;
  readonly dismissals: DismissalLimit;
  readonly locale: Locale;
  readonly desk: DocumentDesk;
  readonly mirrors: MirrorDesk;
  readonly localServices: LocalServices;
  readonly settings: SettingsDesk;
  readonly store: BridgeStore;
  readonly siteQuestions: SiteQuestions;
  writtenDocuments(session: SessionRecord): Promise<object>;
  isReady(session: SessionRecord): boolean;
  /** What is known now; managed policy may still be on its way. */
  deployment(): Deployment;
  reloadPolicy(): Promise<void>;
  /** Once managed policy is read: who would run a session of this platform; undefined where nobody can. */
  driverFor(platform: PlatformId, scene: Scene): Promise<SessionDriver | undefined>;
  /** Once managed policy is read. */
  capabilities(): Promise<Capabilities>;
  snapshot(): UiSnapshot;
}
