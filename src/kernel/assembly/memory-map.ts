/**
 * Where things lie in the memory. The first page (64 KiB) is the kernel's own; chunks are worked on from the second on.
 * The module has no data segment: everything here is written at run time, and zeros leave nothing behind.
 */

/** 64-byte message authentication key (RFC 2104: padded with zeros), cleared once its states are derived. */
export const macKey: usize = 0;
/** Round keys rk_0 … rk_31, 32-bit words, cleared once they are spread. */
export const roundKeys: usize = 64;
/** First eight bytes of the counter block. */
export const nonce: usize = 192;
/** Of each of four messages, the first 64 bytes. */
export const prefixes: usize = 256;
/** Four HMAC values of 32 bytes. */
export const macs: usize = 512;
/** Chunks. */
export const region: usize = 65536;

/** Round keys as planes: 32 of 8 vectors. */
export const keyPlanes: usize = 1024;
/** X_r … X_{r+3} of 32 blocks as planes: four of 8 vectors. */
export const state: usize = 5120;
/** Key stream of 32 blocks. */
export const keystream: usize = 5632;

/** SM3 of four messages: the hash state, eight vectors, and W_0 … W_67, one each. */
export const hash: usize = 8192;
export const schedule: usize = 8448;
/** T_j ⋘ j for j = 0 … 63, 32-bit words. */
export const roundConstants: usize = 9600;
/** States after the key blocks of HMAC. */
export const innerStart: usize = 9984;
export const outerStart: usize = 10112;
/** Of each of four messages, the padded end: up to two blocks. */
export const tails: usize = 10240;
