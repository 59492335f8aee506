import { statfs } from 'node:fs/promises';
import { CodedError } from '../../../protocol/coded-error.ts';

/** How much a store may hold. */
export interface Room {
  /** Counts `bytes` more. @throws CodedError `FILE_TOO_LARGE` */
  takeBytes(bytes: number): void;
  /** Counts one file more, of `bytes` bytes. @throws CodedError `CLIENT_BUSY`, `FILE_TOO_LARGE` */
  takeFile(bytes: number): void;
  /** A file of `bytes` bytes is gone. */
  giveFile(bytes: number): void;
}

export function createRoom(maximum: { readonly bytes: number; readonly files: number }): Room {
  let bytesTaken = 0;
  let filesTaken = 0;
  const takeBytes = (bytes: number) => {
    if (bytes > maximum.bytes - bytesTaken) throw new CodedError('FILE_TOO_LARGE');
    bytesTaken += bytes;
  };
  return {
    takeBytes,
    takeFile(bytes) {
      if (filesTaken >= maximum.files) throw new CodedError('CLIENT_BUSY');
      takeBytes(bytes);
      filesTaken += 1;
    },
    giveFile(bytes) {
      bytesTaken -= bytes;
      filesTaken -= 1;
    },
  };
}

/** @throws CodedError `DISK_FULL` where the disk of `folder` has no room for `bytes` more now */
export async function expectFreeDisk(folder: string, bytes: number): Promise<void> {
  if (bytes === 0) return;
  const { bavail, bsize } = await statfs(folder);
  if (bytes > bavail * bsize) throw new CodedError('DISK_FULL');
}
