/** GB/T 32905-2016, appendix A. Digests in hexadecimal. */
export const sm3Vectors: readonly { readonly message: string; readonly digest: string }[] = [
  { message: 'abc', digest: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0' },
  {
    message: 'abcd'.repeat(16),
    digest: 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
  },
];
