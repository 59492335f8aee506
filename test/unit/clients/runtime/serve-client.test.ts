import { PassThrough, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { exitCodes } from '../../../../src/clients/runtime/exit-codes.ts';
import type { MethodHandlers } from '../../../../src/clients/runtime/method-handlers.ts';
import { encodeFrame } from '../../../../src/clients/runtime/native-frames.ts';
import { serveClient } from '../../../../src/clients/runtime/serve-client.ts';
import { extensionIds } from '../../../../src/protocol/extension-ids.ts';
import { timeLimits } from '../../../../src/protocol/limits.ts';
import { servedClient } from './served-client.ts';

const hello = { jsonrpc: '2.0', id: 1, method: 'hello', params: { protocol: 1, extension: '0.1.0' } };
const ours = `chrome-extension://${extensionIds[0]}/`;

function start(
  args: readonly string[] = [ours],
  stdout: Writable = new PassThrough(),
  handlers: MethodHandlers = {},
) {
  const stdin = new PassThrough();
  const stop = new AbortController();
  let code: number | undefined;
  const ended = serveClient(servedClient('encryption', handlers), {
    args,
    stdin,
    stdout,
    signal: stop.signal,
  }).then((value) => (code = value));
  return { stdin, stdout, stop, ended, code: () => code };
}

/** Lets streams and promises settle without moving the faked clock. */
async function settle(): Promise<void> {
  for (let count = 0; count < 5; count += 1) await turn();
}

async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  await settle();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a caller that is not our extension', () => {
  test.each([
    ['nobody', []],
    ['another extension', [`chrome-extension://${'a'.repeat(32)}/`]],
    ['our id without the slash', [ours.slice(0, -1)]],
    ['our id and more', [`${ours}popup.html`]],
    ['our id inside another', [`chrome-extension://x${extensionIds[0]}/`]],
    ['our id in capitals', [ours.toUpperCase()]],
    ['our id over the web', [`https://${extensionIds[0]}/`]],
    ['our id in second place', ['--parent-window=0', ours]],
  ])('(%s) is refused without a word', async (_, args) => {
    const client = start(args);
    client.stdin.write(encodeFrame(hello));
    expect(await client.ended).toBe(exitCodes.callerRefused);
    expect(client.stdout).toHaveProperty('readableLength', 0);
  });
});

test("our extension is answered although the browser adds a window's handle", async () => {
  const client = start([ours, '--parent-window=0']);
  client.stdin.end(encodeFrame(hello));
  expect(await client.ended).toBe(exitCodes.done);
  expect(String((client.stdout as PassThrough).read())).toContain('"kind":"encryption"');
});

