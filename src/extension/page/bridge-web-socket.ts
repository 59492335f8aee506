import { BridgedSocket } from './bridged-socket.ts';
import type { PageLine } from './page-line.ts';
import { serviceAddressOf } from './service-address.ts';

/**
 * The browser's WebSocket, but that one to a listed address goes through the bridge. Every other address, one with
 * subprotocols (the vendor's wire has none) and a class of the page's own that extends it get what the browser makes.
 */
export function bridgeWebSocket(native: typeof WebSocket, line: PageLine): typeof WebSocket {
  const bridged: typeof WebSocket = new Proxy(native, {
    construct(target, args: [unknown, unknown?], newTarget) {
      const [address, protocols] = args;
      const isPlain = newTarget === bridged && !hasProtocols(protocols);
      const service = isPlain ? serviceAddressOf(address, 'socket') : undefined;
      return service === undefined
        ? Reflect.construct(target, args, newTarget)
        : new BridgedSocket(service, line);
    },
  });
  // A bridged one is a WebSocket to whoever asks, with the constants of one.
  Object.setPrototypeOf(BridgedSocket.prototype, native.prototype);
  Object.defineProperty(BridgedSocket.prototype, 'constructor', { value: bridged });
  Object.defineProperty(native.prototype, 'constructor', { value: bridged });
  return bridged;
}

function hasProtocols(protocols: unknown): boolean {
  return protocols !== undefined && !(Array.isArray(protocols) && protocols.length === 0);
}
