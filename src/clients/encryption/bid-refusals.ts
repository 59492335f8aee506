import { BidError, type BidErrorReason } from '../../bid/bid-error.ts';
import { EnvelopeError, type EnvelopeErrorReason } from '../../gm/enveloped-data-error.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';

const bidCodes: Readonly<Record<BidErrorReason, ErrorCode>> = {
  notABid: 'BID_NOT_ENCRYPTED',
  unknownVersion: 'BID_VERSION_UNKNOWN',
  headerDamaged: 'BID_HEADER_DAMAGED',
  wrongLength: 'BID_LENGTH_WRONG',
  keyWrong: 'BID_KEY_WRONG',
  damaged: 'BID_DAMAGED',
};

/** Of a file that begins as an EnvelopedData does. */
const envelopeCodes: Readonly<Record<EnvelopeErrorReason, ErrorCode>> = {
  malformed: 'BID_HEADER_DAMAGED',
  tooLarge: 'BID_HEADER_DAMAGED',
  truncated: 'BID_LENGTH_WRONG',
  trailingBytes: 'BID_LENGTH_WRONG',
  notEnvelopedData: 'BID_NOT_ENCRYPTED',
  unsupportedVersion: 'BID_VERSION_UNKNOWN',
  // Somebody else's way to encrypt: keys in other wrappings, other ciphers, no content or a content in pieces.
  unsupportedRecipient: 'BID_NOT_ENCRYPTED',
  unsupportedAlgorithm: 'BID_NOT_ENCRYPTED',
  contentMissing: 'BID_NOT_ENCRYPTED',
  contentInPieces: 'BID_NOT_ENCRYPTED',
  noRecipient: 'BID_HEADER_DAMAGED',
  tooManyRecipients: 'BID_HEADER_DAMAGED',
  duplicateRecipient: 'BID_HEADER_DAMAGED',
  notARecipient: 'BID_NOT_FOR_PHONE',
  keyNotOpened: 'BID_KEY_NOT_OPENED',
  contentNotOpened: 'BID_DAMAGED',
};

/** Runs `work`; what the formats refuse is refused by its code of the catalogue. */
export async function withBidCodes<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BidError) throw new CodedError(bidCodes[error.reason], error.message);
    if (error instanceof EnvelopeError) throw new CodedError(envelopeCodes[error.reason], error.message);
    throw error;
  }
}
