import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { codeOf } from '../../protocol/coded-error.ts';
import { localServicePortName } from '../../protocol/local-service-port.ts';
import { detectorMessageSchema } from '../../protocol/observed-prompts.ts';
import { detectorPortName } from '../../protocol/page-wire-names.ts';
import { pagePortName } from '../../protocol/page-wire-names.ts';
import { isEndState } from '../../protocol/session-states.ts';
import { uiCommandSchema, uiPortName, type UiSnapshot } from '../../protocol/ui-messages.ts';
import { wireError } from '../../protocol/wire-error.ts';
import { createBridge } from './bridge.ts';
import { judgeDetector } from './mirror/judge-detector.ts';
import { judgeSender } from './page/judge-sender.ts';
import { abandon, answerPage, refuse } from './page/page-port.ts';
import { sessionOfPrompt } from './runners/prompt-window.ts';
import { allowedSites, registerContentScripts } from './sites.ts';
import { runUiCommand } from './ui/ui-commands.ts';

/** All listeners are registered before anything is awaited: an event that wakes the worker finds them. */
const bridge = createBridge();

/** Chromium tells more of a sender than the polyfill's types know. */
type ChromiumSender = browser.Runtime.MessageSender & {
  readonly origin?: string;
  readonly documentId?: string;
  readonly documentLifecycle?: string;
};

/** Content scripts need nothing of the settings and anchors in there. The polyfill's types do not know the call. */
type RestrictableArea = browser.Storage.StorageArea & {
  setAccessLevel?(options: { readonly accessLevel: 'TRUSTED_CONTEXTS' }): Promise<void>;
};
const local: RestrictableArea = browser.storage.local;
void local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });

const ownOrigin = new URL(browser.runtime.getURL('')).origin;

browser.runtime.onConnect.addListener((port) => {
  if (port.name === pagePortName) connectPage(port);
  else if (port.name === detectorPortName) connectDetector(port);
  else if (port.name === localServicePortName) connectLocalService(port);
  else if (port.name === uiPortName && isOwnPage(port.sender)) connectUi(port);
  else port.disconnect();
});

browser.runtime.onMessage.addListener((message: unknown, sender: ChromiumSender) => {
  if (!isOwnPage(sender)) return undefined;
  return answerUi(message);
});

browser.windows.onRemoved.addListener((windowId) => void windowClosed(windowId));
browser.tabs.onRemoved.addListener((tabId) => void tabClosed(tabId));
browser.runtime.onInstalled.addListener(() => void registerContentScripts());
browser.permissions.onAdded.addListener(() => void permissionsChanged());
browser.permissions.onRemoved.addListener(() => void permissionsChanged());
browser.storage.onChanged.addListener((_changes, area) => {
  if (area === 'managed') void bridge.then((ready) => ready.reloadPolicy());
});

async function permissionsChanged(): Promise<void> {
  await registerContentScripts();
  const { localServices, uis, snapshot } = await bridge;
  await localServices.refresh();
  uis.broadcast(snapshot());
}

function isOwnPage(sender: ChromiumSender | undefined): boolean {
  return sender?.id === browser.runtime.id && sender.origin === ownOrigin;
}

function connectPage(port: browser.Runtime.Port): void {
  const sender: ChromiumSender = port.sender ?? {};
  const post = (reply: object) => {
    try {
      port.postMessage(reply);
    } catch {
      // The page has just gone; its disconnect says so next.
    }
  };
  const admitted = admit(sender);
  port.onMessage.addListener((message: unknown) => {
    void admitted.then(async ({ ready, page }) => {
      if (typeof page !== 'string') {
        return answerPage(message, page, post, ready);
      }
      const id = requestIdOf(message);
      if (id !== undefined) refuse(post, id, page, ready.locale);
    });
  });
  void admitted.then(
    ({ ready, page }) => {
      if (typeof page !== 'string') ready.pages.attach(page.documentId, post);
    },
    () => port.disconnect(),
  );
  port.onDisconnect.addListener(() => {
    void admitted.then(({ ready, page }) => {
      if (typeof page === 'string' || !ready.pages.detach(page.documentId, post)) return;
      const its = ready.service.all().filter(({ asker }) => asker.documentId === page.documentId);
      return abandon(ready.service, its);
    });
  });
}

