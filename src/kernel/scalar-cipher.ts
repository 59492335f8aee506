import { createHmac } from 'node:crypto';
import { sm4CtrInPlace } from '../gm/sm4.ts';
import {
  checkCounter,
  checkKeyed,
  checkKeys,
  checkMacItem,
  checkRange,
  type ChunkCipher,
  type MacItem,
} from './cipher-contract.ts';

/** The same without WebAssembly SIMD: SM4 in JavaScript, free of tables as well, and HMAC-SM3 by OpenSSL. */
export class ScalarCipher implements ChunkCipher {
  readonly memory: Uint8Array;
  readonly #encryptionKey = new Uint8Array(16);
  readonly #macKey = new Uint8Array(32);
  #isKeyed = false;

  constructor(regionBytes: number) {
    this.memory = new Uint8Array(regionBytes);
  }

  setKeys(encryptionKey: Uint8Array, macKey: Uint8Array): void {
    checkKeys(encryptionKey, macKey);
    this.#encryptionKey.set(encryptionKey);
    this.#macKey.set(macKey);
    this.#isKeyed = true;
  }

  crypt(offset: number, length: number, nonce: Uint8Array, firstBlock: bigint | number): void {
    checkKeyed(this.#isKeyed);
    checkRange(this.memory.length, offset, length);
    const block = checkCounter(nonce, firstBlock, length);
    const counter = new Uint8Array(16);
    counter.set(nonce);
    new DataView(counter.buffer).setBigUint64(8, block, false);
    sm4CtrInPlace(this.#encryptionKey, counter, this.memory.subarray(offset, offset + length));
  }

  macs(items: readonly MacItem[]): Uint8Array[] {
    checkKeyed(this.#isKeyed);
    for (const item of items) checkMacItem(this.memory.length, item);
    return items.map(({ prefix, offset, length }) => {
      const hmac = createHmac('sm3', this.#macKey);
      return new Uint8Array(
        hmac
          .update(prefix)
          .update(this.memory.subarray(offset, offset + length))
          .digest(),
      );
    });
  }

  wipe(): void {
    this.#encryptionKey.fill(0);
    this.#macKey.fill(0);
    this.memory.fill(0);
    this.#isKeyed = false;
  }
}
