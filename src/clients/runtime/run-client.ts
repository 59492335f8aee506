import { tmpdir } from 'node:os';
import process from 'node:process';
import type { ClientKind } from '../../protocol/native-messages.ts';
import { clientVersion } from './client-version.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { failedEvent } from './failed-event.ts';
import { createClientFiles } from './files/client-files.ts';
import { createPrivateFolder, sweepLeftovers } from './files/private-folder.ts';
import { logFolder } from './log-folder.ts';
import { openLog, type Log } from './log.ts';
import type { MethodHandlers } from './method-handlers.ts';
import { serveClient } from './serve-client.ts';
import { createWorkspace } from './workspace.ts';

/** Why the program ended, for the browser's log or the terminal that it was started from. */
const explanations: Readonly<Partial<Record<ExitCode, string>>> = {
  [exitCodes.internal]: 'an error that nobody foresaw',
  [exitCodes.callerRefused]: 'started by the CA Bridge extension in the browser, and by nobody else',
  [exitCodes.framingLost]: 'the browser sent something that is no native message',
  [exitCodes.noHello]: 'the extension did not say hello in time',
};

export interface ClientTraits {
  /** A later process may take over what this one leaves when it is killed. */
  readonly resumable?: boolean;
}

/** The whole life of a client's process: serves the browser that started it, then exits and leaves no file. */
export async function runClient(
  kind: ClientKind,
  handlers: MethodHandlers,
  { resumable = false }: ClientTraits = {},
): Promise<never> {
  const log = openLog({ folder: logFolder(), kind });
  const leave = (exitCode: ExitCode): never => {
    log.write({ event: 'ended', exitCode });
    const explanation = explanations[exitCode];
    if (explanation !== undefined) process.stderr.write(`CA Bridge ${kind} client: ${explanation}\n`);
    process.exit(exitCode);
  };
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  process.on('uncaughtException', (error) => {
    log.write(failedEvent(error));
    leave(exitCodes.internal);
  });
  // Nobody may be listening any more.
  process.stderr.on('error', () => undefined);

  log.write({ event: 'started', pid: process.pid });
  const folder = createPrivateFolder(tmpdir());
  const files = createClientFiles({ folder, resumable });
  const workspace = createWorkspace(folder, files, log);
  const code = await serveClient(
    {
      identity: { kind, version: clientVersion },
      handlers,
      files,
      log,
      ...(resumable && { workspace }),
      // Not before: what dead processes left may be what this one is told to take over.
      onGreeted: () => void sweep(log),
    },
    { args: process.argv.slice(2), stdin: process.stdin, stdout: process.stdout, signal: stop.signal },
  );
  // The private folder goes when the process exits, whatever still works in it.
  return leave(code);
}

async function sweep(log: Log): Promise<void> {
  const folders = await sweepLeftovers(tmpdir());
  if (folders > 0) log.write({ event: 'swept', folders });
}
