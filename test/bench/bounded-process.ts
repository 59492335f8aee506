import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { residentMebibytes } from './process-memory.ts';

/** How a program ended: with what it printed, or why without. */
export type BoundedEnd = { readonly output: string } | { readonly failure: string };

const lookEvery = 50;

/**
 * Runs a Node program that is killed once it holds more than `mebibytes` of memory (where the system tells), for the
 * sake of everything else on the machine.
 */
export async function runBounded(args: readonly string[], mebibytes: number): Promise<BoundedEnd> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let isTooLarge = false;
  const watch = setInterval(() => {
    if (child.pid === undefined) return;
    void residentMebibytes(child.pid, 'VmRSS').then((resident) => {
      if (resident === undefined || resident <= mebibytes) return;
      isTooLarge = true;
      child.kill('SIGKILL');
    });
  }, lookEvery);
  const closed = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  try {
    const [code, output, complaint] = await Promise.all([closed, text(child.stdout), text(child.stderr)]);
    if (code === 0) return { output };
    if (isTooLarge) return { failure: `killed above ${mebibytes} MiB` };
    const reason = /^(?:\w*Error|FATAL ERROR): .*$/m.exec(complaint)?.[0];
    return { failure: reason ?? `ended with ${code ?? 'a signal'}` };
  } finally {
    clearInterval(watch);
  }
}
