import { readSync, writeSync } from 'node:fs';

/** The file ends before what was to be read. */
export class ShortFileError extends Error {}

/** Fills `bytes` from `position`. @throws ShortFileError, the file system's error */
export function readWhole(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    const count = readSync(descriptor, bytes, done, bytes.length - done, position + done);
    if (count === 0) throw new ShortFileError();
    done += count;
  }
}

/** Writes all of `bytes` at `position`. @throws the file system's error */
export function writeWhole(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
  }
}
