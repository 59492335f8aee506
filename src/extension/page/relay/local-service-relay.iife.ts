import { localServicePortName } from '../../../protocol/local-service-port.ts';
import { offerPort } from '../hand-over.ts';
import type { LineLost } from '../page-line.ts';

/**
 * Beside a page on which the local-service bridge is turned on: carries what its script says to the background and back,
 * unread, since the background believes none of it. The line is opened with the first thing to carry; when it is lost,
 * with everything that was open, the next one opens another.
 */
const { port1, port2 } = new MessageChannel();

interface Line {
  send(order: unknown): void;
  close(): void;
}
let line: Line | undefined;

function lose(): void {
  line?.close();
  line = undefined;
  const lost: LineLost = { type: 'lost' };
  port1.postMessage(lost);
}

/** @throws Error when the extension was updated or removed under the page */
function openLine(): Line {
  const port = chrome.runtime.connect({ name: localServicePortName });
  const opened = {
    send: (order: unknown) => port.postMessage(order),
    close: () => port.disconnect(),
  };
  port.onMessage.addListener((news: unknown) => port1.postMessage(news));
  port.onDisconnect.addListener(() => {
    if (line === opened) lose();
  });
  return opened;
}

port1.onmessage = ({ data }) => {
  try {
    line ??= openLine();
    line.send(data);
  } catch {
    lose();
  }
};

// A page that the browser keeps for a way back has no line meanwhile.
window.addEventListener('pagehide', lose);
offerPort(document, port2);
