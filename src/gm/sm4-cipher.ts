import { substituteBytes } from './sm4-sbox.ts';

// GB/T 32907-2016 §7.3, system parameters FK.
const FK = [0xa3b1bac6, 0x56aa3350, 0x677d9197, 0xb27022dc] as const;

/** §7.3, fixed parameters: byte j of CK_i is (4i + j)·7 mod 256. */
const CK = Uint32Array.from({ length: 32 }, (_, i) =>
  [0, 1, 2, 3].reduce((bytes, j) => (bytes << 8) | (((4 * i + j) * 7) & 0xff), 0),
);

const rotl = (X: number, count: number): number => (X << count) | (X >>> (32 - count));

const word = (words: Int32Array, index: number): number => words[index] as number;

/** Bytes of a block (§5). */
export const blockBytes = 16;

/** Blocks that go through the rounds together. */
export const blocksAtOnce = 8;

/**
 * Key expansion (§7.3).
 * @param key 16 bytes
 * @returns rk_0 … rk_31, in the order of encryption; as secret as the key
 */
export function expandSm4Key(key: Uint8Array): Int32Array {
  const view = new DataView(key.buffer, key.byteOffset, blockBytes);
  const K = new Int32Array(36);
  for (const [i, parameter] of FK.entries()) K[i] = parameter ^ view.getInt32(4 * i, false);
  const planes = new Int32Array(8);
  for (const [i, parameter] of CK.entries()) {
    const B = substituteWord(word(K, i + 1) ^ word(K, i + 2) ^ word(K, i + 3) ^ parameter, planes);
    K[i + 4] = word(K, i) ^ B ^ rotl(B, 13) ^ rotl(B, 23);
  }
  const roundKeys = K.slice(4);
  K.fill(0);
  planes.fill(0);
  return roundKeys;
}

/** τ of §6.2 for one word. */
function substituteWord(A: number, planes: Int32Array): number {
  for (let i = 0; i < 8; i += 1) planes[i] = (A >>> i) & 0x01010101;
  substituteBytes(planes);
  return planes.reduce((sum, plane, i) => sum | ((plane & 0x01010101) << i), 0);
}

/**
 * The block cipher, bit-sliced: eight blocks make 32 words, and of the eight words X_i (one a block) word `p` of the
 * state holds bit `p` of their 32 bytes: bit 8b + k is that of byte b (0 the lowest) of block k. A rotation by whole
 * bytes is then a rotation of the planes, any other one takes further planes.
 */
export class Sm4Cipher {
  /** Round key r as eight planes, the same for all blocks. */
  readonly #roundKeys = new Int32Array(32 * 8);
  /** X_r … X_{r+3}, in a ring: eight planes each. */
  readonly #state = new Int32Array(4 * 8);
  readonly #planes = new Int32Array(8);

  /** @param key 16 bytes; not kept */
  constructor(key: Uint8Array, direction: 'encrypt' | 'decrypt') {
    const roundKeys = expandSm4Key(key);
    // §7.2: decryption takes the round keys in reverse.
    if (direction === 'decrypt') roundKeys.reverse();
    for (const [r, roundKey] of roundKeys.entries()) {
      for (let p = 0; p < 8; p += 1) {
        this.#roundKeys[8 * r + p] = Math.imul((roundKey >>> p) & 0x01010101, 0xff);
      }
    }
    roundKeys.fill(0);
  }

  /** Transforms whole blocks in place. @param blocks n·16 bytes */
  transform(blocks: Uint8Array): void {
    const view = new DataView(blocks.buffer, blocks.byteOffset, blocks.byteLength);
    for (let offset = 0; offset < blocks.length; offset += blocksAtOnce * blockBytes) {
      const count = Math.min(blocksAtOnce, (blocks.length - offset) / blockBytes);
      this.#load(view, offset, count);
      for (let r = 0; r < 32; r += 1) this.#round(r);
      this.#store(view, offset, count);
    }
  }

  /** Overwrites the key and what is left of the last blocks. */
  wipe(): void {
    this.#roundKeys.fill(0);
    this.#state.fill(0);
    this.#planes.fill(0);
  }

  /** §6.1: X_{r+4} = X_r ⊕ L(τ(X_{r+1} ⊕ X_{r+2} ⊕ X_{r+3} ⊕ rk_r)), in the place of X_r. */
  #round(r: number): void {
    const state = this.#state;
    const planes = this.#planes;
    const keys = this.#roundKeys;
    const X0 = (8 * r) & 31;
    const X1 = (X0 + 8) & 31;
    const X2 = (X0 + 16) & 31;
    const X3 = (X0 + 24) & 31;
    for (let p = 0; p < 8; p += 1) {
      planes[p] = word(state, X1 + p) ^ word(state, X2 + p) ^ word(state, X3 + p) ^ word(keys, 8 * r + p);
    }
    substituteBytes(planes);
    for (let p = 0; p < 8; p += 1) {
      // §6.2 b): L(B) = B ⊕ B⋘2 ⊕ B⋘10 ⊕ B⋘18 ⊕ B⋘24.
      const B = word(planes, p);
      const B2 = p < 2 ? rotl(word(planes, p + 6), 8) : word(planes, p - 2);
      state[X0 + p] = word(state, X0 + p) ^ B ^ B2 ^ rotl(B2, 8) ^ rotl(B2, 16) ^ rotl(B, 24);
    }
  }

  #load(view: DataView, offset: number, count: number): void {
    this.#state.fill(0);
    for (let k = 0; k < count; k += 1) {
      for (let i = 0; i < 4; i += 1) {
        this.#state[8 * i + k] = view.getInt32(offset + blockBytes * k + 4 * i, false);
      }
    }
    for (let i = 0; i < 4; i += 1) transpose(this.#state, 8 * i);
  }

  /** §7.1, R: the four words leave in reverse order. */
  #store(view: DataView, offset: number, count: number): void {
    for (let i = 0; i < 4; i += 1) transpose(this.#state, 8 * i);
    for (let k = 0; k < count; k += 1) {
      for (let i = 0; i < 4; i += 1) {
        view.setInt32(offset + blockBytes * k + 4 * i, word(this.#state, 8 * (3 - i) + k), false);
      }
    }
  }
}

/** Between eight words and their planes, either way: in each byte position, an 8×8 matrix of bits is transposed. */
function transpose(words: Int32Array, start: number): void {
  transposeStep(words, start, 1, 0x55555555);
  transposeStep(words, start, 2, 0x33333333);
  transposeStep(words, start, 4, 0x0f0f0f0f);
}

function transposeStep(words: Int32Array, start: number, shift: number, mask: number): void {
  for (let i = 0; i < 8; i += 1) {
    if ((i & shift) !== 0) continue;
    const upper = start + i;
    const lower = upper + shift;
    const swapped = ((word(words, upper) >>> shift) ^ word(words, lower)) & mask;
    words[lower] = word(words, lower) ^ swapped;
    words[upper] = word(words, upper) ^ (swapped << shift);
  }
}
