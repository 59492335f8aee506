import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { CodedError } from '../../protocol/coded-error.ts';
import { extensionIds } from '../../protocol/extension-ids.ts';
import { timeLimits } from '../../protocol/limits.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { createFrameDecoder, encodeFrame } from './native-frames.ts';
import { createRpcServer, type ClientIdentity } from './rpc-server.ts';

/** The extension gives up on `hello` after `timeLimits.clientHello`; a slow start is on top of that. */
const helloWatchdog = 2 * timeLimits.clientHello;

export interface ClientEnvironment {
  /** Command line without interpreter and script; the browser puts the caller's origin first. */
  readonly args: readonly string[];
  readonly stdin: Readable;
  /** Gets frames and nothing else. */
  readonly stdout: Writable;
  /** Aborts when the system asks the process to end. */
  readonly signal: AbortSignal;
}

/** After the end of input, answers still on their way get this long (milliseconds) to be taken. */
const lastWords = 1_000;

/**
 * Answers one browser until it lets go (end of input, closed output), breaks the framing, or keeps silent for
 * too long: ten seconds before `hello`, `timeLimits.clientIdle` after it. Resolves with the exit code once `stdin`
 * is closed; never rejects.
 */
export function serveClient(
  identity: ClientIdentity,
  { args, stdin, stdout, signal }: ClientEnvironment,
): Promise<ExitCode> {
  if (!isOurExtension(args[0])) return Promise.resolve(exitCodes.callerRefused);
  return new Promise((resolve) => {
    const server = createRpcServer(identity);
    let timer: NodeJS.Timeout | undefined;
    const finish = (code: ExitCode) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', letGo);
      stdin.destroy();
      resolve(code);
    };
    const finishAfter = (milliseconds: number, code: ExitCode) => {
      clearTimeout(timer);
      timer = setTimeout(finish, milliseconds, code);
    };
    const letGo = () => finish(exitCodes.done);

    signal.addEventListener('abort', letGo);
    stdout.on('error', letGo);
    finishAfter(helloWatchdog, exitCodes.noHello);
    const serve = async () => {
      const code = await converse(stdin, stdout, (body) => {
        const answer = server.answer(body);
        if (server.isGreeted()) finishAfter(timeLimits.clientIdle, exitCodes.done);
        return answer;
      });
      finishAfter(lastWords, code);
      await flushed(stdout);
      return code;
    };
    serve().then(finish, () => finish(exitCodes.internal));
    if (signal.aborted) letGo();
  });
}

/** The browser passes `chrome-extension://<id>/`; whoever starts the program otherwise gets no answer. */
function isOurExtension(origin: string | undefined): boolean {
  return extensionIds.some((id) => origin === `chrome-extension://${id}/`);
}

/** Answers message by message until the input ends; reads no further than its answers are taken. */
async function converse(
  stdin: Readable,
  stdout: Writable,
  answer: (body: Uint8Array) => object,
): Promise<ExitCode> {
  const decoder = createFrameDecoder((body) => stdout.write(encodeFrame(answer(body))));
  try {
    for await (const chunk of stdin) {
      decoder.push(chunk);
      if (stdout.writableNeedDrain) await once(stdout, 'drain');
    }
  } catch (error) {
    if (error instanceof CodedError && error.code === 'CLIENT_PROTOCOL') return exitCodes.framingLost;
    throw error;
  }
  return decoder.isMidMessage() ? exitCodes.framingLost : exitCodes.done;
}

/** Resolves when everything written so far has been taken, or never will be. */
function flushed(stdout: Writable): Promise<void> {
  return new Promise((resolve) => {
    stdout.write('', () => resolve());
  });
}
