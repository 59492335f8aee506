import type { Readable, Writable } from 'node:stream';
import { CodedError } from '../../protocol/coded-error.ts';
import { extensionIds } from '../../protocol/extension-ids.ts';
import { timeLimits } from '../../protocol/limits.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { ClientFiles } from './files/client-files.ts';
import { createFileMethods } from './files/file-methods.ts';
import { createJobs, type ClientMessage } from './jobs.ts';
import { createLane } from './lane/lane.ts';
import type { Log } from './log.ts';
import type { MethodHandlers } from './method-handlers.ts';
import { createFrameDecoder, encodeFrame } from './native-frames.ts';
import { createRpcServer, type ClientIdentity, type Workspace } from './rpc-server.ts';

/** The extension gives up on `hello` after `timeLimits.clientHello`; a slow start is on top of that. */
const helloWatchdog = 2 * timeLimits.clientHello;

export interface ServedClient {
  readonly identity: ClientIdentity;
  /** The client's own methods. */
  readonly handlers: MethodHandlers;
  /** Empty; its owner closes it. */
  readonly files: ClientFiles;
  readonly log: Log;
  /** Where a later process may take over what this one leaves. */
  readonly workspace?: Workspace;
  /** Called once, when the extension has said hello and what is to be taken over of an earlier process is. */
  readonly onGreeted?: () => void;
}

export interface ClientEnvironment {
  /** Command line without interpreter and script; the browser puts the caller's origin first. */
  readonly args: readonly string[];
  readonly stdin: Readable;
  /** Gets frames and nothing else. */
  readonly stdout: Writable;
  /** Aborts when the system asks the process to end. */
  readonly signal: AbortSignal;
}

/** After the end of input, methods get this long (milliseconds) to end, and answers to be taken. */
const lastWords = 1_000;

/**
 * Answers one browser until it lets go (end of input, closed output), breaks the framing, or keeps silent for
 * too long: ten seconds before `hello`, `timeLimits.clientIdle` after it unless a method works or a transfer runs.
 * Resolves with the exit code once `stdin` is closed and methods are aborted; never rejects.
 */
export function serveClient(
  { identity, handlers, files, log, workspace, onGreeted }: ServedClient,
  { args, stdin, stdout, signal }: ClientEnvironment,
): Promise<ExitCode> {
  const origin = originOfOurs(args[0]);
  if (origin === undefined) return Promise.resolve(exitCodes.callerRefused);
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    let ending = false;
    const finish = (code: ExitCode) => {
      ending = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', letGo);
      stdin.destroy();
      lane.close();
      void jobs.stop();
      resolve(code);
    };
    const finishAfter = (milliseconds: number, code: ExitCode) => {
      clearTimeout(timer);
      timer = setTimeout(finish, milliseconds, code);
    };
    const letGo = () => finish(exitCodes.done);
    /** Idle time begins anew, or does not run at all. */
    const onActivity = () => {
      if (ending || !server.isGreeted()) return;
      if (jobs.isBusy() || lane.isActive()) clearTimeout(timer);
      else finishAfter(timeLimits.clientIdle, exitCodes.done);
    };

    const send = (message: ClientMessage) => void stdout.write(encodeFrame(message));
    const jobs = createJobs({ files, log, send, onEnd: onActivity });
    const lane = createLane({ origin, log, onActivity });
    const runtime = createFileMethods(files, lane);
    const server = createRpcServer({
      identity,
      runtime,
      client: handlers,
      jobs,
      send,
      ...(workspace && { workspace }),
      onGreeted() {
        onGreeted?.();
        onActivity();
      },
    });

    signal.addEventListener('abort', letGo);
    stdout.on('error', letGo);
    finishAfter(helloWatchdog, exitCodes.noHello);
    const serve = async () => {
      const code = await converse(stdin, stdout, (body) => {
        server.receive(body);
        onActivity();
      });
      ending = true;
      finishAfter(lastWords, code);
      lane.close();
      await jobs.stop();
      await flushed(stdout);
      return code;
    };
    serve().then(finish, () => finish(exitCodes.internal));
    if (signal.aborted) letGo();
  });
}

/** The browser passes `chrome-extension://<id>/`; whoever starts the program otherwise gets no answer. */
function originOfOurs(caller: string | undefined): string | undefined {
  return extensionIds.map((id) => `chrome-extension://${id}`).find((origin) => caller === `${origin}/`);
}

/** Takes message by message until the input ends; reads no further than answers are taken. */
function converse(stdin: Readable, stdout: Writable, receive: (body: Uint8Array) => void): Promise<ExitCode> {
  const decoder = createFrameDecoder(receive);
  return new Promise((resolve, reject) => {
    const take = (chunk: Uint8Array): void => {
      try {
        decoder.push(chunk);
      } catch (error) {
        stdin.off('data', take);
        const isLost = error instanceof CodedError && error.code === 'CLIENT_PROTOCOL';
        return isLost ? resolve(exitCodes.framingLost) : reject(error);
      }
      if (!stdout.writableNeedDrain) return;
      stdin.pause();
      stdout.once('drain', () => stdin.resume());
    };
    // By events: an iterator over the stream would cost each small message several turns of its promises.
    stdin.on('data', take);
    stdin.once('error', reject);
    stdin.once('end', () => resolve(decoder.isMidMessage() ? exitCodes.framingLost : exitCodes.done));
  });
}

/** Resolves when everything written so far has been taken, or never will be. */
function flushed(stdout: Writable): Promise<void> {
  return new Promise((resolve) => {
    stdout.write('', () => resolve());
  });
}
