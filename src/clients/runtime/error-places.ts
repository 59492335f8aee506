import { basename } from 'node:path';
import process from 'node:process';

/**
 * Where in our program an error arose: `line:column` of the innermost frames of its stack that lie in the running
 * script. The text of the error, and paths, which may name people, are left out.
 */
export function errorPlaces(error: unknown, script = basename(process.argv[1] ?? '')): string[] {
  if (!(error instanceof Error) || error.stack === undefined || script === '') return [];
  return error.stack
    .split('\n')
    .map((line) => /([^/\\(\s]+):(\d{1,6}):(\d{1,5})\)?$/.exec(line))
    .filter((match) => match?.[1] === script)
    .map((match) => `${match?.[2]}:${match?.[3]}`)
    .slice(0, 8);
}
