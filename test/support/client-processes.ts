import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LogEvent } from '../../src/clients/runtime/log.ts';
import type { ClientKind } from '../../src/protocol/native-messages.ts';
import { clientFileName } from '../../src/clients/installer/launcher-script.ts';
import type { LaunchedBrowser } from './browser.ts';
import { processesOfSession } from './browser-processes.ts';

/** Milliseconds that a client has to go, with all that it holds. */
const patience = 5_000;

type Browser = Pick<LaunchedBrowser, 'processId' | 'profileFolder'>;

/** Ids of the signature clients that this browser runs now. Linux only. */
export const signatureClients = (browser: Browser): number[] => clientProcesses(browser, 'signature');

/** Ids of the clients of a kind that this browser runs now. Linux only. */
export function clientProcesses({ processId }: Browser, kind: ClientKind): number[] {
  return processesOfSession(processId).filter((pid) => commandOf(pid).includes(clientFileName(kind)));
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It has gone meanwhile.
    return '';
  }
}

/** What the browser's clients of a kind have logged so far, oldest first. */
export async function clientLog(
  { profileFolder }: Browser,
  kind: ClientKind = 'signature',
): Promise<readonly LogEvent[]> {
  const path = join(profileFolder, 'state', 'ca-bridge', `${kind}-client.log`);
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as LogEvent);
}

/** Processes of the browser's clients and their private folders that are there five seconds later still. */
export async function clientRemains(
  browser: Browser,
  kind: ClientKind = 'signature',
): Promise<readonly (number | string)[]> {
  for (const end = Date.now() + patience; ; await pause(50)) {
    const remains = [...clientProcesses(browser, kind), ...(await clientFolders(browser, kind))];
    if (remains.length === 0 || Date.now() > end) return remains;
  }
}

/** In the system's temporary folder, of clients living or dead. */
async function clientFolders(browser: Browser, kind: ClientKind): Promise<string[]> {
  const events = await clientLog(browser, kind);
  const pids = events.flatMap((event) => (event.event === 'started' ? [event.pid] : []));
  return readdirSync(tmpdir()).filter((name) =>
    pids.some((pid) => name.startsWith(`ca-bridge-client-${pid}-`)),
  );
}
