/** The part of WebAssembly's JavaScript interface that this layer uses; Node's types leave it to the browser's. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module';
  }
  interface Instance {
    readonly exports: object;
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
    /** Adds pages of 64 KiB; earlier values of `buffer` lose their content. */
    grow(pages: number): number;
  }
  interface Global<Value> {
    readonly value: Value;
  }
  const Module: new (bytes: Uint8Array) => Module;
  const Instance: new (module: Module) => Instance;
  function validate(bytes: Uint8Array): boolean;
}
