import type { BrowserContext, CDPSession, Page, Worker } from 'playwright-core';

/** An unpacked extension in a running browser. */
export interface BrowserExtension {
  readonly extensionId: string;
  /** The running background worker; waits for it to start, ten seconds at most. */
  worker(): Promise<Worker>;
  /**
   * Kills the background worker, as the browser does when it is idle; resolves when it is gone. Playwright's handle
   * outlives it: `evaluate` on it waits for the next start.
   */
  killWorker(): Promise<void>;
  /** Opens the toolbar popup as a click on the button does. */
  openPopup(): Promise<Page>;
  /** Opens a page of the extension, by its path in there, in a tab of its own. */
  openPage(path: string): Promise<Page>;
}

const workerLimit = 10_000;

/** Handles for the extension whose id is `extensionId`. */
export function controlExtension(
  context: BrowserContext,
  cdp: CDPSession,
  extensionId: string,
): BrowserExtension {
  const origin = `chrome-extension://${extensionId}/`;
  const isOurs = (target: { url(): string }) => target.url().startsWith(origin);

  const worker = async () =>
    context.serviceWorkers().find(isOurs) ??
    context.waitForEvent('serviceworker', { predicate: isOurs, timeout: workerLimit });

  return {
    extensionId,
    worker,
    async killWorker() {
      for (const targetId of await workerTargets(cdp, origin)) await killTarget(cdp, targetId);
    },
    async openPopup() {
      const background = await worker();
      const popup = context.waitForEvent('page', { predicate: isOurs, timeout: workerLimit });
      await Promise.all([popup, background.evaluate(openPopupOverTab)]);
      return popup;
    },
    async openPage(path) {
      const page = await context.newPage();
      await page.goto(new URL(path, origin).href);
      return page;
    },
  };
}

/** Runs in the worker: a prompt window in front has no toolbar, so the popup opens over the last real one. */
async function openPopupOverTab(): Promise<void> {
  const { id } = await chrome.windows.getLastFocused({ windowTypes: ['normal'] });
  if (id === undefined) throw new Error('no window with a toolbar');
  await chrome.windows.update(id, { focused: true });
  await chrome.action.openPopup({ windowId: id });
}

/** Ids of the worker's targets: one while it runs, none while it does not. */
async function workerTargets(cdp: CDPSession, origin: string): Promise<string[]> {
  const { targetInfos } = await cdp.send('Target.getTargets');
  return targetInfos
    .filter(({ type, url }) => type === 'service_worker' && url.startsWith(origin))
    .map(({ targetId }) => targetId);
}

/**
 * Closes a worker's target and waits until it is dead. Told by a session of our own on it: a worker that an event
 * starts again has its predecessor's target id, so that a list of targets might never show the gap.
 */
async function killTarget(cdp: CDPSession, targetId: string): Promise<void> {
  const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: false });
  const dead = untilCrashed(cdp, sessionId);
  await Promise.all([dead, cdp.send('Target.closeTarget', { targetId })]);
  await cdp.send('Target.detachFromTarget', { sessionId });
}

function untilCrashed(cdp: CDPSession, sessionId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const onMessage = (event: { sessionId: string; message: string }) => {
      if (event.sessionId === sessionId && event.message.includes('"Inspector.targetCrashed"'))
        finish(resolve);
    };
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      cdp.off('Target.receivedMessageFromTarget', onMessage);
      settle();
    };
    const giveUp = () => reject(new Error('the background worker would not die'));
    const timer = setTimeout(finish, workerLimit, giveUp);
    cdp.on('Target.receivedMessageFromTarget', onMessage);
  });
}

const isExtension = (worker: Worker) => worker.url().startsWith('chrome-extension://');

/**
 * Waits for the extension that the command line named, and tells its id: that of the manifest's `key`.
 * @throws Error when no background worker starts within ten seconds.
 */
export async function findLoadedExtension(context: BrowserContext): Promise<string> {
  const worker =
    context.serviceWorkers().find(isExtension) ??
    (await context.waitForEvent('serviceworker', { predicate: isExtension, timeout: workerLimit }));
  return new URL(worker.url()).hostname;
}

/**
 * Loads an unpacked extension the way that branded browsers still allow.
 * @returns its id
 */
export async function loadUnpacked(cdp: CDPSession, folder: string): Promise<string> {
  const { id } = await cdp.send('Extensions.loadUnpacked', { path: folder });
  return id;
}
