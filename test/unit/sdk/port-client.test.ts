import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { createPortClient, type PortClient } from '../../../src/sdk/port-client.ts';
import { timeLimits } from '../../../src/protocol/limits.ts';

interface Sent {
  readonly type: string;
  readonly id: string;
}

let client: PortClient;
let sent: Sent[];
let receive: (data: unknown) => void;
let closed: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  closed = false;
  const port = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    postMessage: (message: Sent) => void sent.push(message),
    close: () => void (closed = true),
  };
  client = createPortClient(port as unknown as MessagePort);
  receive = (data) => port.onmessage?.({ data });
});

afterEach(() => vi.useRealTimers());

const challenge = 'challenge-of-the-site';
const lastId = () => sent.at(-1)?.id ?? expect.fail('nothing was sent');

describe('forged and malformed replies change nothing', () => {
  const forgeries: [kind: string, make: (id: string) => unknown][] = [
    ['null', () => null],
    ['a string', () => 'result'],
    ['no id', () => ({ type: 'result', value: {} })],
    ['another id', () => ({ type: 'result', id: 'other', value: {} })],
    ['an unknown type', (id) => ({ type: 'success', id, value: {} })],
    ['a result without value', (id) => ({ type: 'result', id })],
    ['a result that is text', (id) => ({ type: 'result', id, value: 'token' })],
    ['an error without code', (id) => ({ type: 'error', id, error: { message: '', retry: true } })],
    [
      'a code outside the catalogue',
      (id) => ({ type: 'error', id, error: { code: 'OOPS', message: '', retry: true } }),
    ],
    [
      'a code of Object.prototype',
      (id) => ({ type: 'error', id, error: { code: 'toString', message: '', retry: true } }),
    ],
    ['an unknown state', (id) => ({ type: 'state', id, state: 'done' })],
  ];

  test.each(forgeries)('%s', async (_kind, make) => {
    const states: string[] = [];
    const settled = vi.fn<(outcome: unknown) => void>();
    void client
      .call('login', { challenge }, { onState: (state) => states.push(state) })
      .then(settled, settled);
    receive(make(lastId()));
    await vi.advanceTimersByTimeAsync(timeLimits.acknowledgement - 1);
    expect(settled).not.toHaveBeenCalled();
    expect(states).toEqual([]);
  });
});

it('rejects when nothing acknowledges the request in time', async () => {
  const settled = vi.fn<(outcome: unknown) => void>();
  void client.call('login', { challenge }).then(settled, settled);
  await vi.advanceTimersByTimeAsync(timeLimits.acknowledgement);
  expect(settled).toHaveBeenCalledWith(expect.objectContaining({ code: 'BRIDGE_NOT_RESPONDING' }));
});

it('waits for the user once the request is acknowledged, but not for ever', async () => {
  const settled = vi.fn<(outcome: unknown) => void>();
  void client.call('login', { challenge }).then(settled, settled);
  receive({ type: 'ack', id: lastId() });
  await vi.advanceTimersByTimeAsync(timeLimits.session);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(timeLimits.delivery);
  expect(settled).toHaveBeenCalledWith(expect.objectContaining({ code: 'BRIDGE_NOT_RESPONDING' }));
});

it('tells each state once and resolves with the result', async () => {
  const states: string[] = [];
  const call = client.call('login', { challenge }, { onState: (state) => states.push(state) });
  const id = lastId();
  for (const state of ['requested', 'awaitingScan', 'awaitingScan', 'scanned'])
    receive({ type: 'state', id, state });
  receive({ type: 'result', id, value: { format: 'ca-bridge-login/1' } });
  await expect(call).resolves.toEqual({ format: 'ca-bridge-login/1' });
  expect(states).toEqual(['requested', 'awaitingScan', 'scanned']);
});

it('keeps two requests apart', async () => {
  const first = client.call('login', { challenge });
  const firstId = lastId();
  const second = client.call('login', { challenge });
  receive({ type: 'result', id: lastId(), value: { second: true } });
  receive({ type: 'result', id: firstId, value: { first: true } });
  await expect(first).resolves.toEqual({ first: true });
  await expect(second).resolves.toEqual({ second: true });
});

it('cancels at the bridge and rejects at once when its signal aborts', async () => {
  const stop = new AbortController();
  const call = client.call('login', { challenge }, { signal: stop.signal });
  const id = lastId();
  stop.abort();
  await expect(call).rejects.toMatchObject({ code: 'REQUEST_ABORTED', retry: true });
  expect(sent.at(-1)).toEqual({ type: 'cancel', id });
});

it('sends nothing when its signal was aborted before', async () => {
  const call = client.call('login', { challenge }, { signal: AbortSignal.abort() });
  await expect(call).rejects.toMatchObject({ code: 'REQUEST_ABORTED' });
  expect(sent).toEqual([]);
});

it('ends every open request when it is closed', async () => {
  const call = client.call('login', { challenge });
  client.close();
  await expect(call).rejects.toMatchObject({ code: 'REQUEST_ABORTED' });
  expect(closed).toBe(true);
});