/** The detector of one frame. What it reports is no request: frames may report, and get nothing but orders back. */
function connectDetector(port: browser.Runtime.Port): void {
  const sender: ChromiumSender = port.sender ?? {};
  const admitted = admitDetector(sender);
  port.onMessage.addListener((message: unknown) => {
    const decoded = v.safeParse(detectorMessageSchema, message);
    if (!decoded.success) return;
    void admitted.then(({ mirrors, source }) => source && mirrors.take(source, decoded.output));
  });
  void admitted.then(
    ({ mirrors, source }) => {
      if (source === undefined) port.disconnect();
      else mirrors.attach(source, (orders) => port.postMessage(orders));
    },
    () => port.disconnect(),
  );
  port.onDisconnect.addListener(() => {
    void admitted.then(({ mirrors, source }) => source && mirrors.detach(source));
  });
}

/** A page whose calls to a vendor's local service may be carried. */
function connectLocalService(port: browser.Runtime.Port): void {
  const { id: extensionId, origin, documentId, documentLifecycle, tab }: ChromiumSender = port.sender ?? {};
  const line = bridge.then(({ localServices }) =>
    localServices.attach(
      { extensionId, origin, documentId, documentLifecycle, tabId: tab?.id },
      { post: (news) => port.postMessage(news), disconnect: () => port.disconnect() },
    ),
  );
  port.onMessage.addListener((message: unknown) => void line.then(({ receive }) => receive(message)));
  port.onDisconnect.addListener(() => void line.then(({ end }) => end()));
}

async function admitDetector(sender: ChromiumSender) {
  const { mirrors, deployment } = await bridge;
  const { id, origin, documentId, tab } = sender;
  const source = judgeDetector(
    { extensionId: id, origin, documentId, tabId: tab?.id, tabUrl: tab?.url },
    browser.runtime.id,
    await allowedSites(deployment()),
  );
  return { mirrors, source };
}

async function admit(sender: ChromiumSender) {
  const ready = await bridge;
  const { id, origin, frameId, documentId, documentLifecycle, tab } = sender;
  const facts = { extensionId: id, origin, frameId, documentId, documentLifecycle, tabId: tab?.id };
  return { ready, page: judgeSender(facts, browser.runtime.id, await allowedSites(ready.deployment())) };
}

function requestIdOf(message: unknown): string | undefined {
  const parsed = v.safeParse(v.object({ type: v.literal('request'), id: v.string() }), message);
  return parsed.success ? parsed.output.id : undefined;
}

function connectUi(port: browser.Runtime.Port): void {
  const post = (snapshot: UiSnapshot) => port.postMessage(snapshot);
  port.onDisconnect.addListener(() => void bridge.then(({ uis }) => uis.remove(post)));
  void bridge.then(async (ready) => {
    ready.uis.add(post);
    const shown = sessionOfPrompt(port.sender?.url);
    const windowId = port.sender?.tab?.windowId;
    if (shown !== undefined && windowId !== undefined) {
      await ready.service.dispatch(shown, { type: 'windowChanged', windowId });
    }
    post(ready.snapshot());
  });
}

async function answerUi(message: unknown): Promise<unknown> {
  const { service, driverFor, deployment, locale, desk, mirrors, settings, store } = await bridge;
  const decoded = v.safeParse(uiCommandSchema, message);
  if (!decoded.success) return { error: wireError('BAD_REQUEST', locale) };
  try {
    return await runUiCommand(decoded.output, {
      service,
      driverFor,
      deployment,
      locale,
      desk,
      mirrors,
      settings,
      store,
      randomId: () => crypto.randomUUID(),
    });
  } catch (error) {
    return { error: wireError(codeOf(error), locale) };
  }
}

/** Closing the window of a live session cancels it. */
async function windowClosed(windowId: number): Promise<void> {
  const { service, mirrors } = await bridge;
  mirrors.windowClosed(windowId);
  for (const session of service.all().filter((other) => other.windowId === windowId)) {
    if (!isEndState(session.state)) {
      await service.dispatch(session.id, { type: 'cancelled', code: 'USER_CANCELLED' });
    }
    await service.dispatch(session.id, { type: 'windowChanged', windowId: undefined });
  }
}

async function tabClosed(tabId: number): Promise<void> {
  const { service } = await bridge;
  await abandon(
    service,
    service.all().filter(({ asker }) => asker.tabId === tabId),
  );
}
