/** GB/T 32907-2016, appendix A: key and plaintext are the same block. Hexadecimal. */
export const sm4Vector = {
  key: '0123456789abcdeffedcba9876543210',
  /** A.1: encrypted once. */
  once: '681edf34d206965e86b3e94f536e4246',
  /** A.2: each result encrypted again, a million times in all. */
  millionTimes: '595298c7c6fd271f0402f804c33d3f66',
} as const;
