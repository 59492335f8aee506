import { afterEach, beforeEach, expect, test, vi, type Mock } from 'vitest';
import { codeOf } from '../../../../src/protocol/coded-error.ts';
import { uiPortName, type UiSnapshot } from '../../../../src/protocol/ui-messages.ts';
import {
  createBackgroundClient,
  type BackgroundState,
} from '../../../../src/extension/ui/background-client.ts';
import { sessionId, sessionView, wireError } from './session-view.ts';

interface FakePort {
  say(message: unknown): void;
  /** The worker dies. */
  die(): void;
  readonly disconnect: Mock<() => void>;
}

const fake = vi.hoisted(() => ({
  runtime: {
    id: 'extension' as string | undefined,
    connect: vi.fn<(info: { name: string }) => unknown>(),
    sendMessage: vi.fn<(command: unknown) => Promise<unknown>>(),
  },
}));
vi.mock('webextension-polyfill', () => ({ default: fake }));

const event = <L>(list: L[]) => ({ addListener: (listener: L) => list.push(listener) });

let ports: FakePort[];
let lifetime: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  ports = [];
  lifetime = new AbortController();
  fake.runtime.id = 'extension';
  fake.runtime.sendMessage.mockReset();
  fake.runtime.connect.mockReset().mockImplementation(() => {
    const onMessage: ((message: unknown) => void)[] = [];
    const onDisconnect: (() => void)[] = [];
    const disconnect = vi.fn<() => void>();
    ports.push({
      say: (message) => onMessage.forEach((listener) => listener(message)),
      die: () => onDisconnect.forEach((listener) => listener()),
      disconnect,
    });
    return { onMessage: event(onMessage), onDisconnect: event(onDisconnect), disconnect };
  });
});

afterEach(() => {
  lifetime.abort();
  vi.useRealTimers();
});

const empty: UiSnapshot = { sessions: [] };
const waiting: UiSnapshot = { sessions: [sessionView('awaitingScan')] };

function start(): { states: BackgroundState[]; client: ReturnType<typeof createBackgroundClient> } {
  const states: BackgroundState[] = [];
  const client = createBackgroundClient({ signal: lifetime.signal });
  client.subscribe((state) => states.push(state));
  return { states, client };
}

const lastPort = (): FakePort => {
  const port = ports.at(-1);
  if (port === undefined) throw new Error('no port was opened');
  return port;
};

test('a worker that dies at once, again and again, is asked with growing pauses and never in a tight loop', () => {
  const { states } = start();
  for (let second = 0; second < 60; second += 1) {
    lastPort().say(empty);
    lastPort().die();
    vi.advanceTimersByTime(1_000);
  }
  expect(ports.length).toBeLessThan(25);
  expect(ports.length).toBeGreaterThan(10);
  expect(states.map(({ connection }) => connection)).toContain('notResponding');
});

test('a background that accepts the port but never speaks is given up within a bound', () => {
  const { states } = start();
  vi.advanceTimersByTime(5_000);
  expect(ports[0]?.disconnect).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(12_000);
  expect(states.at(-1)?.connection).toBe('notResponding');
});

test('words of a port that was given up are not heard any more', () => {
  const { states } = start();
  vi.advanceTimersByTime(5_300);
  ports[1]?.say(empty);
  ports[0]?.say(waiting);
  ports[0]?.die();
  expect(states.at(-1)).toEqual({ connection: 'connected', snapshot: empty });
  expect(ports).toHaveLength(2);
});

test('an extension that was reloaded is told apart, and not asked again', () => {
  const { states } = start();
  lastPort().say(empty);
  fake.runtime.id = undefined;
  lastPort().die();
  vi.advanceTimersByTime(60_000);
  expect(states.at(-1)).toEqual({ connection: 'reloaded', snapshot: empty });
  expect(ports).toHaveLength(1);
});

test('a connect that throws because the extension was reloaded is told too', () => {
  fake.runtime.id = undefined;
  fake.runtime.connect.mockImplementation(() => {
    throw new Error('Extension context invalidated.');
  });
  expect(start().states.at(-1)?.connection).toBe('reloaded');
});

test('the port has the name that the background listens for', () => {
  start();
  expect(fake.runtime.connect).toHaveBeenCalledExactlyOnceWith({ name: uiPortName });
});

