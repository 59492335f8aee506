import process from 'node:process';
import type { ClientKind } from '../../protocol/native-messages.ts';
import { clientVersion } from './client-version.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { serveClient } from './serve-client.ts';

/** Why the program ended, for the browser's log or the terminal that it was started from. */
const explanations: Readonly<Partial<Record<ExitCode, string>>> = {
  [exitCodes.callerRefused]: 'started by the CA Bridge extension in the browser, and by nobody else',
  [exitCodes.framingLost]: 'the browser sent something that is no native message',
  [exitCodes.noHello]: 'the extension did not say hello in time',
};

/** The whole life of a client's process: serves the browser that started it, then exits. */
export async function runClient(kind: ClientKind): Promise<never> {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  process.on('uncaughtException', (error) => leave(kind, exitCodes.internal, error.stack));
  // Nobody may be listening any more.
  process.stderr.on('error', () => undefined);

  const code = await serveClient(
    { kind, version: clientVersion, capabilities: [] },
    { args: process.argv.slice(2), stdin: process.stdin, stdout: process.stdout, signal: stop.signal },
  );
  return leave(kind, code, explanations[code]);
}

function leave(kind: ClientKind, code: ExitCode, explanation: string | undefined): never {
  if (explanation !== undefined) process.stderr.write(`CA Bridge ${kind} client: ${explanation}\n`);
  process.exit(code);
}
