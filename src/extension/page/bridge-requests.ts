import { BridgedRequest } from './bridged-request.ts';
import type { PageLine } from './page-line.ts';
import { serviceAddressOf } from './service-address.ts';

/**
 * Has every XMLHttpRequest that is opened to POST to a listed address go through the bridge. One that is to block its
 * page (`async` false) cannot: nothing but the browser's own does that, so it is left to it and fails as before.
 */
export function bridgeRequests(native: typeof XMLHttpRequest, line: PageLine): void {
  const taken = new WeakMap<object, BridgedRequest>();
  const { open } = native.prototype;
  const bridgedOpen = new Proxy(open, {
    apply(target, self: XMLHttpRequest, args: [method: unknown, address: unknown, isAsync?: unknown]) {
      taken.get(self)?.release();
      const [method, address] = args;
      const blocks = args.length > 2 && !args[2];
      const isPost = !blocks && String(method).toUpperCase() === 'POST' && self instanceof native;
      const service = isPost ? serviceAddressOf(address, 'post') : undefined;
      if (service === undefined) return Reflect.apply(target, self, args);
      const request = new BridgedRequest(self, service, line);
      taken.set(self, request);
      request.take();
    },
  });
  Object.defineProperty(native.prototype, 'open', { value: bridgedOpen });
}
