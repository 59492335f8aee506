import type { ErrorCode } from '../../protocol/error-codes.ts';
import { pageLimits } from '../../protocol/page-limits.ts';
import { pagePortName } from '../../protocol/page-wire-names.ts';
import { createPageRelay } from './page-relay.ts';
import { readAsk } from './read-page-message.ts';
import { startDetector } from './start-detector.ts';

/**
 * Runs on configured sites, before the page's own scripts: listens for a page that asks for the
 * bridge and hands it a port. Until then it does nothing at all. Uses the browser's own API: the polyfill would be
 * larger than the script.
 */
const relay = createPageRelay({
  connect(onReply, onLost) {
    // The id is gone once this script's extension was updated or removed: only a reload helps then.
    if (chrome.runtime?.id === undefined) return undefined;
    try {
      const port = chrome.runtime.connect({ name: pagePortName });
      port.onMessage.addListener(onReply);
      port.onDisconnect.addListener(onLost);
      return { send: (message) => port.postMessage(message), close: () => port.disconnect() };
    } catch {
      return undefined;
    }
  },
  describe,
  schedule: (work, ms) => void setTimeout(work, ms),
});

/** The page's error texts come from the background; these are for when there is none. */
function describe(code: ErrorCode): { readonly message: string; readonly retry: boolean } {
  const reload = code === 'BRIDGE_RELOAD_NEEDED' || code === 'BRIDGE_NOT_RESPONDING';
  return reload
    ? {
        message:
          'CA互认桥 已更新或没有响应，请刷新网页。Reload the page: CA Bridge was updated or does not answer.',
        retry: true,
      }
    : { message: `CA互认桥 没有接受此请求。CA Bridge did not accept this request. (${code})`, retry: false };
}

let ports = 0;

window.addEventListener('message', (event) => {
  // In frames the script only looks for prompts: a frame gets no port.
  if (window !== top || event.source !== window || event.origin !== location.origin || !isSecureContext)
    return;
  const nonce = readAsk(event.data);
  if (nonce === undefined || ports >= pageLimits.portsPerDocument) return;
  ports += 1;
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('close', () => void (ports -= 1));
  port1.onmessage = ({ data }) => relay.receive(data, port1);
  window.postMessage({ caBridge: 'announce', nonce }, location.origin, [port2]);
});

window.addEventListener('pagehide', () => relay.leave());

startDetector();
