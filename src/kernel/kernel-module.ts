/** The compiled kernel, a `WebAssembly.Module`: goes to threads as it is, which need not compile it again. */
export interface KernelModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}

/** The kernel of these bytes, or `undefined` when this processor or this Node has no WebAssembly SIMD. */
export function kernelOf(bytes: Uint8Array): KernelModule | undefined {
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined;
}
