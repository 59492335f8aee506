import type { ChunkCipher } from './cipher-contract.ts';
import type { KernelModule } from './kernel-module.ts';
import { ScalarCipher } from './scalar-cipher.ts';
import { SimdCipher } from './simd-cipher.ts';

export type { ChunkCipher, MacItem } from './cipher-contract.ts';
export type { KernelModule } from './kernel-module.ts';

/**
 * A cipher with a memory of `regionBytes`. Both kinds give the same bytes.
 * @param module what `compileKernel` returned; without it SM4 is computed in JavaScript, many times as slowly
 */
export function createChunkCipher(module: KernelModule | undefined, regionBytes: number): ChunkCipher {
  return module === undefined ? new ScalarCipher(regionBytes) : new SimdCipher(module, regionBytes);
}
