/** Bounds and fixed lengths of version 1, in bytes unless the name says otherwise. */
export const bidLimits = {
  /** Everything before the recipients. */
  fixedFields: 40,
  headerLength: 131_072,
  chunkSizeMin: 65_536,
  chunkSizeMax: 16_777_216,
  plainSize: 2 ** 46,
  nonce: 8,
  /** Count. */
  recipients: 16,
  /** HMAC-SM3, and SM3 too. */
  mac: 32,
  trailer: 1_024,
  contentKey: 48,
  /** The content key in SM4-CBC, with padding. */
  sealedKey: 64,
  /** UTF-8. */
  name: 768,
  /** Milliseconds since 1970 UTC: the last second of the year 9999. */
  encryptedAt: 253_402_300_799_000,
} as const;

/** What writers use where nobody asks for another: 256 KiB. */
export const defaultChunkSize = 262_144;

export function isChunkSize(value: number): boolean {
  const isInside = value >= bidLimits.chunkSizeMin && value <= bidLimits.chunkSizeMax;
  return Number.isInteger(value) && isInside && (value & (value - 1)) === 0;
}

export function isPlainSize(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= bidLimits.plainSize;
}
