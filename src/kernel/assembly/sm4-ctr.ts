import { keyPlanes, keystream, nonce, roundKeys, state } from './memory-map';
import { round } from './sm4-round';

/** Blocks that go through the rounds together, and their bytes. */
const batchBlocks: u64 = 32;
const batchBytes: usize = 512;
/** Bytes of a word's eight planes. */
const wordBytes: usize = 128;

const X0 = state;
const X1 = state + wordBytes;
const X2 = state + 2 * wordBytes;
const X3 = state + 3 * wordBytes;

/**
 * Spreads the 32 round keys to planes, the same for all blocks, and clears them.
 *
 * The two constants of the S-box go with them. The one inside: A·x ⊕ 0xd3 is A·(x ⊕ 0x75). The one outside reaches
 * X_{r+4} as L(0xd3d3d3d3) = 0x4f4f4f4f; as the circuit leaves it away, every X_n with ⌊n/4⌋ odd lacks it, and the
 * next round in that word's place takes it away again, so that X_32 … X_35 are right. The round keys make up for what
 * X_{r+1} ⊕ X_{r+2} ⊕ X_{r+3} lacks meanwhile.
 */
export function takeRoundKeys(): void {
  for (let r: u32 = 0; r < 32; r++) {
    const lacking = (((r + 1) >> 2) + ((r + 2) >> 2) + ((r + 3) >> 2)) & 1;
    const word = load<u32>(roundKeys + 4 * r) ^ 0x75757575 ^ (0x4f4f4f4f * lacking);
    spread(word, keyPlanes + wordBytes * r);
  }
  memory.fill(roundKeys, 0, 128);
}

/**
 * SM4-CTR in place on `length` bytes; the counter block is the nonce and the 64-bit block number, big-endian.
 * @param firstBlock number of the block that begins at `start`
 */
export function crypt(start: usize, length: usize, firstBlock: u64): void {
  let block = firstBlock & ~(batchBlocks - 1);
  // A batch begins at a multiple of 32, so that only the five lowest bits of the number differ in it.
  let skipped = (16 * (firstBlock - block)) as usize;
  const end = start + length;
  for (let position = start; position < end; block += batchBlocks) {
    fillKeystream(block);
    const count = min(batchBytes - skipped, end - position);
    add(position, keystream + skipped, count);
    position += count;
    skipped = 0;
  }
  memory.fill(state, 0, 4 * wordBytes);
  memory.fill(keystream, 0, batchBytes);
}

/** target ⊕= stream. */
function add(target: usize, stream: usize, count: usize): void {
  let done: usize = 0;
  for (; done + 16 <= count; done += 16) {
    v128.store(target + done, v128.xor(v128.load(target + done), v128.load(stream + done)));
  }
  for (; done < count; done++) store<u8>(target + done, load<u8>(target + done) ^ load<u8>(stream + done));
}

/** Encrypts the counter blocks `block` … `block + 31`. */
function fillKeystream(block: u64): void {
  spread(bswap(load<u32>(nonce)), X0);
  spread(bswap(load<u32>(nonce, 4)), X1);
  spread((block >> 32) as u32, X2);
  spread(block as u32, X3);
  // The five lowest bits of the number of block k are k's own.
  store<u32>(X3, 0xaaaaaaaa);
  store<u32>(X3, 0xcccccccc, 16);
  store<u32>(X3, 0xf0f0f0f0, 32);
  store<u32>(X3, 0xff00ff00, 48);
  store<u32>(X3, 0xffff0000, 64);

  for (let rk = keyPlanes; rk < keyPlanes + 32 * wordBytes; rk += 4 * wordBytes) {
    round(X0, X1, X2, X3, rk);
    round(X1, X2, X3, X0, rk + wordBytes);
    round(X2, X3, X0, X1, rk + 2 * wordBytes);
    round(X3, X0, X1, X2, rk + 3 * wordBytes);
  }
  gather();
}

/** The planes of one word, the same for all blocks: every bit fills a lane. */
function spread(word: u32, target: usize): void {
  const lowestBits = i32x4(0x00000001, 0x00000100, 0x00010000, 0x01000000);
  for (let p = 0; p < 8; p++) {
    const bits = v128.and(i32x4.splat(word >> p), lowestBits);
    v128.store(target + 16 * p, i32x4.ne(bits, i32x4.splat(0)));
  }
}

/** From planes to blocks; §7.1: the words leave in reverse order, X_35 first. */
function gather(): void {
  for (let X = state; X < state + 4 * wordBytes; X += wordBytes) transpose(X);
  for (let j: usize = 0; j < 8; j++) {
    // Vector j of a word now holds, in lane b, byte b of blocks j, 8 + j, 16 + j and 24 + j.
    const w0 = bigEndianWords(v128.load(X3 + 16 * j));
    const w1 = bigEndianWords(v128.load(X2 + 16 * j));
    const w2 = bigEndianWords(v128.load(X1 + 16 * j));
    const w3 = bigEndianWords(v128.load(X0 + 16 * j));
    const low01 = v128.shuffle<u32>(w0, w1, 0, 4, 1, 5);
    const low23 = v128.shuffle<u32>(w2, w3, 0, 4, 1, 5);
    const high01 = v128.shuffle<u32>(w0, w1, 2, 6, 3, 7);
    const high23 = v128.shuffle<u32>(w2, w3, 2, 6, 3, 7);
    const block = keystream + 16 * j;
    v128.store(block, v128.shuffle<u64>(low01, low23, 0, 2));
    v128.store(block, v128.shuffle<u64>(low01, low23, 1, 3), 128);
    v128.store(block, v128.shuffle<u64>(high01, high23, 0, 2), 256);
    v128.store(block, v128.shuffle<u64>(high01, high23, 1, 3), 384);
  }
}

/** From four lanes by byte number to four words by block, most significant byte first. */
function bigEndianWords(lanes: v128): v128 {
  return v128.shuffle<u8>(lanes, lanes, 12, 8, 4, 0, 13, 9, 5, 1, 14, 10, 6, 2, 15, 11, 7, 3);
}

/** Bit i of each byte of vector j changes places with bit j of that byte of vector i, for the eight vectors at `X`. */
function transpose(X: usize): void {
  transposeStep(X, 1, 0x55);
  transposeStep(X, 2, 0x33);
  transposeStep(X, 4, 0x0f);
}

function transposeStep(X: usize, shift: usize, mask: u8): void {
  for (let i: usize = 0; i < 8; i++) {
    if (i & shift) continue;
    const upper = X + 16 * i;
    const lower = upper + 16 * shift;
    const a = v128.load(upper);
    const b = v128.load(lower);
    const swapped = v128.and(v128.xor(i32x4.shr_u(a, shift as i32), b), i8x16.splat(mask));
    v128.store(lower, v128.xor(b, swapped));
    v128.store(upper, v128.xor(a, i32x4.shl(swapped, shift as i32)));
  }
}
