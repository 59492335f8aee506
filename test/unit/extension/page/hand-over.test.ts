import { describe, expect, it, test } from 'vitest';
import { offerPort, takePort } from '../../../../src/extension/page/hand-over.ts';

const askEvent = 'ca-bridge-local-service-ask';
const offerEvent = 'ca-bridge-local-service-offer';
const readyEvent = 'ca-bridge-local-service-ready';

/** A document, the port that is offered in it, and every port that was taken. */
function world() {
  const document = new EventTarget();
  const { port1, port2 } = new MessageChannel();
  port1.close();
  const taken: MessagePort[] = [];
  return {
    document,
    port: port2,
    taken,
    offer: () => offerPort(document, port2),
    take: () => takePort(document, (port) => taken.push(port)),
  };
}

describe('the port is handed over at once', () => {
  test('when the content script starts first', () => {
    const { offer, take, taken, port } = world();
    offer();
    take();
    expect(taken).toEqual([port]);
  });

  test('when the page’s script starts first', () => {
    const { offer, take, taken, port } = world();
    take();
    offer();
    expect(taken).toEqual([port]);
  });
});

describe('a page that speaks later', () => {
  it('is offered nothing', () => {
    const { document, offer, take } = world();
    offer();
    take();
    const heard: unknown[] = [];
    document.addEventListener(offerEvent, (event) => heard.push(event));
    document.dispatchEvent(new CustomEvent(askEvent, { detail: 'mine' }));
    expect(heard).toEqual([]);
  });

  it('hears neither the nonce nor the port', () => {
    const { document, offer, take, taken } = world();
    offer();
    take();
    const heard: unknown[] = [];
    for (const name of [askEvent, offerEvent]) document.addEventListener(name, (event) => heard.push(event));
    document.dispatchEvent(new Event(readyEvent));
    expect(heard).toEqual([]);
    expect(taken).toHaveLength(1);
  });

  it('gets no port of its own taken', () => {
    const { document, take, taken } = world();
    take();
    const { port1 } = new MessageChannel();
    port1.close();
    document.dispatchEvent(new MessageEvent(offerEvent, { data: 'guessed', ports: [port1] }));
    document.dispatchEvent(new MessageEvent(offerEvent, { data: 'guessed' }));
    document.dispatchEvent(new Event(offerEvent));
    expect(taken).toEqual([]);
  });

  it('is not answered without a nonce', () => {
    const { document, offer } = world();
    offer();
    const heard: unknown[] = [];
    document.addEventListener(offerEvent, (event) => heard.push(event));
    document.dispatchEvent(new Event(askEvent));
    document.dispatchEvent(new CustomEvent(askEvent, { detail: { nonce: 'x' } }));
    expect(heard).toEqual([]);
  });
});
