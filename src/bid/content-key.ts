import { BidError } from './bid-error.ts';
import { bidLimits } from './bid-limits.ts';

/** Both are views into the content key: overwriting that overwrites them. */
export interface ContentKey {
  /** Kenc: SM4, 16 bytes. */
  readonly encryptionKey: Uint8Array;
  /** Kmac: HMAC-SM3, 32 bytes. */
  readonly macKey: Uint8Array;
}

/**
 * Parts of a file's content key K, which is what its envelopes hold.
 * @param contentKey 48 bytes
 * @throws BidError `keyWrong` for any other length: an envelope that holds something else
 */
export function splitContentKey(contentKey: Uint8Array): ContentKey {
  if (contentKey.length !== bidLimits.contentKey) throw new BidError('keyWrong', 'length');
  return { encryptionKey: contentKey.subarray(0, 16), macKey: contentKey.subarray(16) };
}
