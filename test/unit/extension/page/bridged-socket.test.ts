// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, test } from 'vitest';
import { bridgeWebSocket } from '../../../../src/extension/page/bridge-web-socket.ts';
import { fakeLine } from './fake-line.ts';

const address = 'wss://127.0.0.1:21061/xtxapp/';

/** What the browser would make, for every address that is not ours. */
class NativeSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  readonly given: readonly unknown[];
  constructor(...given: readonly unknown[]) {
    super();
    this.given = given;
  }
}

let world: ReturnType<typeof fakeLine>;
let Bridged: typeof WebSocket;
beforeEach(() => {
  world = fakeLine();
  class Native extends NativeSocket {}
  Bridged = bridgeWebSocket(Native as unknown as typeof WebSocket, world.line);
});

const tick = () => new Promise((resolve) => setTimeout(resolve));

/** An open socket and what its page heard. */
function opened() {
  const socket = new Bridged(address);
  const heard: unknown[] = [];
  socket.onopen = () => heard.push('open');
  socket.onmessage = ({ data }) => heard.push(data);
  socket.onerror = () => heard.push('error');
  socket.onclose = ({ code, wasClean }) => heard.push([code, wasClean]);
  world.last().handlers.onOpen();
  return { socket, heard };
}

describe('which sockets go through the bridge', () => {
  test.each([
    address,
    'wss://127.0.0.1:21061/xtxapp',
    'ws://127.0.0.1:21051/xtxapp/',
    'WS://127.0.0.1:21051/xtxapp',
    'ws://127.0.0.1:21051/./xtxapp/',
  ])('%s does', (given) => {
    const socket = new Bridged(given);
    expect(world.links).toHaveLength(1);
    expect(socket.url).toMatch(/\/xtxapp\/$/);
  });

  it('so does one that is given as a URL, or with no protocols', () => {
    expect([new Bridged(new URL(address)), new Bridged(address, [])]).toHaveLength(2);
    expect(world.links).toHaveLength(2);
  });

  test.each([
    ['another port', ['ws://127.0.0.1:21061/xtxapp/']],
    ['another path', ['wss://127.0.0.1:21061/']],
    ['a query', [`${address}?a`]],
    ['a fragment', [`${address}#a`]],
    ['another name of this machine', ['wss://localhost:21061/xtxapp/']],
    ['user and password', ['wss://a:b@127.0.0.1:21061/xtxapp/']],
    ['the door for requests', ['https://127.0.0.1:21061/synctl']],
    ['a protocol', [address, 'p']],
    ['protocols', [address, ['p']]],
    ['no address', []],
    ['something else', [{}]],
  ])('one with %s does not', (_, given) => {
    const socket: unknown = Reflect.construct(Bridged, given);
    expect(world.links).toEqual([]);
    expect(socket).toMatchObject({ given });
  });

  it('nor does a class of the page’s own', () => {
    class Own extends Bridged {}
    expect(new Own(address)).toBeInstanceOf(Own);
    expect(world.links).toEqual([]);
  });
});

describe('a socket through the bridge', () => {
  it('is a WebSocket to whoever asks', () => {
    const { socket } = opened();
    expect(socket).toBeInstanceOf(Bridged);
    expect(socket.constructor).toBe(Bridged);
    expect([Bridged.OPEN, socket.protocol, socket.extensions, socket.bufferedAmount]).toEqual([1, '', '', 0]);
  });

  it('carries texts both ways once it is open', () => {
    const { socket, heard } = opened();
    socket.send('hello');
    Reflect.apply(socket.send, socket, [7]);
    expect(world.last().sent).toEqual(['hello', '7']);
    world.last().handlers.onText('answer');
    expect(heard).toEqual(['open', 'answer']);
  });

  it('cannot send before', () => {
    const socket = new Bridged(address);
    expect(socket.readyState).toBe(0);
    expect(() => socket.send('early')).toThrow(expect.objectContaining({ name: 'InvalidStateError' }));
  });

  it('hears by listeners as well, and by the handler that is set last', () => {
    const { socket } = opened();
    const heard: unknown[] = [];
    socket.addEventListener('message', () => heard.push('listener'));
    socket.onmessage = () => heard.push('handler');
    world.last().handlers.onText('x');
    socket.onmessage = null;
    world.last().handlers.onText('y');
    expect(heard).toEqual(['handler', 'listener', 'listener']);
    expect(socket.onmessage).toBeNull();
  });

  it('tells where a text is from', () => {
    const { socket } = opened();
    let origin = '';
    socket.onmessage = (event) => (origin = event.origin);
    world.last().handlers.onText('x');
    expect(origin).toBe('wss://127.0.0.1:21061');
  });

  it('closes when the service does', () => {
    const { socket, heard } = opened();
    world.last().handlers.onClosed(true);
    expect(heard).toEqual(['open', [1005, true]]);
    expect(socket.readyState).toBe(3);
    world.last().handlers.onClosed(false);
    expect(heard).toHaveLength(2);
  });

  it('fails when it is lost', () => {
    const { heard } = opened();
    world.last().handlers.onClosed(false);
    expect(heard).toEqual(['open', 'error', [1006, false]]);
  });

  it('closes when the page wants it, once, and is quiet then', async () => {
    const { socket, heard } = opened();
    socket.close(3_001, 'bye');
    socket.close();
    expect([socket.readyState, world.last().closed]).toEqual([2, true]);
    world.last().handlers.onText('late');
    socket.send('late');
    await tick();
    expect(heard).toEqual(['open', [3_001, true]]);
    expect([socket.readyState, world.last().sent]).toEqual([3, []]);
  });

  it('that is closed before it is open fails', async () => {
    const socket = new Bridged(address);
    const heard: unknown[] = [];
    socket.onerror = () => heard.push('error');
    socket.onclose = ({ code }) => heard.push(code);
    socket.close();
    world.last().handlers.onOpen();
    await tick();
    expect(heard).toEqual(['error', 1006]);
  });

  test.each([0, 999, 1001, 1006, 2_999, 5_000])('cannot be closed with %d', (code) => {
    const { socket } = opened();
    expect(() => socket.close(code)).toThrow(expect.objectContaining({ name: 'InvalidAccessError' }));
    expect(socket.readyState).toBe(1);
  });

  test.each([
    ['bytes', Uint8Array.of(1), 1003],
    ['a buffer', new ArrayBuffer(1), 1003],
    ['a blob', new Blob(['x']), 1003],
    ['a text that is too long', 'x'.repeat(720_001), 1009],
  ])('fails at %s, which the bridge does not carry', async (_, data, code) => {
    const { socket, heard } = opened();
    socket.send(data);
    await tick();
    expect(heard).toEqual(['open', 'error', [code, false]]);
    expect([world.last().closed, world.last().sent]).toEqual([true, []]);
  });
});
