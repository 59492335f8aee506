import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** A browser and what it started have this long (milliseconds) to go after its close; then they are killed. */
const patience = 5_000;

/**
 * Waits until every process of the session is gone, and kills what stays. Linux only; elsewhere the browser's own
 * end has to do.
 * @throws Error when a process survives even that.
 */
export async function endSession(sessionId: number): Promise<void> {
  if (await isEmptyWithin(patience, sessionId)) return;
  for (const pid of processesOfSession(sessionId)) kill(pid);
  if (!(await isEmptyWithin(patience, sessionId))) {
    throw new Error(`processes ${processesOfSession(sessionId).join(', ')} do not end`);
  }
}

async function isEmptyWithin(milliseconds: number, sessionId: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (processesOfSession(sessionId).length > 0) {
    if (Date.now() > deadline) return false;
    await pause(20);
  }
  return true;
}

/**
 * Ids of the living processes of a session: Playwright starts the browser as the leader of one (session id =
 * process id), and native clients stay in it although they have process groups of their own.
 */
export function processesOfSession(sessionId: number): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => sessionOf(pid) === sessionId);
}

/** proc(5): after the command's name in brackets come state, parent, group, session. */
function sessionOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, , , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : Number(session);
  } catch {
    return undefined;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went by itself meanwhile.
  }
}
