import type { CDPSession } from 'playwright-core';
import { lanePath } from '../../src/protocol/native-messages.ts';
import type { LaunchedBrowser } from './browser.ts';

/**
 * Keeps the background worker that runs now from reaching the loopback lane, as a firewall or a proxy would.
 * @returns opens it again
 */
export async function blockLane({ context, extensionId }: LaunchedBrowser): Promise<() => Promise<void>> {
  const cdp = await context.browser()?.newBrowserCDPSession();
  if (cdp === undefined) throw new Error('the browser is gone already');
  const { targetInfos } = await cdp.send('Target.getTargets');
  const worker = targetInfos.find(
    ({ type, url }) => type === 'service_worker' && url.startsWith(`chrome-extension://${extensionId}/`),
  );
  if (worker === undefined) throw new Error('no background worker runs');
  const { sessionId } = await cdp.send('Target.attachToTarget', {
    targetId: worker.targetId,
    flatten: false,
  });
  await ask(cdp, sessionId, 1, 'Network.enable', {});
  await ask(cdp, sessionId, 2, 'Network.setBlockedURLs', { urls: [`*${lanePath}`] });
  return async () => {
    await cdp.send('Target.detachFromTarget', { sessionId });
    await cdp.detach();
  };
}

/** One command on the worker's own session, and its answer. @throws Error with what the browser says */
function ask(cdp: CDPSession, sessionId: string, id: number, method: string, params: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const onMessage = (event: { sessionId: string; message: string }) => {
      const answer = JSON.parse(event.message) as { id?: number; error?: { message: string } };
      if (event.sessionId !== sessionId || answer.id !== id) return;
      cdp.off('Target.receivedMessageFromTarget', onMessage);
      if (answer.error === undefined) resolve();
      else reject(new Error(`${method}: ${answer.error.message}`));
    };
    cdp.on('Target.receivedMessageFromTarget', onMessage);
    const message = JSON.stringify({ id, method, params });
    cdp.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
  });
}
