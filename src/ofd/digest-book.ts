import type { AbortSignalLike } from '../lib/abort-signal-like.ts';
import { OfdError } from './ofd-error.ts';
import type { ZipPackage } from './zip-package.ts';

/** A hash that takes its message in parts. */
export interface Hash {
  update(part: Uint8Array): unknown;
  digest(): Uint8Array;
}

export type HashFactory = () => Hash;

/** Gives the digest of a file of the package, or undefined where it is damaged; each is made once. */
export type DigestBook = (name: string) => Promise<Uint8Array | undefined>;

export function createDigestBook(
  zip: ZipPackage,
  reading: {
    readonly createHash: HashFactory;
    readonly signal?: AbortSignalLike;
    readonly onProgress?: (done: number, total: number) => void;
  },
): DigestBook {
  const known = new Map<string, Uint8Array | undefined>();
  const total = [...zip.files].reduce((sum, name) => sum + zip.sizeOf(name), 0);
  let done = 0;

  async function digest(name: string): Promise<Uint8Array | undefined> {
    const hash = reading.createHash();
    try {
      await zip.stream(name, (piece) => {
        hash.update(piece);
        done += piece.length;
      });
    } catch (error) {
      if (error instanceof OfdError) return undefined;
      throw error;
    }
    reading.onProgress?.(Math.min(done, total), total);
    return hash.digest();
  }

  return async (name) => {
    if (!known.has(name)) known.set(name, await digest(name));
    return known.get(name);
  };
}
