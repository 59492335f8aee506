import { bridgeFetch } from './bridge-fetch.ts';
import { bridgeRequests } from './bridge-requests.ts';
import { bridgeWebSocket } from './bridge-web-socket.ts';
import { takePort } from './hand-over.ts';
import { createPageLine } from './page-line.ts';

/**
 * Runs among a page's own scripts, before them, on sites where the local-service bridge is turned on and on no other:
 * what the page says to the listed addresses goes through the extension. Without the content script's port, which is
 * handed over at once or never, nothing is changed.
 */
takePort(document, (port) => {
  const line = createPageLine(port);
  const replace = (name: 'WebSocket' | 'fetch', value: unknown) => {
    Object.defineProperty(window, name, { value });
  };
  replace('WebSocket', bridgeWebSocket(window.WebSocket, line));
  replace('fetch', bridgeFetch(window.fetch, line));
  bridgeRequests(window.XMLHttpRequest, line);
});
