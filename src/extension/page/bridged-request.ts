import type { LocalServiceAddress } from '../../protocol/local-service-addresses.ts';
import type { PageLine } from './page-line.ts';
import { postOnce } from './post-once.ts';

/** States of XMLHttpRequest. */
const states = { unsent: 0, opened: 1, headersReceived: 2, loading: 3, done: 4 } as const;

const contentType = 'application/json; charset=utf-8';

/**
 * One opened request of a page. The object is the browser's own, unsent; what it says of its state and its answer, and
 * what sends it, is put over the browser's until it is opened anew.
 */
export class BridgedRequest {
  readonly #xhr: XMLHttpRequest;
  readonly #service: LocalServiceAddress;
  readonly #line: PageLine;
  #stop = new AbortController();
  #state: number = states.opened;
  #reply: string | undefined;
  #isSent = false;

  constructor(xhr: XMLHttpRequest, service: LocalServiceAddress, line: PageLine) {
    this.#xhr = xhr;
    this.#service = service;
    this.#line = line;
  }

  take(): void {
    for (const [name, property] of Object.entries(this.#over())) {
      Object.defineProperty(this.#xhr, name, { configurable: true, ...property });
    }
    this.#tell('readystatechange');
  }

  /** Gives the object back to the browser. */
  release(): void {
    this.#stop.abort();
    for (const name of Object.keys(this.#over())) Reflect.deleteProperty(this.#xhr, name);
  }

  #over(): Readonly<Record<string, PropertyDescriptor>> {
    const isAnswered = () => this.#reply !== undefined;
    const headerOf = (name: unknown) =>
      isAnswered() && String(name).toLowerCase() === 'content-type' ? contentType : null;
    return {
      readyState: { get: () => this.#state },
      status: { get: () => (isAnswered() ? 200 : 0) },
      statusText: { get: () => (isAnswered() ? 'OK' : '') },
      responseURL: { get: () => (isAnswered() ? this.#service : '') },
      responseText: { get: () => this.#reply ?? '' },
      responseXML: { get: () => null },
      response: { get: () => this.#response() },
      send: { value: (body?: BodyInit | null) => this.#send(body) },
      abort: { value: () => this.#abort() },
      // No header of a page's goes to a service.
      setRequestHeader: { value: () => undefined },
      overrideMimeType: { value: () => undefined },
      getResponseHeader: { value: headerOf },
      getAllResponseHeaders: { value: () => (isAnswered() ? `content-type: ${contentType}\r\n` : '') },
    };
  }

  #send(body: BodyInit | null | undefined): void {
    if (this.#state !== states.opened || this.#isSent) {
      throw new DOMException('The object is not opened, or sent already.', 'InvalidStateError');
    }
    this.#isSent = true;
    this.#tell('loadstart');
    void this.#exchange(body);
  }

  async #exchange(body: BodyInit | null | undefined): Promise<void> {
    const { signal } = this.#stop;
    const { timeout } = this.#xhr;
    const late = timeout > 0 ? AbortSignal.timeout(timeout) : undefined;
    try {
      const text = await new Response(body ?? '').text();
      const either = late === undefined ? signal : AbortSignal.any([signal, late]);
      this.#reply = await postOnce(this.#line, this.#service, text, either);
      this.#advance(states.headersReceived);
      this.#advance(states.loading);
      this.#end('load');
    } catch {
      if (!signal.aborted) this.#end(late?.aborted === true ? 'timeout' : 'error');
    }
  }

  #abort(): void {
    const wasRunning = this.#isSent && this.#state !== states.done;
    this.#stop.abort();
    this.#reply = undefined;
    if (wasRunning) this.#end('abort');
    this.#state = states.unsent;
  }

  #end(how: 'load' | 'error' | 'timeout' | 'abort'): void {
    this.#advance(states.done);
    const loaded = this.#reply?.length ?? 0;
    for (const name of [how, 'loadend']) this.#xhr.dispatchEvent(new ProgressEvent(name, { loaded }));
  }

  #advance(state: number): void {
    this.#state = state;
    this.#tell('readystatechange');
  }

  #tell(name: 'readystatechange' | 'loadstart'): void {
    this.#xhr.dispatchEvent(name === 'loadstart' ? new ProgressEvent(name) : new Event(name));
  }

  #response(): unknown {
    const reply = this.#reply;
    switch (this.#xhr.responseType) {
      case '':
      case 'text':
        return reply ?? '';
      case 'json':
        return parse(reply);
      case 'arraybuffer':
        return reply === undefined ? null : new TextEncoder().encode(reply).buffer;
      case 'blob':
        return reply === undefined ? null : new Blob([reply], { type: contentType });
      case 'document':
        return null;
    }
  }
}

function parse(reply: string | undefined): unknown {
  try {
    return reply === undefined ? null : JSON.parse(reply);
  } catch {
    return null;
  }
}
