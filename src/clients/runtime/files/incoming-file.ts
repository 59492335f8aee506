import { CodedError } from '../../../protocol/coded-error.ts';
import { countLimits } from '../../../protocol/limits.ts';
import { RpcRefusal } from '../rpc-refusal.ts';
import type { GrowingFile } from './growing-file.ts';

/** A file that the extension sends: as chunks, or as one body of the lane. */
export interface IncomingFile {
  /** Bytes announced. */
  readonly announced: number;
  /**
   * The next bytes. Resolves with the number of bytes received, these included, once they are written.
   * @throws RpcRefusal `credit` or `offset` for a chunk that must not come now; it had no effect.
   */
  writeChunk(offset: number, bytes: Uint8Array): Promise<number>;
  /** Takes the whole file from a lane. When the body breaks off, the file is empty again and chunks may be tried. */
  receive(body: AsyncIterable<Uint8Array>): Promise<void>;
  /** SM3 of the whole. @throws CodedError `FILE_INCOMPLETE` while bytes are missing; they may still be sent. */
  finish(): Promise<string>;
}

/** Pieces of a lane's body (64 KiB each) that may be on their way to the disk while the next ones come in. */
const writesInFlight = 32;

/** `onChunks`: called at the first chunk, when the lane is not needed any more. */
export function createIncomingFile(
  growing: GrowingFile,
  announced: number,
  onChunks: () => void,
): IncomingFile {
  let way: 'open' | 'chunks' | 'lane' | 'finished' = 'open';
  let unanswered = 0;

  return {
    announced,
    async writeChunk(offset, bytes) {
      if (unanswered >= countLimits.fileCredit) throw new RpcRefusal('credit');
      const isNext = (way === 'open' || way === 'chunks') && offset === growing.size;
      if (!isNext || offset + bytes.length > announced) throw new RpcRefusal('offset');
      if (way === 'open') onChunks();
      way = 'chunks';
      unanswered += 1;
      try {
        await growing.append(bytes);
      } finally {
        unanswered -= 1;
      }
      return offset + bytes.length;
    },
    async receive(body) {
      if (way !== 'open') throw new RpcRefusal('offset');
      way = 'lane';
      const inFlight: Promise<void>[] = [];
      try {
        for await (const bytes of body) {
          if (growing.size + bytes.length > announced) throw new CodedError('FILE_TOO_LARGE');
          const written = growing.append(bytes);
          // What fails is told by the next one that is waited for.
          written.catch(() => undefined);
          inFlight.push(written);
          if (inFlight.length >= writesInFlight) await inFlight.shift();
        }
        await Promise.all(inFlight);
        if (growing.size !== announced) throw new CodedError('FILE_INCOMPLETE');
        way = 'chunks';
      } catch (error) {
        await growing.restart();
        way = 'open';
        throw error;
      }
    },
    async finish() {
      if (way === 'lane' || growing.size !== announced) throw new CodedError('FILE_INCOMPLETE');
      way = 'finished';
      return growing.seal();
    },
  };
}
