import type { ByteSource } from '../lib/byte-source.ts';
import type { Certificate } from '../gm/certificate.ts';
import type { CreateSm3 } from '../gm/sm3.ts';

export interface VerificationOptions {
  /** What a detached message is over. */
  readonly content?: ByteSource;
  /** The authorities that are trusted, for signers and for makers of seals. Without any, nobody can be told. */
  readonly anchors: readonly Certificate[];
  /** DER of certificates that may lie between; those that cannot be read are passed over. */
  readonly intermediates?: readonly Uint8Array[];
  /** DER of revocation lists; those that cannot be read are passed over. */
  readonly crls?: readonly Uint8Array[];
  /**
   * Fetches a revocation list, DER; undefined when it cannot be had. Asked only for addresses in certificates that a
   * trusted authority issued, each once, and only a few.
   */
  readonly fetchCrl?: (url: string, signal: AbortSignal | undefined) => Promise<Uint8Array | undefined>;
  readonly now: Date;
  /** Makes an SM3 hash. */
  readonly createHash: CreateSm3;
  readonly signal?: AbortSignal;
  /** Bytes hashed so far, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}
