/** Bytes that can be read anywhere, without being held: a file of any size, or a few bytes in memory. */
export interface ByteSource {
  /** Bytes in all; does not change. */
  readonly size: number;
  /**
   * `length` bytes from `offset`; fewer only where the source ends. A view that the caller must not write to.
   * Rejects when the bytes cannot be read, or are no longer those that the source was opened over.
   */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A source over bytes in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}

/** The sources, one after the other, as one. */
export function joinSources(...sources: readonly ByteSource[]): ByteSource {
  return {
    size: sources.reduce((size, source) => size + source.size, 0),
    async read(offset, length) {
      const parts: Uint8Array[] = [];
      let start = 0;
      for (const source of sources) {
        const from = Math.max(offset, start);
        const to = Math.min(offset + length, start + source.size);
        if (from < to) parts.push(await source.read(from - start, to - from));
        start += source.size;
      }
      const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
      let filled = 0;
      for (const part of parts) {
        whole.set(part, filled);
        filled += part.length;
      }
      return whole;
    },
  };
}

/** The bytes from `offset` on, `length` of them, as a source of their own. */
export function sliceSource(source: ByteSource, offset: number, length: number): ByteSource {
  return {
    size: length,
    read: (from, count) => source.read(offset + from, Math.max(0, Math.min(count, length - from))),
  };
}
