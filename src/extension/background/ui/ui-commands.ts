import { assertNever } from '../../../lib/assert-never.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import type { SessionDriver } from '../../../protocol/drivers.ts';
import type { Locale } from '../../../protocol/errors.ts';
import { clientKinds } from '../../../protocol/native-messages.ts';
import type { PlatformId } from '../../../protocol/platform-ids.ts';
import type { Scene } from '../../../protocol/scenes.ts';
import type { UiCommand, UiReplies } from '../../../protocol/ui-messages.ts';
import { trustAnchorsOf, type Deployment } from '../configuration.ts';
import { outputsToSave } from '../bids/bid-results.ts';
import { checkClient } from '../native/check-client.ts';
import { focusWindow } from '../runners/prompt-window.ts';
import type { SessionService } from '../sessions/session-service.ts';
import type { DocumentDesk } from '../documents/document-desk.ts';
import { sessionDocuments } from '../documents/session-documents.ts';
import { verifyFile } from '../signing/verify-file.ts';
import { forgetSite, siteStatus } from '../sites.ts';
import type { BridgeStore } from '../../storage/bridge-database.ts';
import type { MirrorDesk } from '../mirror/mirror-desk.ts';
import { directoryOf } from '../settings/directory-of.ts';
import type { SettingsDesk } from '../settings/settings-desk.ts';

export interface UiCommandParts {
  readonly service: SessionService;
  /** Who would run a session of this platform; undefined where nobody can. */
  readonly driverFor: (platform: PlatformId, scene: Scene) => Promise<SessionDriver | undefined>;
  readonly deployment: () => Deployment;
  readonly locale: Locale;
  readonly randomId: () => string;
  readonly desk: DocumentDesk;
  readonly mirrors: MirrorDesk;
  readonly settings: SettingsDesk;
  readonly store: Pick<BridgeStore, 'seenCertificates'>;
}

/** Carries out one command of our own pages. */
export async function runUiCommand(
  command: UiCommand,
  parts: UiCommandParts,
): Promise<UiReplies[UiCommand['command']]> {
  const { service, deployment, locale, randomId, desk } = parts;
  switch (command.command) {
    case 'cancelSession':
      await service.dispatch(command.sessionId, { type: 'cancelled', code: 'USER_CANCELLED' });
      return null;
    case 'renewSession':
      await service.dispatch(command.sessionId, { type: 'renewalRequested', openingId: randomId() });
      return null;
    case 'choosePlatform': {
      const { sessionId, platform } = command;
      const session = service.find(sessionId);
      if (session === undefined) return null;
      const driver = await parts.driverFor(platform, session.request.scene);
      if (driver === undefined) throw new CodedError('PLATFORM_NOT_CONFIGURED');
      const openingId = randomId();
      await service.dispatch(sessionId, { type: 'platformChosen', platform, driver, openingId });
      return null;
    }
    case 'showSession': {
      const windowId = service.find(command.sessionId)?.windowId;
      const shown = windowId !== undefined && (await focusWindow(windowId));
      if (!shown) await service.dispatch(command.sessionId, { type: 'windowChanged', windowId: undefined });
      return null;
    }
    case 'checkClients':
      return Promise.all(clientKinds.map((kind) => checkClient(kind, locale)));
    case 'sessionDocuments':
      return sessionDocuments(service.find(command.sessionId), desk);
    case 'arrange':
      await service.dispatch(command.sessionId, {
        type: 'arranged',
        sealId: command.sealId,
        places: command.places,
      });
      return null;
    case 'confirmRecipient':
      await service.dispatch(command.sessionId, { type: 'recipientConfirmed' });
      return null;
    case 'sessionOutputs': {
      const session = service.find(command.sessionId);
      return session === undefined ? [] : outputsToSave(session, desk.kept(session.id));
    }
    case 'outputsSaved':
      await service.dispatch(command.sessionId, { type: 'saved' });
      return null;
    case 'verifyFile':
      return verifyFile(command, trustAnchorsOf(deployment()));
    case 'showMirror':
      await parts.mirrors.show(command.mirrorId);
      return null;
    case 'showMirrorTab':
      await parts.mirrors.showTab(command.mirrorId);
      return null;
    case 'setPromptBehaviour':
      await parts.settings.setBehaviour(command.site, command.behaviour);
      return null;
    case 'seenCertificates':
      return parts.store.seenCertificates();
    case 'directory':
      return directoryOf(deployment());
    case 'settings':
      return parts.settings.view();
    case 'changeSettings':
      await parts.settings.change(command.changes);
      return null;
    case 'importSettings':
      await parts.settings.import(command.text);
      return null;
    case 'forgetSite':
      await forgetSite(command.site);
      return null;
    case 'chooseKey':
      await service.dispatch(command.sessionId, { type: 'keyChosen', key: command.key });
      return null;
    case 'siteStatus':
      return siteStatus(command.url, deployment());
    default:
      return assertNever(command);
  }
}
