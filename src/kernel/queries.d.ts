/**
 * What imports with the queries of the plugins in `build/` give. A file of another layer says
 * `/// <reference path="…/kernel/queries.d.ts" />`, or its project includes this one.
 */

declare module '*?assembly' {
  /** A WebAssembly module. */
  export const base64: string;
}

declare module '*?thread' {
  /** A CommonJS script for `new Worker(program, { eval: true })`. */
  export const program: string;
}
