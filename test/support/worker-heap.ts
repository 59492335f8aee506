import type { LaunchedBrowser } from './browser.ts';

/** A snapshot of everything that is in the background worker's memory now, as the browser writes it (JSON). */
export async function workerHeap({ context, extensionId }: LaunchedBrowser): Promise<string> {
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
  try {
    return await new Promise<string>((resolve, reject) => {
      const chunks: string[] = [];
      cdp.on('Target.receivedMessageFromTarget', (event) => {
        if (event.sessionId !== sessionId) return;
        const message = JSON.parse(event.message) as {
          readonly id?: number;
          readonly method?: string;
          readonly params?: { readonly chunk?: string };
          readonly error?: { readonly message: string };
        };
        if (message.method === 'HeapProfiler.addHeapSnapshotChunk') chunks.push(message.params?.chunk ?? '');
        if (message.id !== 1) return;
        if (message.error === undefined) resolve(chunks.join(''));
        else reject(new Error(message.error.message));
      });
      const message = JSON.stringify({ id: 1, method: 'HeapProfiler.takeHeapSnapshot', params: {} });
      cdp.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
    });
  } finally {
    await cdp.send('Target.detachFromTarget', { sessionId });
    await cdp.detach();
  }
}
