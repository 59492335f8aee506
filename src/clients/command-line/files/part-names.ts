import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import process from 'node:process';

/**
 * `.<name>.ca-bridge-<process id>-<random>.part`: an output that is not whole. The first eight characters of the random
 * part tell the machine, by its host name: in a folder that machines share, a process id alone says nothing.
 */
const pattern = /^\..*\.ca-bridge-([1-9]\d{0,9})-([0-9a-f]{8})[\w-]{16}\.part$/s;

/** Bytes of UTF-8: with the rest, the name stays below the 255 that file systems take. */
const nameBytes = 120;

/** Where an output of this process lies until it is whole: a name beside its own, which nobody can guess. */
export function partNameFor(name: string): string {
  const random = randomBytes(12).toString('base64url');
  return `.${beginningOf(name)}.ca-bridge-${process.pid}-${machine()}${random}.part`;
}

/** Process id of the owner of a file of such a name, where it ran on this machine. */
export function ownerOfPart(name: string): number | undefined {
  const [, pid, tag] = pattern.exec(name) ?? [];
  return pid === undefined || tag !== machine() ? undefined : Number(pid);
}

function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

function beginningOf(name: string): string {
  let beginning = '';
  for (const character of name) {
    if (Buffer.byteLength(beginning + character) > nameBytes) break;
    beginning += character;
  }
  return beginning;
}
