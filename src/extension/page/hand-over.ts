/**
 * How the content script hands a port to the script among the page's own, once, before any script of the page runs:
 * by events that are dispatched, and so heard, at once. Whichever of the two starts first, they find each other when the
 * second does. A page that forges these events later reaches nobody: both have stopped listening.
 */
const eventNames = {
  /** The content script is there. */
  ready: 'ca-bridge-local-service-ready',
  /** The page's script wants the port; `detail` is a nonce. */
  ask: 'ca-bridge-local-service-ask',
  /** A MessageEvent with the nonce as its data, and the port. */
  offer: 'ca-bridge-local-service-offer',
} as const;

/** Waits for the port that the content script offers. */
export function takePort(target: EventTarget, onPort: (port: MessagePort) => void): void {
  const nonce = crypto.getRandomValues(new Uint32Array(4)).join('-');
  const ask = () => void target.dispatchEvent(new CustomEvent(eventNames.ask, { detail: nonce }));
  const take = (event: Event) => {
    if (!(event instanceof MessageEvent) || event.data !== nonce) return;
    const [port] = event.ports;
    if (port === undefined) return;
    event.stopImmediatePropagation();
    target.removeEventListener(eventNames.offer, take);
    target.removeEventListener(eventNames.ready, ask);
    onPort(port);
  };
  target.addEventListener(eventNames.offer, take);
  target.addEventListener(eventNames.ready, ask);
  ask();
}

/** Offers the port to the first that asks; nobody else is answered after it. */
export function offerPort(target: EventTarget, port: MessagePort): void {
  const offer = (event: Event) => {
    if (!(event instanceof CustomEvent) || typeof event.detail !== 'string') return;
    event.stopImmediatePropagation();
    target.removeEventListener(eventNames.ask, offer);
    target.dispatchEvent(new MessageEvent(eventNames.offer, { data: event.detail, ports: [port] }));
  };
  target.addEventListener(eventNames.ask, offer);
  target.dispatchEvent(new Event(eventNames.ready));
}
