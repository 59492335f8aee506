/**
 * SM3 (GB/T 32905-2016) on four messages at once: lane i of every vector belongs to message i. The working variables
 * A … H and the names of the steps are the standard's.
 */
import { hash, roundConstants, schedule } from './memory-map';

/** §4.1, initial value, in all lanes. */
export function startHash(): void {
  v128.store(hash, i32x4.splat(0x7380166f));
  v128.store(hash, i32x4.splat(0x4914b2b9), 16);
  v128.store(hash, i32x4.splat(0x172442d7), 32);
  v128.store(hash, i32x4.splat(0xda8a0600), 48);
  v128.store(hash, i32x4.splat(0xa96f30bc), 64);
  v128.store(hash, i32x4.splat(0x163138aa), 80);
  v128.store(hash, i32x4.splat(0xe38dee4d), 96);
  v128.store(hash, i32x4.splat(0xb0fb0e4e), 112);
}

/** §4.2, constants T_j, rotated as §5.3.3 uses them; to be called before the first block. */
export function prepareConstants(): void {
  for (let j = 0; j < 64; j++) {
    store<u32>(roundConstants + 4 * j, rotl<u32>(j < 16 ? 0x79cc4519 : 0x7a879d8a, j));
  }
}

/** Takes in `count` blocks of 64 bytes of each message; the arguments are where they lie. */
export function absorb(
  message0: usize,
  message1: usize,
  message2: usize,
  message3: usize,
  count: usize,
): void {
  for (let offset: usize = 0; offset < 64 * count; offset += 64) {
    for (let part: usize = 0; part < 64; part += 16) {
      const at = offset + part;
      loadWords(schedule + 4 * part, message0 + at, message1 + at, message2 + at, message3 + at);
    }
    compress();
  }
}

/** Four words of each message, from rows to lanes. */
function loadWords(W: usize, message0: usize, message1: usize, message2: usize, message3: usize): void {
  const row0 = bigEndian(v128.load(message0));
  const row1 = bigEndian(v128.load(message1));
  const row2 = bigEndian(v128.load(message2));
  const row3 = bigEndian(v128.load(message3));
  const low01 = v128.shuffle<u32>(row0, row1, 0, 4, 1, 5);
  const low23 = v128.shuffle<u32>(row2, row3, 0, 4, 1, 5);
  const high01 = v128.shuffle<u32>(row0, row1, 2, 6, 3, 7);
  const high23 = v128.shuffle<u32>(row2, row3, 2, 6, 3, 7);
  v128.store(W, v128.shuffle<u64>(low01, low23, 0, 2));
  v128.store(W, v128.shuffle<u64>(low01, low23, 1, 3), 16);
  v128.store(W, v128.shuffle<u64>(high01, high23, 0, 2), 32);
  v128.store(W, v128.shuffle<u64>(high01, high23, 1, 3), 48);
}

