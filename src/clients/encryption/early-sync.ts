/** Brings a file to the disk while it is written, so that little is left to wait for at its end. */
export interface EarlySync {
  /** `bytes` bytes from the beginning are written. */
  reach(bytes: number): void;
  /** Resolves when what was begun is over. @throws the first failure */
  done(): Promise<void>;
}

/** Bytes that are brought to the disk at a time. */
const stretch = 64 * 1_048_576;

/** @param sync brings to the disk what is written by then */
export function createEarlySync(sync: () => Promise<void>): EarlySync {
  let begun = 0;
  let syncs = Promise.resolve();
  return {
    reach(bytes) {
      if (bytes < begun + stretch) return;
      begun = bytes;
      syncs = syncs.then(sync);
      // Told by `done`: a system tells of a failed write once.
      syncs.catch(() => undefined);
    },
    done: () => syncs,
  };
}
