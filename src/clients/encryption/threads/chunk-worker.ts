import { bidGeometry, type BidPart } from '../../../bid/bid-geometry.ts';
import { bidLimits } from '../../../bid/bid-limits.ts';
import { chunkMacPrefix } from '../../../bid/chunk-mac.ts';
import { splitContentKey } from '../../../bid/content-key.ts';
import { createChunkCipher } from '../../../kernel/chunk-cipher.ts';
import { equalBytes } from '../../../lib/bytes.ts';
import { stepChunks, type ChunkTask, type ChunkThreadData } from './chunk-messages.ts';
import { readWhole, writeWhole } from './whole-io.ts';

export interface ChunkWorker {
  /**
   * Does one step.
   * @returns number of the first chunk whose mac is another, where there is one; nothing was written then
   * @throws ShortFileError, the file system's error
   */
  run(task: ChunkTask): number | undefined;
  /** Overwrites keys and chunks. */
  wipe(): void;
}

/** A chunk in the cipher's memory, where a step's ciphertexts and macs lie as they lie in the file. */
interface Placed extends BidPart {
  /** Offset in the memory. */
  readonly at: number;
}

/** Works on chunks in the calling thread. */
export function createChunkWorker(data: ChunkThreadData): ChunkWorker {
  const { kernel, contentKey, header, encrypted, plain, slots } = data;
  const { chunkSize, nonce, digest } = header;
  const geometry = bidGeometry(header);
  const most = stepChunks(chunkSize);
  const cipher = createChunkCipher(kernel, most * (chunkSize + bidLimits.mac));
  const { encryptionKey, macKey } = splitContentKey(contentKey);
  cipher.setKeys(encryptionKey, macKey);

  const place = ({ first, count }: ChunkTask): readonly Placed[] => {
    const start = geometry.chunk(first).offset;
    return Array.from({ length: count }, (_, index) => {
      const part = geometry.chunk(first + index);
      return { ...part, at: part.offset - start };
    });
  };
  const textOf = ({ at, length }: Placed) => cipher.memory.subarray(at, at + length);
  const macOf = ({ at, length }: Placed) => cipher.memory.subarray(at + length, at + length + bidLimits.mac);
  const wholeOf = (parts: readonly Placed[]) =>
    cipher.memory.subarray(
      0,
      parts.reduce((sum, { length }) => sum + length + bidLimits.mac, 0),
    );
  const computeMacs = (parts: readonly Placed[]) =>
    cipher.macs(
      parts.map((part) => ({ prefix: chunkMacPrefix(digest, part), offset: part.at, length: part.length })),
    );
  const crypt = (parts: readonly Placed[]) => {
    for (const { at, length, firstBlock } of parts) cipher.crypt(at, length, nonce, firstBlock);
  };

  const encrypt = (task: ChunkTask) => {
    const parts = place(task);
    for (const part of parts) readWhole(given(plain), textOf(part), part.index * chunkSize);
    crypt(parts);
    const macs = computeMacs(parts);
    for (const [index, part] of parts.entries()) macOf(part).set(given(macs[index]));
    writeWhole(encrypted, wholeOf(parts), geometry.chunk(task.first).offset);
  };
  /** Ciphertexts to memory; number of the first that is damaged. */
  const read = (task: ChunkTask, parts: readonly Placed[]): number | undefined => {
    readWhole(encrypted, wholeOf(parts), geometry.chunk(task.first).offset);
    const macs = computeMacs(parts);
    return parts.find((part, index) => !equalBytes(macOf(part), given(macs[index])))?.index;
  };
  const deliver = ({ first, slot }: ChunkTask, part: Placed) => {
    if (plain !== undefined) writeWhole(plain, textOf(part), part.index * chunkSize);
    if (slot !== undefined) given(slots).set(textOf(part), (slot * most + part.index - first) * chunkSize);
  };
  return {
    run(task) {
      if (task.kind === 'encrypt') {
        encrypt(task);
        return undefined;
      }
      const parts = place(task);
      const damaged = read(task, parts);
      if (damaged !== undefined || task.kind === 'check') return damaged;
      crypt(parts);
      for (const part of parts) deliver(task, part);
      return undefined;
    },
    wipe: () => cipher.wipe(),
  };
}

function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new TypeError('the job lacks something that its task needs');
  return value;
}
