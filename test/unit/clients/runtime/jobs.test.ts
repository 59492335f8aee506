import * as v from 'valibot';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { createClientFiles } from '../../../../src/clients/runtime/files/client-files.ts';
import { createPrivateFolder } from '../../../../src/clients/runtime/files/private-folder.ts';
import { createJobs, type ClientMessage } from '../../../../src/clients/runtime/jobs.ts';
import type { LogEvent } from '../../../../src/clients/runtime/log.ts';
import type { MethodContext } from '../../../../src/clients/runtime/method-handlers.ts';
import { RpcRefusal } from '../../../../src/clients/runtime/rpc-refusal.ts';
import { CodedError } from '../../../../src/protocol/coded-error.ts';
import { countLimits } from '../../../../src/protocol/limits.ts';
import { nativeErrorNumbers } from '../../../../src/protocol/native-messages.ts';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';

type Run = (context: MethodContext) => Promise<object>;

/** Jobs over a real store, with what they sent and logged. */
async function workshop() {
  const temporary = await createTemporaryFolder();
  onTestFinished(() => temporary.remove());
  const files = createClientFiles({ folder: createPrivateFolder(temporary.path) });
  const sent: ClientMessage[] = [];
  const logged: LogEvent[] = [];
  let wake: () => void = () => undefined;
  const jobs = createJobs({
    files,
    log: { write: (event) => void logged.push(event) },
    send(message) {
      sent.push(message);
      wake();
    },
    onEnd: () => undefined,
  });
  const start = (id: number, run: Run) =>
    jobs.start({
      id,
      method: 'work',
      params: {},
      handler: { params: v.object({}), run: (_: never, context) => run(context) },
    });
  /** The response to a request, as soon as it is there. */
  const response = async (id: number): Promise<ClientMessage> => {
    for (;;) {
      const found = sent.find((message) => 'id' in message && message.id === id);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return { files, jobs, sent, logged, start, response };
}

const forever: Run = () => new Promise(() => undefined);
const untilAborted: Run = ({ signal }) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped')));
  });
const failing = (reason: unknown): Run => {
  const rejected = Promise.reject(reason);
  rejected.catch(() => undefined);
  return () => rejected;
};
const coded = (code: string) => ({ error: { code: nativeErrorNumbers.coded, data: { code } } });

describe('an error of a method', () => {
  test.each([
    ['CodedError', new CodedError('QR_EXPIRED', 'zhang san'), coded('QR_EXPIRED')],
    ['ENOSPC', Object.assign(new Error('no space: /home/zhang san'), { code: 'ENOSPC' }), coded('DISK_FULL')],
    ['EDQUOT', Object.assign(new Error('quota: zhang san'), { code: 'EDQUOT' }), coded('DISK_FULL')],
    ['a refusal', new RpcRefusal('offset'), { error: { code: nativeErrorNumbers.offset } }],
    ['EACCES', Object.assign(new Error('zhang san'), { code: 'EACCES' }), { error: { code: -32_603 } }],
    ['a bug', new TypeError('zhang san is undefined'), { error: { code: -32_603 } }],
    ['no error at all', 'zhang san', { error: { code: -32_603 } }],
  ])('(%s) reaches the extension as a code, without its text', async (_, error, expected) => {
    const { start, response, logged } = await workshop();
    start(1, failing(error));
    expect(await response(1)).toMatchObject(expected);
    expect(JSON.stringify([await response(1), logged])).not.toContain('zhang');
  });

  it('that nobody foresaw leaves its system code in the log', async () => {
    const { start, response, logged } = await workshop();
    start(1, failing(Object.assign(new Error('x'), { code: 'EACCES' })));
    await response(1);
    expect(logged).toContainEqual(expect.objectContaining({ event: 'failed', systemCode: 'EACCES' }));
  });

  it('is one that the method throws at once, too', async () => {
    const { start, response } = await workshop();
    start(1, () => {
      throw new CodedError('FILE_UNKNOWN');
    });
    expect(await response(1)).toMatchObject(coded('FILE_UNKNOWN'));
  });
});

