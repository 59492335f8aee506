import { beforeEach, describe, expect, it, test } from 'vitest';
import {
  createPageRelay,
  type BackgroundLine,
  type PageRelay,
} from '../../../../src/extension/content/page-relay.ts';
import { hostileParameters, misshapenMessages } from '../../../fixtures/hostile-page-messages.ts';

interface FakeLine extends BackgroundLine {
  readonly sent: unknown[];
  reply(message: unknown): void;
  lose(): void;
  closed: boolean;
}

let lines: FakeLine[];
let connects: boolean;
let posted: unknown[];
let scheduled: (() => void)[];
let relay: PageRelay;
const port = { postMessage: (message: unknown) => void posted.push(message) } as unknown as MessagePort;
const otherPort = { postMessage: () => undefined } as unknown as MessagePort;
const login = {
  type: 'request',
  id: 'request-1',
  method: 'login',
  params: { challenge: 'challenge-of-the-site' },
} as const;

beforeEach(() => {
  [lines, connects, posted, scheduled] = [[], true, [], []];
  relay = createPageRelay({
    connect(onReply, onLost) {
      if (!connects) return undefined;
      const line: FakeLine = {
        sent: [],
        closed: false,
        send: (message) => void line.sent.push(message),
        close: () => void (line.closed = true),
        reply: onReply,
        lose: onLost,
      };
      lines.push(line);
      return line;
    },
    describe: (code) => ({ message: code, retry: false }),
    schedule: (work) => void scheduled.push(work),
  });
});

const runScheduled = () => scheduled.splice(0).forEach((work) => work());
const lastLine = () => lines.at(-1) ?? expect.fail('no line was opened');

describe('hostile pages', () => {
  test.each(misshapenMessages)('$kind reaches no background', ({ message }) => {
    relay.receive(message, port);
    expect(lines.flatMap((line) => line.sent)).toEqual([]);
  });

  test.each(hostileParameters)('$kind is for the background to refuse', ({ message }) => {
    relay.receive(message, port);
    expect(lastLine().sent).toEqual([message]);
  });

  test.each([
    ['more text than any request has', { document: { name: 'a'.repeat(1_000_001), blob: new Blob() } }],
    ['what is no file', { document: { name: 'a.pdf', blob: { size: 3 } } }],
    [
      'more documents than any request has',
      { documents: Array.from({ length: 101 }, () => ({ blob: new Blob() })) },
    ],
    ['a list with holes', { documents: Object.assign([], { length: 1_000_000 }) }],
    ['an endless nesting', { trustAnchors: [[[[[[[[]]]]]]]] }],
  ])('%s reaches no background', (_kind, params) => {
    relay.receive({ ...login, method: 'signMessage', params }, port);
    expect(lines.flatMap((line) => line.sent)).toEqual([]);
    expect(posted).toMatchObject([{ error: { code: 'BAD_REQUEST' } }]);
  });

  it('a malformed request that has an id is told so', () => {
    relay.receive({ ...login, params: null }, port);
    expect(posted).toMatchObject([{ type: 'error', id: 'request-1', error: { code: 'BAD_REQUEST' } }]);
  });

  it('one port cannot cancel what another asked for', () => {
    relay.receive(login, port);
    relay.receive({ type: 'cancel', id: 'request-1' }, otherPort);
    expect(lastLine().sent).toEqual([login]);
  });

  it('an id that is under way is not taken twice', () => {
    relay.receive(login, port);
    relay.receive(login, otherPort);
    expect(lastLine().sent).toEqual([login]);
  });

  it('more requests than the bound are refused', () => {
    for (let count = 0; count < 101; count += 1) relay.receive({ ...login, id: `request-${count}` }, port);
    expect(posted).toMatchObject([{ id: 'request-100', error: { code: 'TOO_MANY_REQUESTS' } }]);
  });
});

it('opens no line before a page asks', () => {
  expect(lines).toEqual([]);
});

it('ignores what the background never says', () => {
  relay.receive(login, port);
  lastLine().reply({ type: 'result', id: 'request-1' });
  lastLine().reply({ type: 'delivered', id: 'request-1' });
  lastLine().reply('garbage');
  expect(posted).toEqual([]);
});

it('hands the result to the port that asked and gives the background a receipt', () => {
  relay.receive(login, port);
  lastLine().reply({ type: 'ack', id: 'request-1' });
  lastLine().reply({ type: 'result', id: 'request-1', value: { any: 'token' } });
  expect(posted).toEqual([
    { type: 'ack', id: 'request-1' },
    { type: 'result', id: 'request-1', value: { any: 'token' } },
  ]);
  expect(lastLine().sent.at(-1)).toEqual({ type: 'delivered', id: 'request-1' });
});

it('gives a receipt also for an outcome that the page no longer waits for', () => {
  relay.receive(login, port);
  relay.receive({ type: 'cancel', id: 'request-1' }, port);
  lastLine().reply({
    type: 'error',
    id: 'request-1',
    error: { code: 'REQUEST_ABORTED', message: '', retry: true },
  });
  expect(posted).toEqual([]);
  expect(lastLine().sent.at(-1)).toEqual({ type: 'delivered', id: 'request-1' });
});

describe('a worker that is stopped', () => {
  it('is asked again, word for word', () => {
    relay.receive(login, port);
    lastLine().lose();
    runScheduled();
    expect(lines).toHaveLength(2);
    expect(lastLine().sent).toEqual([login]);
    expect(posted).toEqual([]);
  });

  it('is left alone when nobody waits', () => {
    relay.receive(login, port);
    lastLine().reply({ type: 'result', id: 'request-1', value: {} });
    lastLine().lose();
    runScheduled();
    expect(lines).toHaveLength(1);
  });

  it('ends the requests by a code when it never comes back', () => {
    relay.receive(login, port);
    for (let loss = 0; loss < 7; loss += 1) {
      lastLine().lose();
      runScheduled();
    }
    expect(posted).toMatchObject([{ type: 'error', error: { code: 'BRIDGE_NOT_RESPONDING' } }]);
  });

  it('asks for a reload when its extension was updated', () => {
    relay.receive(login, port);
    connects = false;
    lastLine().lose();
    runScheduled();
    expect(posted).toMatchObject([{ type: 'error', error: { code: 'BRIDGE_RELOAD_NEEDED' } }]);
  });
});

it('ends everything when the page goes, and does not ask again when it comes back', () => {
  relay.receive(login, port);
  relay.leave();
  lastLine().lose();
  runScheduled();
  expect(posted).toMatchObject([{ error: { code: 'PAGE_GONE' } }]);
  expect(lastLine().closed).toBe(true);
  expect(lines).toHaveLength(1);
});
