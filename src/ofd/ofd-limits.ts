/** What is read of one package at most. Bytes, unless the name says otherwise. */
export const ofdLimits = {
  entries: 20_000,
  directory: 16 * 2 ** 20,
  /** All entries together, inflated. */
  total: 512 * 2 ** 20,
  /** One entry, inflated. */
  entry: 256 * 2 ** 20,
  /** Inflated bytes for each byte of an entry, where there are more than `ratioFrom` of them. */
  ratio: 300,
  ratioFrom: 16 * 2 ** 20,
  /** One XML file that is read for its structure. */
  xml: 8 * 2 ** 20,
  xmlElements: 200_000,
  xmlDepth: 32,
  /** A SignedValue.dat, seal picture and certificates included. */
  signedValue: 8 * 2 ** 20,
  signatures: 64,
} as const;