describe('the watchdog', () => {
  it('ends a client that hears no hello for ten seconds', async () => {
    const client = start();
    await pass(9_999);
    expect(client.code()).toBeUndefined();
    await pass(1);
    expect(client.code()).toBe(exitCodes.noHello);
  });

  it('is not put off by anything that is no hello', async () => {
    const client = start();
    for (let second = 0; second < 10; second += 1) {
      client.stdin.write(encodeFrame({ ...hello, method: 'sign' }));
      await pass(1_000);
    }
    expect(client.code()).toBe(exitCodes.noHello);
  });

  it('ends a greeted client after its idle time', async () => {
    const client = start();
    client.stdin.write(encodeFrame(hello));
    await pass(timeLimits.clientIdle - 1);
    expect(client.code()).toBeUndefined();
    await pass(1);
    expect(client.code()).toBe(exitCodes.done);
  });

  it('starts again with every request', async () => {
    const client = start();
    client.stdin.write(encodeFrame(hello));
    await pass(timeLimits.clientIdle - 1);
    client.stdin.write(encodeFrame(hello));
    await pass(timeLimits.clientIdle - 1);
    expect(client.code()).toBeUndefined();
  });

  it('is not fed by single bytes of a request that never ends', async () => {
    const client = start();
    client.stdin.write(encodeFrame(hello));
    client.stdin.write(Uint8Array.of(100, 0, 0, 0));
    await pass(timeLimits.clientIdle / 2);
    client.stdin.write(' ');
    await pass(timeLimits.clientIdle / 2);
    expect(client.code()).toBe(exitCodes.done);
  });

  it('closes the input and leaves no timer when it ends a client', async () => {
    const client = start();
    await pass(10_000);
    expect(client.stdin.destroyed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a method at work', () => {
  /** A method that ends when it is told to or aborted, and what it saw. */
  function workshop() {
    let finishWork: () => void = () => undefined;
    const seen: string[] = [];
    const handlers: MethodHandlers = {
      work: {
        params: v.strictObject({}),
        run: (_, { signal }) =>
          new Promise((resolve, reject) => {
            seen.push('begun');
            finishWork = () => resolve({ finished: true });
            signal.addEventListener('abort', () => {
              seen.push('aborted');
              reject(signal.reason);
            });
          }),
      },
    };
    return { handlers, seen, finishWork: () => finishWork() };
  }
  const work = { jsonrpc: '2.0', id: 2, method: 'work', params: {} };

  it('keeps the watchdog away, which begins anew when it ends', async () => {
    const { handlers, finishWork } = workshop();
    const client = start([ours], new PassThrough(), handlers);
    client.stdin.write(Buffer.concat([encodeFrame(hello), encodeFrame(work)]));
    await pass(3 * timeLimits.clientIdle);
    expect(client.code()).toBeUndefined();
    finishWork();
    await pass(timeLimits.clientIdle - 1);
    expect(client.code()).toBeUndefined();
    await pass(1);
    expect(client.code()).toBe(exitCodes.done);
  });

  it('is aborted by the end of input, and its answer is still sent', async () => {
    const { handlers, seen } = workshop();
    const client = start([ours], new PassThrough(), handlers);
    client.stdin.end(Buffer.concat([encodeFrame(hello), encodeFrame(work)]));
    expect(await client.ended).toBe(exitCodes.done);
    expect(seen).toEqual(['begun', 'aborted']);
    expect(String((client.stdout as PassThrough).read())).toContain('"code":"REQUEST_ABORTED"');
  });

  it('is aborted when the system asks for the end', async () => {
    const { handlers, seen } = workshop();
    const client = start([ours], new PassThrough(), handlers);
    client.stdin.write(Buffer.concat([encodeFrame(hello), encodeFrame(work)]));
    await settle();
    client.stop.abort();
    expect(await client.ended).toBe(exitCodes.done);
    expect(seen).toEqual(['begun', 'aborted']);
  });

  it('that ignores its end keeps the process for a second at most', async () => {
    const deaf: MethodHandlers = {
      work: { params: v.strictObject({}), run: () => new Promise(() => undefined) },
    };
    const client = start([ours], new PassThrough(), deaf);
    client.stdin.end(Buffer.concat([encodeFrame(hello), encodeFrame(work)]));
    await pass(999);
    expect(client.code()).toBeUndefined();
    await pass(1);
    expect(client.code()).toBe(exitCodes.done);
  });

  it('lets its cancellation through', async () => {
    const { handlers, seen } = workshop();
    const client = start([ours], new PassThrough(), handlers);
    client.stdin.write(Buffer.concat([encodeFrame(hello), encodeFrame(work)]));
    await settle();
    client.stdin.write(encodeFrame({ jsonrpc: '2.0', id: 3, method: 'cancel', params: { id: 2 } }));
    await settle();
    expect(seen).toEqual(['begun', 'aborted']);
    client.stop.abort();
  });
});

describe('the end of a client', () => {
  it('is clean when the input ends', async () => {
    const client = start();
    client.stdin.end();
    expect(await client.ended).toBe(exitCodes.done);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is an error when the input ends inside a message', async () => {
    const client = start();
    client.stdin.end(encodeFrame(hello).subarray(0, 20));
    expect(await client.ended).toBe(exitCodes.framingLost);
  });

  it('is an error when the framing is lost, after what came before was answered', async () => {
    const client = start();
    client.stdin.write(Buffer.concat([encodeFrame(hello), Buffer.alloc(4)]));
    expect(await client.ended).toBe(exitCodes.framingLost);
    expect(String((client.stdout as PassThrough).read())).toContain('"result"');
  });

  it('is clean when the system asks for it', async () => {
    const client = start();
    client.stop.abort();
    expect(await client.ended).toBe(exitCodes.done);
  });

  it('is clean when nobody takes its answers any more', async () => {
    const gone = new Writable({
      write: (_, __, done) => done(Object.assign(new Error('EPIPE'), { code: 'EPIPE' })),
    });
    const client = start([ours], gone);
    client.stdin.write(encodeFrame(hello));
    expect(await client.ended).toBe(exitCodes.done);
  });

  it('is an error when the input breaks', async () => {
    const client = start();
    client.stdin.destroy(new Error('EIO'));
    expect(await client.ended).toBe(exitCodes.internal);
  });

  it('waits a second at most for answers to be taken', async () => {
    const stuck = new Writable({ highWaterMark: 1_000_000, write: () => undefined });
    const client = start([ours], stuck);
    client.stdin.end(encodeFrame(hello));
    await pass(999);
    expect(client.code()).toBeUndefined();
    await pass(1);
    expect(client.code()).toBe(exitCodes.done);
  });
});

it('reads no further than its answers are taken', async () => {
  const stuck = new Writable({ highWaterMark: 1, write: () => undefined });
  const client = start([ours], stuck);
  for (let count = 0; count < 2_000; count += 1) client.stdin.write(encodeFrame(hello));
  await settle();
  expect(stuck.writableLength).toBeLessThan(64 * 1_024);
  expect(client.stdin.readableLength + client.stdin.writableLength).toBeGreaterThan(64 * 1_024);
});
