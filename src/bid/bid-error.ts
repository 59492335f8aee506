/**
 * Why a file is not read as an encrypted bid (`src/clients/encryption/FORMAT.md`, "Order of checks"):
 * - `notABid`: does not begin with the magic
 * - `unknownVersion`: a format that is not written down yet
 * - `headerDamaged`: the header breaks a rule, or its digest is another
 * - `wrongLength`: not as long as its header says; see `lengths`
 * - `keyWrong`: the content key is none, or not this header's: the trailer's mac is another
 * - `damaged`: a chunk or the trailer is not what was encrypted
 */
export type BidErrorReason =
  'notABid' | 'unknownVersion' | 'headerDamaged' | 'wrongLength' | 'keyWrong' | 'damaged';

/** Bytes of the whole file. Longer than expected: something was appended; shorter: it was cut. */
export interface BidLengths {
  readonly actual: number;
  /** Absent where the file was cut before it says. */
  readonly expected?: number;
}

export class BidError extends Error {
  readonly reason: BidErrorReason;
  /** Present with `wrongLength`. */
  readonly lengths?: BidLengths;

  constructor(reason: Exclude<BidErrorReason, 'wrongLength'>, detail?: string);
  constructor(reason: 'wrongLength', lengths: BidLengths);
  constructor(reason: BidErrorReason, about?: string | BidLengths) {
    super(typeof about === 'string' ? `${reason}: ${about}` : reason);
    this.name = 'BidError';
    this.reason = reason;
    if (typeof about === 'object') this.lengths = about;
  }
}
