import browser from 'webextension-polyfill';
import { timeLimits } from '../../protocol/limits.ts';
import { localeOf } from '../../protocol/locale.ts';
import { isEndState } from '../../protocol/session-states.ts';
import type { UiSnapshot } from '../../protocol/ui-messages.ts';
import { openBridgeStore } from '../storage/bridge-database.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import {
  driverOf,
  encryptionRecipientsOf,
  loadBuiltIn,
  loadPolicy,
  trustAnchorsOf,
  type Deployment,
  logLevelOf,
  promptRulesOf,
} from './configuration.ts';
import { capabilitiesOf } from './capabilities.ts';
import { bidResult, neededBytes } from './bids/bid-results.ts';
import { createDismissalLimit } from './page/dismissal-limit.ts';
import { createPageConnections } from './page/page-connections.ts';
import { repliesFor } from './page/page-port.ts';
import { awaitReattachment } from './await-reattachment.ts';
import { createSiteQuestions } from './page/site-questions.ts';
import { showBadge } from './runners/badge.ts';
import { createEffectRunner, type EffectTools } from './runners/effect-runner.ts';
import { createKeepAwake } from './runners/keep-awake.ts';
import { showInWindow } from './runners/prompt-window.ts';
import { reachPlatform } from './runners/reach-platform.ts';
import { noteCertificates } from './runners/seen-certificates.ts';
import { takePlatform } from './runners/take-platform.ts';
import { awaitsSaving } from './sessions/session-deadlines.ts';
import { createSessionService, type SessionService } from './sessions/session-service.ts';
import { viewSessions } from './sessions/view-sessions.ts';
import { createDocumentDesk } from './documents/document-desk.ts';
import { signedDocuments } from './signing/signed-documents.ts';
import { createLocalServices } from './local-services/create-local-services.ts';
import type { Bridge } from './bridge-interface.ts';
import { logError, logInfo, setLogLevel } from './log.ts';
import { createMirrorDesk } from './mirror/create-mirror-desk.ts';
import { createRulePublisher } from './mirror/publish-rules.ts';
import { createSettingsDesk } from './settings/create-settings-desk.ts';
import { directoryOf } from './settings/directory-of.ts';
import { createUiConnections } from './ui/ui-connections.ts';

const randomId = () => crypto.randomUUID();