/** One block of each message, which stands in W_0 … W_15. */
export function compress(): void {
  for (let next = schedule + 16 * 16; next < schedule + 20 * 16; next += 16) expand(next);
  let A = v128.load(hash);
  let B = v128.load(hash, 16);
  let C = v128.load(hash, 32);
  let D = v128.load(hash, 48);
  let E = v128.load(hash, 64);
  let F = v128.load(hash, 80);
  let G = v128.load(hash, 96);
  let H = v128.load(hash, 112);

  // §5.3.3. Variables are not moved on; their roles are, so that four rounds bring each back to its own.
  let W = schedule;
  let T = roundConstants;
  for (; W < schedule + 16 * 16; W += 64, T += 16) {
    let A12 = rotate(A, 12);
    let SS1 = mix(A12, E, T);
    D = i32x4.add(parity(A, B, C), partOfTT1(D, v128.xor(SS1, A12), W));
    H = P0(i32x4.add(parity(E, F, G), partOfTT2(H, SS1, W)));
    B = rotate(B, 9);
    F = rotate(F, 19);

    A12 = rotate(D, 12);
    SS1 = mix(A12, H, T + 4);
    C = i32x4.add(parity(D, A, B), partOfTT1(C, v128.xor(SS1, A12), W + 16));
    G = P0(i32x4.add(parity(H, E, F), partOfTT2(G, SS1, W + 16)));
    A = rotate(A, 9);
    E = rotate(E, 19);

    A12 = rotate(C, 12);
    SS1 = mix(A12, G, T + 8);
    B = i32x4.add(parity(C, D, A), partOfTT1(B, v128.xor(SS1, A12), W + 32));
    F = P0(i32x4.add(parity(G, H, E), partOfTT2(F, SS1, W + 32)));
    D = rotate(D, 9);
    H = rotate(H, 19);

    A12 = rotate(B, 12);
    SS1 = mix(A12, F, T + 12);
    A = i32x4.add(parity(B, C, D), partOfTT1(A, v128.xor(SS1, A12), W + 48));
    E = P0(i32x4.add(parity(F, G, H), partOfTT2(E, SS1, W + 48)));
    C = rotate(C, 9);
    G = rotate(G, 19);
  }
  for (; W < schedule + 64 * 16; W += 64, T += 16) {
    expand(W + 64);
    expand(W + 80);
    expand(W + 96);
    expand(W + 112);
    let A12 = rotate(A, 12);
    let SS1 = mix(A12, E, T);
    D = i32x4.add(majority(A, B, C), partOfTT1(D, v128.xor(SS1, A12), W));
    H = P0(i32x4.add(choice(E, F, G), partOfTT2(H, SS1, W)));
    B = rotate(B, 9);
    F = rotate(F, 19);

    A12 = rotate(D, 12);
    SS1 = mix(A12, H, T + 4);
    C = i32x4.add(majority(D, A, B), partOfTT1(C, v128.xor(SS1, A12), W + 16));
    G = P0(i32x4.add(choice(H, E, F), partOfTT2(G, SS1, W + 16)));
    A = rotate(A, 9);
    E = rotate(E, 19);

    A12 = rotate(C, 12);
    SS1 = mix(A12, G, T + 8);
    B = i32x4.add(majority(C, D, A), partOfTT1(B, v128.xor(SS1, A12), W + 32));
    F = P0(i32x4.add(choice(G, H, E), partOfTT2(F, SS1, W + 32)));
    D = rotate(D, 9);
    H = rotate(H, 19);

    A12 = rotate(B, 12);
    SS1 = mix(A12, F, T + 12);
    A = i32x4.add(majority(B, C, D), partOfTT1(A, v128.xor(SS1, A12), W + 48));
    E = P0(i32x4.add(choice(F, G, H), partOfTT2(E, SS1, W + 48)));
    C = rotate(C, 9);
    G = rotate(G, 19);
  }

  v128.store(hash, v128.xor(A, v128.load(hash)));
  v128.store(hash, v128.xor(B, v128.load(hash, 16)), 16);
  v128.store(hash, v128.xor(C, v128.load(hash, 32)), 32);
  v128.store(hash, v128.xor(D, v128.load(hash, 48)), 48);
  v128.store(hash, v128.xor(E, v128.load(hash, 64)), 64);
  v128.store(hash, v128.xor(F, v128.load(hash, 80)), 80);
  v128.store(hash, v128.xor(G, v128.load(hash, 96)), 96);
  v128.store(hash, v128.xor(H, v128.load(hash, 112)), 112);
}

/** §5.3.2, the word at `W`. W'_j is W_j ⊕ W_{j+4}, taken where it is used. */
function expand(W: usize): void {
  const X = v128.xor(
    v128.xor(v128.load(W - 16 * 16), v128.load(W - 9 * 16)),
    rotate(v128.load(W - 3 * 16), 15),
  );
  const known = v128.xor(rotate(v128.load(W - 13 * 16), 7), v128.load(W - 6 * 16));
  v128.store(W, v128.xor(P1(X), known));
}

/** §5.3.3, SS1. */
function mix(A12: v128, E: v128, T: usize): v128 {
  return rotate(i32x4.add(i32x4.add(A12, v128.load32_splat(T)), E), 7);
}

/** §5.3.3, TT1 less FF_j. */
function partOfTT1(D: v128, SS2: v128, W: usize): v128 {
  return i32x4.add(i32x4.add(D, v128.xor(v128.load(W), v128.load(W, 64))), SS2);
}

/** §5.3.3, TT2 less GG_j. */
function partOfTT2(H: v128, SS1: v128, W: usize): v128 {
  return i32x4.add(i32x4.add(H, v128.load(W)), SS1);
}

/** §4.3, FF_j for j ≥ 16: the majority. */
function majority(X: v128, Y: v128, Z: v128): v128 {
  return v128.or(v128.and(X, Y), v128.and(v128.or(X, Y), Z));
}

/** §4.3, GG_j for j ≥ 16: where X is set Y, elsewhere Z. */
function choice(X: v128, Y: v128, Z: v128): v128 {
  return v128.xor(v128.and(v128.xor(Y, Z), X), Z);
}

/** §4.3, FF_j and GG_j for j < 16. */
function parity(X: v128, Y: v128, Z: v128): v128 {
  return v128.xor(v128.xor(X, Y), Z);
}

/** §4.4. */
function P0(X: v128): v128 {
  return v128.xor(X, v128.xor(rotate(X, 9), rotate(X, 17)));
}

/** §4.4. */
function P1(X: v128): v128 {
  return v128.xor(X, v128.xor(rotate(X, 15), rotate(X, 23)));
}

function rotate(X: v128, count: i32): v128 {
  return v128.or(i32x4.shl(X, count), i32x4.shr_u(X, 32 - count));
}

function bigEndian(words: v128): v128 {
  return v128.shuffle<u8>(words, words, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}
