import { HashMD } from '@noble/hashes/_md.js';
import { hmac } from '@noble/hashes/hmac.js';
import { clean, createHasher, rotl } from '@noble/hashes/utils.js';

// GB/T 32905-2016 §4.1, initial value.
const IV = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
] as const;

// §4.2, constants T_j, already rotated left by j mod 32 as §5.3.3 uses them.
const T = Uint32Array.from({ length: 64 }, (_, j) => rotl(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32));

// §4.4, permutations.
const P0 = (X: number): number => X ^ rotl(X, 9) ^ rotl(X, 17);
const P1 = (X: number): number => X ^ rotl(X, 15) ^ rotl(X, 23);

/** Message expansion W_0 … W_67, shared by all instances: `process` never yields. */
const W = new Uint32Array(68);
const word = (j: number): number => W[j] as number;

/** SM3's compression function; padding and buffering are the Merkle–Damgård base's. */
class Sm3 extends HashMD<Sm3> {
  // Fields that begin as 32-bit integers rather than an array: V8 then keeps them in registers.
  private A: number = IV[0] | 0;
  private B: number = IV[1] | 0;
  private C: number = IV[2] | 0;
  private D: number = IV[3] | 0;
  private E: number = IV[4] | 0;
  private F: number = IV[5] | 0;
  private G: number = IV[6] | 0;
  private H: number = IV[7] | 0;

  constructor() {
    super(64, 32, 8, false);
  }

  protected get(): number[] {
    const { A, B, C, D, E, F, G, H } = this;
    return [A, B, C, D, E, F, G, H];
  }

  protected set(...words: number[]): void {
    const [A = 0, B = 0, C = 0, D = 0, E = 0, F = 0, G = 0, H = 0] = words;
    this.A = A | 0;
    this.B = B | 0;
    this.C = C | 0;
    this.D = D | 0;
    this.E = E | 0;
    this.F = F | 0;
    this.G = G | 0;
    this.H = H | 0;
  }

  _cloneInto(to: Sm3 = new Sm3()): Sm3 {
    to.set(...this.get());
    // oxlint-disable-next-line no-underscore-dangle -- the base class names it so
    return this._cloneIntoMeta(to);
  }

  protected process(view: DataView, offset: number): void {
    // §5.3.2, message expansion. W'_j is W_j ^ W_{j+4}, taken where it is used.
    for (let j = 0; j < 16; j++) W[j] = view.getUint32(offset + 4 * j, false);
    for (let j = 16; j < 68; j++) {
      const X = word(j - 16) ^ word(j - 9) ^ rotl(word(j - 3), 15);
      W[j] = P1(X) ^ rotl(word(j - 13), 7) ^ word(j - 6);
    }

    // §5.3.3, compression.
    let { A, B, C, D, E, F, G, H } = this;
    for (let j = 0; j < 64; j++) {
      const A12 = rotl(A, 12);
      const SS1 = rotl((A12 + E + (T[j] as number)) | 0, 7);
      const SS2 = SS1 ^ A12;
      // §4.3, Boolean functions FF_j and GG_j.
      const FF = j < 16 ? A ^ B ^ C : (A & B) | (A & C) | (B & C);
      const GG = j < 16 ? E ^ F ^ G : (E & F) | (~E & G);
      const TT1 = (FF + D + SS2 + (word(j) ^ word(j + 4))) | 0;
      const TT2 = (GG + H + SS1 + word(j)) | 0;
      D = C;
      C = rotl(B, 9);
      B = A;
      A = TT1;
      H = G;
      G = rotl(F, 19);
      F = E;
      E = P0(TT2);
    }
    this.set(A ^ this.A, B ^ this.B, C ^ this.C, D ^ this.D, E ^ this.E, F ^ this.F, G ^ this.G, H ^ this.H);
  }

  protected roundClean(): void {
    clean(W);
  }

  destroy(): void {
    this.destroyed = true;
    this.set(0, 0, 0, 0, 0, 0, 0, 0);
    clean(this.buffer);
  }
}

/**
 * SM3 (GB/T 32905-2016): 32-byte digest of `sm3(message)`. For a message in parts,
 * `sm3.create().update(part).update(part).digest()`; `digest` ends the instance, `clone` forks it.
 */
export const sm3 = createHasher(() => new Sm3());

/** HMAC (GB/T 15852.2, RFC 2104) with SM3: 32 bytes. */
export function hmacSm3(key: Uint8Array, data: Uint8Array): Uint8Array {
  return hmac(sm3, key, data);
}

/** A running SM3. Node's `createHash('sm3')` fits it, and is three times as fast as the one here. */
export interface Sm3Hash {
  update(part: Uint8Array): unknown;
  /** 32 bytes; ends the instance. */
  digest(): Uint8Array;
}

export type CreateSm3 = () => Sm3Hash;
