import { base64 } from './assembly/kernel.ts?assembly';
import { kernelOf, type KernelModule } from './kernel-module.ts';

/** The kernel for this machine, or `undefined` when its processor or Node has no WebAssembly SIMD. */
export function compileKernel(): KernelModule | undefined {
  return kernelOf(Buffer.from(base64, 'base64'));
}
