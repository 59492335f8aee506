import type { PageLine } from './page-line.ts';
import { postOnce } from './post-once.ts';
import { serviceAddressOf } from './service-address.ts';

/** The browser's fetch, but that a POST to a listed address goes through the bridge. */
export function bridgeFetch(native: typeof fetch, line: PageLine): typeof fetch {
  return new Proxy(native, {
    apply(target, self, args: [RequestInfo | URL, RequestInit?]) {
      const [input, init] = args;
      const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
      const url = input instanceof Request ? input.url : input;
      const service = String(method).toUpperCase() === 'POST' ? serviceAddressOf(url, 'post') : undefined;
      if (service === undefined) return Reflect.apply(target, self, args);
      return exchange(line, service, input, init);
    },
  });
}

async function exchange(
  line: PageLine,
  service: Parameters<typeof postOnce>[1],
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Response> {
  // The browser's own reading of what a page may give: body, signal and what is none of either.
  const request = new Request(input, init);
  const reply = await postOnce(line, service, await request.text(), request.signal);
  const response = new Response(reply, { headers: { 'content-type': 'application/json; charset=utf-8' } });
  Object.defineProperty(response, 'url', { value: service });
  return response;
}
