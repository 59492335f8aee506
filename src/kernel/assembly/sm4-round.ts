/**
 * SM4's round for 32 blocks at once (GB/T 32907-2016 §6): bit-sliced, hence without any table.
 *
 * Vector `p` of a word X_i holds bit `p` of its bytes; lane `b` of the vector those of byte `b` (0 the lowest), bit
 * `k` of the lane those of block `k`.
 *
 * The S-box is S(x) = A·I(A·x ⊕ 0xd3) ⊕ 0xd3 with the inversion I in GF(2⁸) modulo x⁸+x⁷+x⁶+x⁵+x⁴+x²+x+1. Inversion
 * costs the same in every representation of the field, so the circuit is that of Boyar and Peralta for AES (IACR ePrint
 * 2011/332: the middle part and its 18 products gate by gate, with the names given there); A and the isomorphism between
 * the two fields are folded into the linear layers above and below it. Both constants are folded into the round keys,
 * see `takeRoundKeys`.
 */

/**
 * §6.1: X_{r+4} = X_r ⊕ L(τ(X_{r+1} ⊕ X_{r+2} ⊕ X_{r+3} ⊕ rk_r)), in the place of X_r.
 * All arguments are addresses of eight vectors.
 */
export function round(X0: usize, X1: usize, X2: usize, X3: usize, rk: usize): void {
  const x0 = mix(X1 + 0, X2 + 0, X3 + 0, rk + 0);
  const x1 = mix(X1 + 16, X2 + 16, X3 + 16, rk + 16);
  const x2 = mix(X1 + 32, X2 + 32, X3 + 32, rk + 32);
  const x3 = mix(X1 + 48, X2 + 48, X3 + 48, rk + 48);
  const x4 = mix(X1 + 64, X2 + 64, X3 + 64, rk + 64);
  const x5 = mix(X1 + 80, X2 + 80, X3 + 80, rk + 80);
  const x6 = mix(X1 + 96, X2 + 96, X3 + 96, rk + 96);
  const x7 = mix(X1 + 112, X2 + 112, X3 + 112, rk + 112);

  // Linear layer: A, the isomorphism, and the sums that the products need.
  const y20 = v128.xor(x2, x7);
  const y10 = v128.xor(x4, y20);
  const y7 = v128.xor(x0, y10);
  const y5 = v128.xor(x2, x6);
  const y2 = v128.xor(x1, y5);
  const y18 = v128.xor(y7, y2);
  const a1 = v128.xor(x3, x7);
  const y0 = v128.xor(x1, a1);
  const y1 = v128.xor(x5, a1);
  const y6 = v128.xor(y10, y1);
  const y11 = v128.xor(y7, y0);
  const y9 = v128.xor(y20, y11);
  const y15 = v128.xor(y0, y6);
  const y12 = v128.xor(x6, y15);
  const y4 = v128.xor(y2, y9);
  const y3 = v128.xor(y12, y4);
  const y8 = v128.xor(y5, y3);
  const y21 = v128.xor(x5, y11);
  const y17 = v128.xor(y10, y11);
  const y16 = v128.xor(y15, y17);
  const y19 = v128.xor(y10, y8);
  const y14 = v128.xor(y9, y8);

  // The norm of the element, in the subfield GF(2⁴).
  const t2 = v128.and(y12, y15);
  const t3 = v128.and(y3, y6);
  const t4 = v128.xor(t3, t2);
  const t5 = v128.and(y4, y0);
  const t6 = v128.xor(t5, t2);
  const t7 = v128.and(x1, y16);
  const t8 = v128.and(y5, y1);
  const t9 = v128.xor(t8, t7);
  const t10 = v128.and(y2, y7);
  const t11 = v128.xor(t10, t7);
  const t12 = v128.and(y9, y11);
  const t13 = v128.and(y14, y17);
  const t14 = v128.xor(t13, t12);
  const t15 = v128.and(y8, y10);
  const t16 = v128.xor(t15, t12);
  const t17 = v128.xor(t4, t14);
  const t18 = v128.xor(t6, t16);
  const t19 = v128.xor(t9, t14);
  const t20 = v128.xor(t11, t16);
  const t21 = v128.xor(t17, y20);
  const t22 = v128.xor(t18, y19);
  const t23 = v128.xor(t19, y21);
  const t24 = v128.xor(t20, y18);

  // Its inverse there.
  const t25 = v128.xor(t21, t22);
  const t26 = v128.and(t21, t23);
  const t27 = v128.xor(t24, t26);
  const t28 = v128.and(t25, t27);
  const t29 = v128.xor(t28, t22);
  const t30 = v128.xor(t23, t24);
  const t31 = v128.xor(t22, t26);
  const t32 = v128.and(t31, t30);
  const t33 = v128.xor(t32, t24);
  const t34 = v128.xor(t23, t33);
  const t35 = v128.xor(t27, t33);
  const t36 = v128.and(t24, t35);
  const t37 = v128.xor(t36, t34);
  const t38 = v128.xor(t27, t36);
  const t39 = v128.and(t29, t38);
  const t40 = v128.xor(t25, t39);
  const t41 = v128.xor(t40, t37);
  const t42 = v128.xor(t29, t33);
  const t43 = v128.xor(t29, t40);
  const t44 = v128.xor(t33, t37);
  const t45 = v128.xor(t42, t41);

  // The products of that inverse with the halves of the element.
  const z0 = v128.and(t44, y15);
  const z1 = v128.and(t37, y6);
  const z2 = v128.and(t33, y0);
  const z3 = v128.and(t43, y16);
  const z4 = v128.and(t40, y1);
  const z5 = v128.and(t29, y7);
  const z6 = v128.and(t42, y11);
  const z7 = v128.and(t45, y17);
  const z8 = v128.and(t41, y10);
  const z9 = v128.and(t44, y12);
  const z10 = v128.and(t37, y3);
  const z11 = v128.and(t33, y4);
  const z12 = v128.and(t43, x1);
  const z13 = v128.and(t40, y5);
  const z14 = v128.and(t29, y2);
  const z15 = v128.and(t42, y9);
  const z16 = v128.and(t45, y14);
  const z17 = v128.and(t41, y8);

  // Linear layer back: the isomorphism, then A.
  const c1 = v128.xor(z9, z15);
  const c2 = v128.xor(z6, z10);
  const c3 = v128.xor(z14, c2);
  const c4 = v128.xor(z0, z1);
  const c5 = v128.xor(z13, c3);
  const c6 = v128.xor(z7, c5);
  const c7 = v128.xor(z8, c4);
  const c8 = v128.xor(z17, c1);
  const c9 = v128.xor(z5, c7);
  const c10 = v128.xor(z4, z11);
  const c11 = v128.xor(z16, c9);
  const c12 = v128.xor(c6, c8);
  const c13 = v128.xor(c1, c11);
  const c14 = v128.xor(z0, z5);
  const c15 = v128.xor(z2, c6);
  const c16 = v128.xor(z7, c13);
  const c17 = v128.xor(z3, z10);
  const c18 = v128.xor(z12, z16);
  const c19 = v128.xor(z4, c12);
  const c20 = v128.xor(z13, z15);
  const c21 = v128.xor(c5, c9);
  const c22 = v128.xor(c14, c15);
  const c23 = v128.xor(z4, c2);

  const s0 = v128.xor(c16, c17);
  const s1 = v128.xor(c10, c21);
  const s2 = v128.xor(z3, c19);
  const s3 = v128.xor(z11, c8);
  const s4 = v128.xor(c13, c23);
  const s5 = v128.xor(c4, c12);
  const s6 = v128.xor(c10, c22);
  const s7 = v128.xor(c18, c20);

  // §6.2 b): B ⊕ B⋘2 ⊕ B⋘10 ⊕ B⋘18 ⊕ B⋘24.
  diffuse(X0 + 0, s0, rotateBytes(s6));
  diffuse(X0 + 16, s1, rotateBytes(s7));
  diffuse(X0 + 32, s2, s0);
  diffuse(X0 + 48, s3, s1);
  diffuse(X0 + 64, s4, s2);
  diffuse(X0 + 80, s5, s3);
  diffuse(X0 + 96, s6, s4);
  diffuse(X0 + 112, s7, s5);
}

function mix(X1: usize, X2: usize, X3: usize, rk: usize): v128 {
  return v128.xor(v128.xor(v128.load(X1), v128.load(X2)), v128.xor(v128.load(X3), v128.load(rk)));
}

/** One plane of L; `B2` is the plane of B⋘2. */
function diffuse(X0: usize, B: v128, B2: v128): void {
  const B24 = v128.shuffle<u32>(B, B, 1, 2, 3, 0);
  const B18 = v128.shuffle<u32>(B2, B2, 2, 3, 0, 1);
  const sum = v128.xor(v128.xor(B, B24), v128.xor(B18, v128.xor(B2, rotateBytes(B2))));
  v128.store(X0, v128.xor(v128.load(X0), sum));
}

/** ⋘ 8 of the words: each byte's lane moves up by one. */
function rotateBytes(plane: v128): v128 {
  return v128.shuffle<u32>(plane, plane, 3, 0, 1, 2);
}
