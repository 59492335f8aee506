import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import { createChunkCipher, type ChunkCipher } from '../../../src/kernel/chunk-cipher.ts';
import { compileKernel } from '../../../src/kernel/compile-kernel.ts';

export const regionBytes = 4 * 262_144 + 1_000;
export const encryptionKey = new Uint8Array(randomBytes(16));
export const macKey = new Uint8Array(randomBytes(32));
export const nonce = new Uint8Array(randomBytes(8));

export const random = (length: number) => new Uint8Array(randomBytes(length));
export const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The compiled kernel; the tests are worth nothing on a machine that cannot run it. */
export function kernel() {
  const module = compileKernel();
  if (module === undefined) throw new Error('this machine has no WebAssembly SIMD');
  return module;
}

/** Both kinds, with the keys above, and a memory full of random bytes. */
export const kinds: readonly (readonly [string, () => ChunkCipher])[] = [
  ['the kernel', () => ready(createChunkCipher(kernel(), regionBytes))],
  ['the scalar path', () => ready(createChunkCipher(undefined, regionBytes))],
];

function ready(cipher: ChunkCipher): ChunkCipher {
  cipher.setKeys(encryptionKey, macKey);
  cipher.memory.set(randomBytes(cipher.memory.length));
  return cipher;
}

/** OpenSSL's SM4-CTR. */
export function opensslCtr(data: Uint8Array, firstBlock: bigint): string {
  const counter = Buffer.alloc(16);
  counter.set(nonce);
  counter.writeBigUInt64BE(firstBlock, 8);
  return createCipheriv('sm4-ctr', encryptionKey, counter).update(data).toString('hex');
}

/** OpenSSL's HMAC-SM3. */
export function opensslMac(...parts: readonly Uint8Array[]): string {
  return createHmac('sm3', macKey).update(Buffer.concat(parts)).digest('hex');
}
