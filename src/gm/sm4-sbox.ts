/**
 * The S-box of SM4 as a Boolean circuit: no table, hence no memory access that depends on the data.
 *
 * S(x) = A·I(A·x ⊕ 0xd3) ⊕ 0xd3 with the inversion I in GF(2⁸) modulo x⁸+x⁷+x⁶+x⁵+x⁴+x²+x+1. Inversion costs the same
 * in every representation of the field, so the circuit is that of Boyar and Peralta for AES (IACR ePrint 2011/332,
 * middle part and its 18 products taken over gate by gate, with the names given there); A, the isomorphism between the
 * two fields and 0xd3 are folded into the linear layers above and below it.
 */

const word = (words: Int32Array, index: number): number => words[index] as number;

/**
 * Replaces 32 bytes by their S-box values (GB/T 32907-2016, §6.2 a) and the table S).
 * @param planes in place: the first eight words, of which word `i` holds bit `i` of each of the 32 bytes
 */
export function substituteBytes(planes: Int32Array): void {
  // A·x ⊕ 0xd3 is A·(x ⊕ 0x75).
  const x0 = ~word(planes, 0);
  const x1 = word(planes, 1);
  const x2 = ~word(planes, 2);
  const x3 = word(planes, 3);
  const x4 = ~word(planes, 4);
  const x5 = ~word(planes, 5);
  const x6 = ~word(planes, 6);
  const x7 = word(planes, 7);

  // Linear layer: A, the isomorphism, and the sums that the products need.
  const y20 = x2 ^ x7;
  const y10 = x4 ^ y20;
  const y7 = x0 ^ y10;
  const y5 = x2 ^ x6;
  const y2 = x1 ^ y5;
  const y18 = y7 ^ y2;
  const a1 = x3 ^ x7;
  const y0 = x1 ^ a1;
  const y1 = x5 ^ a1;
  const y6 = y10 ^ y1;
  const y11 = y7 ^ y0;
  const y9 = y20 ^ y11;
  const y15 = y0 ^ y6;
  const y12 = x6 ^ y15;
  const y4 = y2 ^ y9;
  const y3 = y12 ^ y4;
  const y8 = y5 ^ y3;
  const y21 = x5 ^ y11;
  const y17 = y10 ^ y11;
  const y16 = y15 ^ y17;
  const y19 = y10 ^ y8;
  const y14 = y9 ^ y8;

  // The norm of the element, in the subfield GF(2⁴).
  const t2 = y12 & y15;
  const t3 = y3 & y6;
  const t4 = t3 ^ t2;
  const t5 = y4 & y0;
  const t6 = t5 ^ t2;
  const t7 = x1 & y16;
  const t8 = y5 & y1;
  const t9 = t8 ^ t7;
  const t10 = y2 & y7;
  const t11 = t10 ^ t7;
  const t12 = y9 & y11;
  const t13 = y14 & y17;
  const t14 = t13 ^ t12;
  const t15 = y8 & y10;
  const t16 = t15 ^ t12;
  const t17 = t4 ^ t14;
  const t18 = t6 ^ t16;
  const t19 = t9 ^ t14;
  const t20 = t11 ^ t16;
  const t21 = t17 ^ y20;
  const t22 = t18 ^ y19;
  const t23 = t19 ^ y21;
  const t24 = t20 ^ y18;

  // Its inverse there.
  const t25 = t21 ^ t22;
  const t26 = t21 & t23;
  const t27 = t24 ^ t26;
  const t28 = t25 & t27;
  const t29 = t28 ^ t22;
  const t30 = t23 ^ t24;
  const t31 = t22 ^ t26;
  const t32 = t31 & t30;
  const t33 = t32 ^ t24;
  const t34 = t23 ^ t33;
  const t35 = t27 ^ t33;
  const t36 = t24 & t35;
  const t37 = t36 ^ t34;
  const t38 = t27 ^ t36;
  const t39 = t29 & t38;
  const t40 = t25 ^ t39;
  const t41 = t40 ^ t37;
  const t42 = t29 ^ t33;
  const t43 = t29 ^ t40;
  const t44 = t33 ^ t37;
  const t45 = t42 ^ t41;

  // The products of that inverse with the halves of the element.
  const z0 = t44 & y15;
  const z1 = t37 & y6;
  const z2 = t33 & y0;
  const z3 = t43 & y16;
  const z4 = t40 & y1;
  const z5 = t29 & y7;
  const z6 = t42 & y11;
  const z7 = t45 & y17;
  const z8 = t41 & y10;
  const z9 = t44 & y12;
  const z10 = t37 & y3;
  const z11 = t33 & y4;
  const z12 = t43 & x1;
  const z13 = t40 & y5;
  const z14 = t29 & y2;
  const z15 = t42 & y9;
  const z16 = t45 & y14;
  const z17 = t41 & y8;

  // Linear layer back: the isomorphism, then A.
  const c1 = z9 ^ z15;
  const c2 = z6 ^ z10;
  const c3 = z14 ^ c2;
  const c4 = z0 ^ z1;
  const c5 = z13 ^ c3;
  const c6 = z7 ^ c5;
  const c7 = z8 ^ c4;
  const c8 = z17 ^ c1;
  const c9 = z5 ^ c7;
  const c10 = z4 ^ z11;
  const c11 = z16 ^ c9;
  const c12 = c6 ^ c8;
  const c13 = c1 ^ c11;
  const c14 = z0 ^ z5;
  const c15 = z2 ^ c6;
  const c16 = z7 ^ c13;
  const c17 = z3 ^ z10;
  const c18 = z12 ^ z16;
  const c19 = z4 ^ c12;
  const c20 = z13 ^ z15;
  const c21 = c5 ^ c9;
  const c22 = c14 ^ c15;
  const c23 = z4 ^ c2;

  // ⊕ 0xd3.
  planes[0] = ~(c16 ^ c17);
  planes[1] = ~(c10 ^ c21);
  planes[2] = z3 ^ c19;
  planes[3] = z11 ^ c8;
  planes[4] = ~(c13 ^ c23);
  planes[5] = c4 ^ c12;
  planes[6] = ~(c10 ^ c22);
  planes[7] = ~(c18 ^ c20);
}
