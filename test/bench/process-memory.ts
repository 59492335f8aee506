import { readFile } from 'node:fs/promises';

/**
 * Resident memory of a process in MiB, now (`VmRSS`) or the most it ever had (`VmHWM`); nothing where the system does
 * not tell it (Linux does) or the process is gone.
 */
export async function residentMebibytes(
  pid: number | 'self',
  which: 'VmRSS' | 'VmHWM',
): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kibibytes = new RegExp(`^${which}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1_024;
}