test('each snapshot reaches every subscriber, and a late one gets the last at once', () => {
  const { states, client } = start();
  expect(states).toEqual([{ connection: 'connecting' }]);
  lastPort().say(empty);
  lastPort().say(waiting);
  const late = vi.fn<(state: BackgroundState) => void>();
  client.subscribe(late);
  expect(states.slice(1)).toEqual([
    { connection: 'connected', snapshot: empty },
    { connection: 'connected', snapshot: waiting },
  ]);
  expect(late).toHaveBeenCalledExactlyOnceWith({ connection: 'connected', snapshot: waiting });
});

test('one who unsubscribed hears nothing more', () => {
  const { client } = start();
  const listener = vi.fn<(state: BackgroundState) => void>();
  client.subscribe(listener)();
  lastPort().say(empty);
  expect(listener).toHaveBeenCalledOnce();
});

test('a worker that dies after a while is woken at once, and the last snapshot stays meanwhile', () => {
  const { states } = start();
  lastPort().say(waiting);
  vi.advanceTimersByTime(30_000);
  lastPort().die();
  expect(states.at(-1)).toEqual({ connection: 'connecting', snapshot: waiting });
  vi.advanceTimersByTime(0);
  expect(ports).toHaveLength(2);
  lastPort().say(empty);
  expect(states.at(-1)).toEqual({ connection: 'connected', snapshot: empty });
});

test('a background that comes back after failures is shown as connected', () => {
  const { states } = start();
  for (let attempt = 0; attempt < 4; attempt += 1) {
    lastPort().die();
    vi.advanceTimersByTime(4_000);
  }
  expect(states.at(-1)?.connection).toBe('notResponding');
  lastPort().say(empty);
  expect(states.at(-1)).toEqual({ connection: 'connected', snapshot: empty });
});

test('the end of the page closes the port and stops reconnecting', () => {
  start();
  lastPort().say(empty);
  lifetime.abort();
  expect(lastPort().disconnect).toHaveBeenCalledOnce();
  lastPort().die();
  vi.advanceTimersByTime(60_000);
  expect(ports).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

const cancel = { command: 'cancelSession', sessionId } as const;

test.each([
  ['a reply with an error', () => Promise.resolve({ error: wireError('SESSION_BUSY') }), 'SESSION_BUSY'],
  ['a rejection with an error', () => Promise.reject(wireError('SESSION_BUSY')), 'SESSION_BUSY'],
  [
    'a rejection of the browser',
    () => Promise.reject(new Error('Receiving end does not exist.')),
    'BRIDGE_NOT_RESPONDING',
  ],
  ['no reply, as a dying worker leaves it', () => Promise.resolve(undefined), 'BRIDGE_NOT_RESPONDING'],
])('%s rejects the command with its code', async (_, reply, code) => {
  fake.runtime.sendMessage.mockImplementation(reply);
  const failure = await start().client.send(cancel).catch(codeOf);
  expect(failure).toBe(code);
});

test('a command of a page whose extension was reloaded says so', async () => {
  const { client } = start();
  fake.runtime.id = undefined;
  fake.runtime.sendMessage.mockRejectedValue(new Error('Extension context invalidated.'));
  expect(await client.send(cancel).catch(codeOf)).toBe('BRIDGE_RELOAD_NEEDED');
});

test('a command that nobody answers ends within a bound', async () => {
  fake.runtime.sendMessage.mockReturnValue(new Promise(() => undefined));
  const outcome = start().client.send(cancel).catch(codeOf);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await outcome).toBe('BRIDGE_NOT_RESPONDING');
});

test('a large file has time to be verified, but not for ever', async () => {
  fake.runtime.sendMessage.mockReturnValue(new Promise(() => undefined));
  const file = { command: 'verifyFile', name: 'a.pdf', blob: new Blob(['%PDF']) } as const;
  const outcome = start()
    .client.send({ ...file, trustAnchors: [] })
    .catch(codeOf);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(await Promise.race([outcome, 'waiting'])).toBe('waiting');
  await vi.advanceTimersByTimeAsync(600_000);
  expect(await outcome).toBe('BRIDGE_NOT_RESPONDING');
});

test('a command resolves with its reply, null included, and leaves no timer', async () => {
  const { client } = start();
  lastPort().say(empty);
  fake.runtime.sendMessage.mockResolvedValueOnce(null).mockResolvedValueOnce({ support: 'enabled' });
  expect(await client.send(cancel)).toBeNull();
  expect(await client.send({ command: 'siteStatus', url: 'https://a.example/' })).toEqual({
    support: 'enabled',
  });
  expect(fake.runtime.sendMessage).toHaveBeenNthCalledWith(1, cancel);
  expect(vi.getTimerCount()).toBe(0);
});
