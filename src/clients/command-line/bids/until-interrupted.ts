import { constants } from 'node:os';
import process from 'node:process';

const interruptions = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `work`, whose signal aborts when the user or the system wants the process to end. A second time ends it at once.
 * @returns the exit code that `work` gives; 128 and the number of the signal that kept it from success
 */
export async function untilInterrupted(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController();
  let exit: number | undefined;
  const interrupt = (name: (typeof interruptions)[number]) => {
    if (exit !== undefined) process.exit(exit);
    exit = 128 + constants.signals[name];
    controller.abort();
  };
  for (const name of interruptions) process.on(name, interrupt);
  try {
    const code = await work(controller.signal);
    return code === 0 ? code : (exit ?? code);
  } finally {
    for (const name of interruptions) process.removeListener(name, interrupt);
  }
}
