import type { LocalServiceAddress } from '../../protocol/local-service-addresses.ts';
import { localServiceTextFits } from '../../protocol/local-service-texts.ts';
import type { PageLine, PageLink } from './page-line.ts';

const handlerNames = ['onopen', 'onmessage', 'onerror', 'onclose'] as const;
type HandlerName = (typeof handlerNames)[number];
type Handler = (this: EventTarget, event: Event) => unknown;

/** Codes of RFC 6455 §7.4.1 that a page meets here. */
const closeCodes = { normal: 1000, unsupportedData: 1003, none: 1005, abnormal: 1006, tooBig: 1009 } as const;

/** What a page's WebSocket to a listed address is, in place of the browser's own. */
export class BridgedSocket extends EventTarget {
  readonly #address: LocalServiceAddress;
  readonly #link: PageLink;
  readonly #handlers = new Map<HandlerName, Handler | null>();
  #state: number = 0;
  binaryType: BinaryType = 'blob';

  constructor(address: LocalServiceAddress, line: PageLine) {
    super();
    this.#address = address;
    this.#link = line.connect(address, {
      onOpen: () => {
        if (this.#state !== 0) return;
        this.#state = 1;
        this.dispatchEvent(new Event('open'));
      },
      onText: (data) => {
        if (this.#state !== 1) return;
        this.dispatchEvent(new MessageEvent('message', { data, origin: new URL(address).origin }));
      },
      onClosed: (clean) => this.#end(clean ? closeCodes.none : closeCodes.abnormal, '', clean),
    });
  }

  get url(): string {
    return this.#address;
  }
  get readyState(): number {
    return this.#state;
  }
  get bufferedAmount(): number {
    return 0;
  }
  get extensions(): string {
    return '';
  }
  get protocol(): string {
    return '';
  }

  send(data: unknown): void {
    if (this.#state === 0) throw new DOMException('Still in CONNECTING state.', 'InvalidStateError');
    if (this.#state !== 1) return;
    const isBinary = data instanceof Blob || data instanceof ArrayBuffer || ArrayBuffer.isView(data);
    // The service's wire has texts alone, and the bridge carries no others.
    if (isBinary) return this.#fail(closeCodes.unsupportedData);
    const text = String(data);
    if (!localServiceTextFits(text)) return this.#fail(closeCodes.tooBig);
    this.#link.send(text);
  }

  close(code?: number, reason = ''): void {
    if (code !== undefined && code !== closeCodes.normal && (code < 3_000 || code > 4_999)) {
      throw new DOMException('The close code must be 1000 or 3000 to 4999.', 'InvalidAccessError');
    }
    if (this.#state > 1) return;
    const wasOpen = this.#state === 1;
    this.#state = 2;
    this.#link.close();
    const [sent, words] = wasOpen ? [code ?? closeCodes.none, reason] : [closeCodes.abnormal, ''];
    setTimeout(() => this.#end(sent, words, wasOpen));
  }

  #fail(code: number): void {
    this.#state = 2;
    this.#link.close();
    setTimeout(() => this.#end(code, '', false));
  }

  #end(code: number, reason: string, wasClean: boolean): void {
    if (this.#state === 3) return;
    this.#state = 3;
    if (!wasClean) this.dispatchEvent(new Event('error'));
    this.dispatchEvent(new CloseEvent('close', { code, reason, wasClean }));
  }

  /** Handler attributes (HTML §8.1.8.1): a handler keeps its place among the listeners when it is exchanged. */
  #handler(name: HandlerName): Handler | null {
    return this.#handlers.get(name) ?? null;
  }
  #setHandler(name: HandlerName, handler: unknown): void {
    const isNew = !this.#handlers.has(name);
    this.#handlers.set(name, typeof handler === 'function' ? (handler as Handler) : null);
    if (isNew) this.addEventListener(name.slice(2), (event) => this.#handler(name)?.call(this, event));
  }
  get onopen(): Handler | null {
    return this.#handler('onopen');
  }
  set onopen(handler: unknown) {
    this.#setHandler('onopen', handler);
  }
  get onmessage(): Handler | null {
    return this.#handler('onmessage');
  }
  set onmessage(handler: unknown) {
    this.#setHandler('onmessage', handler);
  }
  get onerror(): Handler | null {
    return this.#handler('onerror');
  }
  set onerror(handler: unknown) {
    this.#setHandler('onerror', handler);
  }
  get onclose(): Handler | null {
    return this.#handler('onclose');
  }
  set onclose(handler: unknown) {
    this.#setHandler('onclose', handler);
  }
}