/** Reads configuration and store, and goes on with every session that the last worker left. */
export async function createBridge(): Promise<Bridge> {
  const locale = localeOf(browser.i18n.getUILanguage());
  const pages = createPageConnections();
  const uis = createUiConnections();
  const dismissals = createDismissalLimit(Date.now);
  const keepAwake = createKeepAwake();
  const desk = createDocumentDesk(() => uis.broadcast(snapshot()));
  const siteQuestions = createSiteQuestions(pages.send, randomId);
  const [builtIn, store] = await Promise.all([loadBuiltIn(), openBridgeStore()]);
  let deployment: Deployment = { builtIn, policy: {} };
  const rules = createRulePublisher();
  let rulesVersion: string | undefined;
  let isPolicyRead = false;
  const settings = await createSettingsDesk({
    deployment: () => deployment,
    policyRead: () => policyRead,
    store,
    onChange: settingsChanged,
  });
  const mirrors = createMirrorDesk({
    behaviourFor: settings.behaviourFor,
    rules: () => rulesVersion,
    isPolicyRead: () => isPolicyRead,
    directory: () => directoryOf(deployment),
    hasSession: (tabId) =>
      service.all().some(({ asker, state }) => asker.tabId === tabId && !isEndState(state)),
    onChange: showWaiting,
    now: Date.now,
  });
  const localServices = createLocalServices({
    sites: () => settings.current().localServiceBridge,
    policyRead: () => policyRead,
    onChange: () => uis.broadcast(snapshot()),
  });
  let windows: Promise<unknown> = Promise.resolve();

  const tools: EffectTools = {
    async reach(session, by) {
      await policyRead;
      return reachPlatform(session, by, { deployment, siteQuestions, desk });
    },
    async platformToTake(session) {
      await policyRead;
      return takePlatform(session, deployment, settings.current().defaultPlatform);
    },
    noteCertificates: (platform, identity) => noteCertificates(store, platform, identity),
    dispatch: (id, event) => service.dispatch(id, event),
    find: (id) => service.find(id),
    randomId,
    showWindow,
    async deliver(session, signal) {
      const documents = (written: SessionRecord) => documentsOf(written, signal);
      for (const reply of await repliesFor(session, locale, documents, isReady)) {
        pages.send(session.asker.documentId, reply);
      }
    },
    desk,
    async trustFor(session) {
      await policyRead;
      const { params } = session.request;
      const ofSite = 'trustAnchors' in params ? (params.trustAnchors ?? []) : [];
      return { anchors: [...trustAnchorsOf(deployment)], siteAnchors: [...ofSite], online: true };
    },
    async furtherRecipients() {
      await policyRead;
      return encryptionRecipientsOf(deployment);
    },
  };
  const run = createEffectRunner(tools);

  const documentsOf = async (session: SessionRecord, signal: AbortSignal): Promise<object> =>
    session.outcome !== undefined && 'bids' in session.outcome
      ? bidResult(session, desk.kept(session.id), locale)
      : signedDocuments(session, { desk, trustFor: tools.trustFor }, signal);

  /** False while the user still has to save, or a stopped worker's bytes have to be made again. */
  function isReady(session: SessionRecord): boolean {
    if (session.state !== 'completing') return true;
    const kept = desk.kept(session.id);
    return !awaitsSaving(session) && neededBytes(session).every((index) => kept.has(index));
  }

  /** One after the other: two new sessions must not both take the window of the same ended one. */
  function showWindow(session: SessionRecord): Promise<number> {
    const shown = windows.then(async () => {
      const { windowId, replaced } = await showInWindow(session, service.all());
      if (replaced) await service.dispatch(replaced.id, { type: 'windowChanged', windowId: undefined });
      return windowId;
    });
    windows = shown.catch(() => undefined);
    return shown;
  }

  async function readPolicy(): Promise<void> {
    deployment = { builtIn, ...(await loadPolicy()) };
    setLogLevel(logLevelOf(deployment));
    isPolicyRead = true;
    logInfo('policy-read');
    settingsChanged();
    await publishRules();
  }

  /** Those of the build at once, for a browser that has just started takes seconds to read policy. */
  async function publishRules(): Promise<void> {
    rulesVersion = await rules.publish(promptRulesOf(deployment));
    mirrors.refresh();
  }

  function settingsChanged(): void {
    mirrors.refresh();
    void localServices.refresh();
    uis.broadcast(snapshot());
  }

  function onChange(session: SessionRecord, previous: SessionRecord | undefined): void {
    if (session.state !== previous?.state) onStateChange(session);
    if (session.state === 'succeeded' && previous?.state !== 'succeeded') keepReceipts(session);
    clearDesk(session);
    showWaiting();
  }

  function onStateChange({ asker, state, outcome }: SessionRecord): void {
    if (!isEndState(state)) pages.send(asker.documentId, { type: 'state', id: asker.requestId, state });
    const dismissed = outcome !== undefined && 'error' in outcome && outcome.error === 'USER_CANCELLED';
    if (dismissed) dismissals.note(asker.origin);
  }

  /** A full disk must not cost the bid: the page has the receipts too. */
  function keepReceipts({ signing: { receipts = [] } }: SessionRecord): void {
    store.addReceipts(receipts).catch((error: unknown) => logError('receipts-not-kept', error));
  }

  /** Whatever the end was, no process and no file outlives it. */
  function clearDesk({ id, state, settled }: SessionRecord): void {
    if (isEndState(state) && (settled || state !== 'succeeded')) desk.clear(id);
  }

  function showWaiting(): void {
    const sessions = service.all().filter(({ state }) => !isEndState(state)).length;
    const prompts = mirrors.views().filter(({ state }) => state !== 'gone').length;
    keepAwake(sessions + prompts > 0);
    void showBadge(sessions + prompts);
    uis.broadcast(snapshot());
  }

  function snapshot(): UiSnapshot {
    const lastOutcome = service.lastOutcome();
    return {
      sessions: viewSessions(service.all(), { deployment, locale, desk }),
      mirrors: mirrors.views(),
      localServices: localServices.uses(),
      language: settings.current().language,
      ...(lastOutcome === undefined ? {} : { lastOutcome }),
      ...(deployment.policyProblem === undefined ? {} : { policyProblem: deployment.policyProblem }),
    };
  }

  const service: SessionService = await createSessionService({
    store,
    run,
    now: Date.now,
    randomId,
    onChange,
  });
  void publishRules();
  const policyRead = readPolicy();
  service.resume();
  showWaiting();
  awaitReattachment(service, pages);
  return {
    service,
    pages,
    uis,
    dismissals,
    locale,
    desk,
    mirrors,
    localServices,
    settings,
    store,
    siteQuestions,
    writtenDocuments: (session) => documentsOf(session, AbortSignal.timeout(timeLimits.signedWriting)),
    isReady,
    deployment: () => deployment,
    reloadPolicy: readPolicy,
    async driverFor(platform, scene) {
      await policyRead;
      return driverOf(deployment, platform, scene);
    },
    async capabilities() {
      await policyRead;
      return capabilitiesOf(deployment);
    },
    snapshot,
  };
}
