import { beforeEach, describe, expect, it, test } from 'vitest';
import { createPageRelay, type PageRelay } from '../../../../src/extension/content/page-relay.ts';
import type { RelayedRequest } from '../../../../src/protocol/page-messages.ts';

let sent: RelayedRequest[];
let posted: unknown[];
let reply: (message: unknown) => void;
let lose: () => void;
let scheduled: (() => void)[];
let relay: PageRelay;
const port = { postMessage: (message: unknown) => void posted.push(message) } as unknown as MessagePort;
const otherPort = { postMessage: () => undefined } as unknown as MessagePort;

const login = {
  type: 'request',
  id: 'request-1',
  method: 'showLogin',
  params: { site: { platform: 'zhongzhao-hulian' } },
} as const;
const question = {
  type: 'question',
  id: 'request-1',
  question: 'open-1',
  ask: 'open',
  params: { openingId: '1', request: { scene: 'login', documents: [] } },
} as const;
const answer = {
  type: 'answer',
  id: 'request-1',
  question: 'open-1',
  value: { businessId: 'qr-1' },
} as const;

beforeEach(() => {
  [sent, posted, scheduled] = [[], [], []];
  relay = createPageRelay({
    connect(onReply, onLost) {
      [reply, lose] = [onReply, onLost];
      return { send: (message) => void sent.push(message), close: () => undefined };
    },
    describe: (code) => ({ message: code, retry: false }),
    schedule: (work) => void scheduled.push(work),
  });
  relay.receive(login, port);
  sent.length = 0;
});

it('carries a question to the page that asked, and its answer back', () => {
  reply(question);
  relay.receive(answer, port);
  expect(posted).toEqual([question]);
  expect(sent).toEqual([answer]);
});

describe('answers that go no further', () => {
  const unasked: [what: string, message: unknown, from?: MessagePort][] = [
    ['from another port', answer, otherPort],
    ['to a question never asked', { ...answer, question: 'open-2' }],
    ['of another request', { ...answer, id: 'request-2' }],
    ['with an id that is none', { ...answer, question: '<b>' }],
    ['with an id that is an object', { ...answer, question: {} }],
    ['that failed in words', { ...answer, failed: 'yes' }],
    ['with something more', { ...answer, code: 'OK' }],
    ['with a file in it', { ...answer, value: { qr: new Blob(['x']) } }],
    ['with a map in it', { ...answer, value: new Map() }],
    ['of nine million characters', { ...answer, value: { qr: 'x'.repeat(9_000_000) } }],
    ['of two thousand values', { ...answer, value: Array.from({ length: 2_000 }, () => 1) }],
    ['with four thousand million holes', { ...answer, value: Object.assign([], { length: 4_294_967_295 }) }],
    ['of eight levels', { ...answer, value: [[[[[[[['deep']]]]]]]] }],
  ];
  test.each(unasked)('%s', (_what, message, from = port) => {
    reply(question);
    relay.receive(message, from);
    expect(sent).toEqual([]);
  });

  it('before anything was asked', () => {
    relay.receive(answer, port);
    expect(sent).toEqual([]);
  });

  it('the second to the same question', () => {
    reply(question);
    relay.receive(answer, port);
    relay.receive(answer, port);
    expect(sent).toEqual([answer]);
  });

  it('after the request has ended', () => {
    reply(question);
    reply({ type: 'result', id: 'request-1', value: {} });
    sent.length = 0;
    relay.receive(answer, port);
    expect(sent).toEqual([]);
  });

  it('after the page cancelled', () => {
    reply(question);
    relay.receive({ type: 'cancel', id: 'request-1' }, port);
    sent.length = 0;
    relay.receive(answer, port);
    expect(sent).toEqual([]);
  });
});

describe('questions that reach no page', () => {
  test.each([
    ['of a request that nobody made', { ...question, id: 'request-2' }],
    ['about something else', { ...question, ask: 'password' }],
    ['without an id', { ...question, question: '' }],
  ])('%s', (_what, message) => {
    reply(message);
    expect(posted).toEqual([]);
  });
});

it('lets a question that came again after a restart be answered again', () => {
  reply(question);
  relay.receive(answer, port);
  lose();
  scheduled.splice(0).forEach((work) => work());
  reply(question);
  relay.receive(answer, port);
  expect(sent).toEqual([answer, login, answer]);
});

it('says that the page’s own work failed', () => {
  const failed = { type: 'answer', id: 'request-1', question: 'open-1', failed: true } as const;
  reply(question);
  relay.receive(failed, port);
  expect(sent).toEqual([failed]);
});