describe('a cancelled request', () => {
  it('answers REQUEST_ABORTED, whatever its method says then', async () => {
    const { start, jobs, response, sent } = await workshop();
    start(1, untilAborted);
    jobs.cancel(1);
    expect(await response(1)).toMatchObject(coded('REQUEST_ABORTED'));
    await jobs.stop();
    expect(sent).toHaveLength(1);
  });

  it('answers although its method ignores it, and keeps its place until that ends', async () => {
    const { start, jobs, response } = await workshop();
    for (let id = 0; id < countLimits.clientJobs; id += 1) start(id, forever);
    jobs.cancel(0);
    expect(await response(0)).toMatchObject(coded('REQUEST_ABORTED'));
    start(9, forever);
    expect(await response(9)).toMatchObject(coded('CLIENT_BUSY'));
    expect(jobs.isBusy()).toBe(true);
  });

  it('leaves the others alone', async () => {
    const { start, jobs, response } = await workshop();
    let finish: () => void = () => undefined;
    start(1, untilAborted);
    start(2, () => new Promise((resolve) => (finish = () => resolve({ fine: true }))));
    jobs.cancel(1);
    await response(1);
    finish();
    expect(await response(2)).toMatchObject({ result: { fine: true } });
  });

  it('is removed with everything that it made', async () => {
    const { start, jobs, files, response } = await workshop();
    let made = '';
    let resume: () => void = () => undefined;
    const ready = new Promise<void>((resolve) => {
      start(1, async ({ files: own, signal }) => {
        const output = await own.createOutput('a.pdf');
        await output.write(Buffer.from('sealed'));
        made = (await output.finish()).file;
        await own.createOutput('b.pdf');
        resolve();
        await new Promise<void>((go) => (resume = go));
        signal.throwIfAborted();
        return {};
      });
    });
    await ready;
    expect(files.describe(made)).toMatchObject({ size: 6 });
    jobs.cancel(1);
    await response(1);
    resume();
    await jobs.stop();
    expect(() => files.describe(made)).toThrow('FILE_UNKNOWN');
  });
});

it('at most four methods run at once; the fifth is told to come later', async () => {
  const { start, response, jobs } = await workshop();
  for (let id = 1; id <= countLimits.clientJobs + 1; id += 1) start(id, untilAborted);
  expect(await response(5)).toMatchObject(coded('CLIENT_BUSY'));
  await jobs.stop();
  start(6, () => Promise.resolve({}));
  expect(await response(6)).toMatchObject({ result: {} });
});

it('the last progress is sent before the response', async () => {
  const { start, response, sent } = await workshop();
  start(7, async ({ progress }) => {
    for (let done = 0; done <= 50; done += 1) progress(done, 50);
    return {};
  });
  await response(7);
  expect(sent).toEqual([
    { jsonrpc: '2.0', method: 'progress', params: { id: 7, done: 0, total: 50 } },
    { jsonrpc: '2.0', method: 'progress', params: { id: 7, done: 50, total: 50 } },
    { jsonrpc: '2.0', id: 7, result: {} },
  ]);
});

it('what a successful method finished stays, what it forgot goes', async () => {
  const { start, response, files } = await workshop();
  const made: string[] = [];
  start(1, async ({ files: own }) => {
    const kept = await own.createOutput('kept');
    await kept.write(Buffer.from('x'));
    made.push((await kept.finish()).file);
    await own.createOutput('forgotten');
    return {};
  });
  await response(1);
  expect(files.describe(made[0] ?? '')).toMatchObject({ name: 'kept', size: 1 });
});

it('a method that was cancelled makes no further outputs', async () => {
  const { start, response, jobs } = await workshop();
  let resume: () => void = () => undefined;
  let outcome: unknown;
  start(1, async ({ files: own }) => {
    await new Promise<void>((go) => (resume = go));
    outcome = await own.createOutput('late').catch((error: unknown) => error);
    return {};
  });
  jobs.cancel(1);
  await response(1);
  resume();
  await jobs.stop();
  expect(outcome).toMatchObject({ code: 'REQUEST_ABORTED' });
});
