/** HMAC-SM3 of this is wanted: a first block given apart, then a range of the cipher's memory. */
export interface MacItem {
  /** 64 bytes. */
  readonly prefix: Uint8Array;
  readonly offset: number;
  /** Bytes; any number. */
  readonly length: number;
}

/**
 * SM4-CTR and HMAC-SM3 over chunks that lie in a memory of its own, so that nothing is copied between reading,
 * encrypting, authenticating and writing. Everything is synchronous: a thread has a cipher to itself.
 */
export interface ChunkCipher {
  /** Where chunks are worked on; the same array for the life of the cipher. */
  readonly memory: Uint8Array;

  /**
   * Replaces both keys; neither array is kept.
   * @param encryptionKey SM4, 16 bytes
   * @param macKey HMAC-SM3, 32 bytes
   * @throws RangeError for other lengths
   */
  setKeys(encryptionKey: Uint8Array, macKey: Uint8Array): void;

  /**
   * Encrypts or decrypts `memory[offset, offset + length)` in place by SM4-CTR (GB/T 17964-2021).
   * @param nonce 8 bytes, the first half of the counter block
   * @param firstBlock number of the block that begins at `offset`, the second half (64 bits, big-endian)
   * @throws RangeError outside the memory, for another nonce, or when a block's number would be below 0 or from 2^64 on
   * @throws Error before `setKeys` and after `wipe`
   */
  crypt(offset: number, length: number, nonce: Uint8Array, firstBlock: bigint | number): void;

  /**
   * HMAC-SM3 (RFC 2104, GB/T 32905-2016) of each item, 32 bytes, in their order. Up to four items of the same length
   * take the time of one.
   * @throws RangeError outside the memory or for another prefix
   * @throws Error before `setKeys` and after `wipe`
   */
  macs(items: readonly MacItem[]): Uint8Array[];

  /** Overwrites keys, what was derived from them, and the memory. */
  wipe(): void;
}

/** @throws RangeError */
export function checkKeys(encryptionKey: Uint8Array, macKey: Uint8Array): void {
  if (encryptionKey.length !== 16 || macKey.length !== 32) throw new RangeError('keys are 16 and 32 bytes');
}

/** @throws RangeError unless the range lies within `size` bytes. */
export function checkRange(size: number, offset: number, length: number): void {
  const whole = Number.isSafeInteger(offset) && Number.isSafeInteger(length);
  if (!whole || offset < 0 || length < 0 || offset + length > size)
    throw new RangeError('outside the memory');
}

/**
 * The number of the first block.
 * @throws RangeError when the nonce is not 8 bytes or a number of the `length` bytes' blocks not 64 bits
 */
export function checkCounter(nonce: Uint8Array, firstBlock: bigint | number, length: number): bigint {
  const first = BigInt(firstBlock);
  const end = first + BigInt(Math.ceil(length / 16));
  if (nonce.length !== 8 || first < 0n || end > 1n << 64n) throw new RangeError('no counter block');
  return first;
}

/** @throws RangeError */
export function checkMacItem(size: number, item: MacItem): void {
  if (item.prefix.length !== 64) throw new RangeError('a prefix is 64 bytes');
  checkRange(size, item.offset, item.length);
}

/** @throws Error */
export function checkKeyed(isKeyed: boolean): void {
  if (!isKeyed) throw new Error('the cipher has no keys');
}
