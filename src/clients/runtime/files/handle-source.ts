import type { FileHandle } from 'node:fs/promises';
import type { ByteSource } from '../../../lib/byte-source.ts';
import { CodedError } from '../../../protocol/coded-error.ts';

/**
 * Random access to a complete file. Each read looks whether size and time of change are still those of now; a read
 * of a file that changed rejects with `FILE_CHANGED`, whatever it has read. Once `gone` is aborted, reads reject with
 * `FILE_UNKNOWN`.
 */
export async function createHandleSource(handle: FileHandle, gone: AbortSignal): Promise<ByteSource> {
  const { size: exactSize, mtimeNs } = await handle.stat({ bigint: true });
  const size = Number(exactSize);

  const read = async (offset: number, length: number) => {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
    for (let filled = 0; filled < bytes.length;) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, offset + filled);
      if (bytesRead === 0) throw new CodedError('FILE_CHANGED');
      filled += bytesRead;
    }
    const now = await handle.stat({ bigint: true });
    if (now.size !== exactSize || now.mtimeNs !== mtimeNs) throw new CodedError('FILE_CHANGED');
    return bytes;
  };
  return {
    size,
    async read(offset, length) {
      try {
        return await read(offset, length);
      } catch (error) {
        throw gone.aborted ? new CodedError('FILE_UNKNOWN') : error;
      }
    },
  };
}
