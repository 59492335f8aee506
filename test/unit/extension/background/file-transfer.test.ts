import { describe, expect, it } from 'vitest';
import { sendBlob } from '../../../../src/extension/background/native/file-transfer.ts';
import type { NativeClient } from '../../../../src/extension/background/native/native-client.ts';
import { fromBase64 } from '../../../../src/lib/bytes.ts';
import { CodedError } from '../../../../src/protocol/coded-error.ts';

const chunkBytes = 4;

/** A client without a lane, which notes the chunks in the order in which they come; it takes none where the disk is full. */
function chunkClient({ diskIsFull = false } = {}) {
  const written: (readonly [offset: number, bytes: number[]])[] = [];
  const call = async (method: string, params: { offset?: number; data?: string }): Promise<object> => {
    if (method === 'file.create') return { file: 'file', chunkBytes, credit: 3 };
    if (method === 'file.close') return { size: 10, sm3: 'sm3' };
    if (method !== 'file.write') return {};
    const { offset = 0, data = '' } = params;
    written.push([offset, [...fromBase64(data)]]);
    if (diskIsFull) throw new CodedError('DISK_FULL');
    return { received: 0 };
  };
  const client = { call, isOpen: () => true, close: () => undefined } as unknown as NativeClient;
  return { client, written };
}

/** A file whose earlier parts take longer to read than the later ones. */
function slowFirstBlob(size: number): Blob {
  const bytes = Uint8Array.from({ length: size }, (_, index) => index);
  const slice = (start: number, end: number) => ({
    arrayBuffer: () =>
      new Promise((resolve) => setTimeout(resolve, size - start, bytes.slice(start, end).buffer)),
  });
  return { size, slice } as unknown as Blob;
}

describe('a blob sent in chunks', () => {
  it('arrives in order, however its reads end', async () => {
    const { client, written } = chunkClient();
    expect(await sendBlob(client, 'name', slowFirstBlob(10))).toEqual({
      file: 'file',
      size: 10,
      sm3: 'sm3',
    });
    expect(written).toEqual([
      [0, [0, 1, 2, 3]],
      [4, [4, 5, 6, 7]],
      [8, [8, 9]],
    ]);
  });

  it('fails by the code of the first chunk that fails, and leaves no rejection behind', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      const { client, written } = chunkClient({ diskIsFull: true });
      const sending = sendBlob(client, 'name', slowFirstBlob(40));
      await expect(sending).rejects.toMatchObject({ code: 'DISK_FULL' });
      await expect.poll(() => written.length).toBe(3);
      await new Promise((resolve) => setTimeout(resolve, 0));
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });

  it.each([10, 0])(
    'of %i bytes that cannot be read any more is refused before the client hears of it',
    async (size) => {
      const { client, written } = chunkClient();
      const arrayBuffer = () => Promise.reject(new Error('gone'));
      const gone = { size, arrayBuffer, slice: () => ({ arrayBuffer }) } as unknown as Blob;
      await expect(sendBlob(client, 'name', gone)).rejects.toMatchObject({ code: 'DOCUMENT_GONE' });
      expect(written).toEqual([]);
    },
  );
});
