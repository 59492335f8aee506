/** Everything that can be wrong with an encoding. */
export type DerErrorReason =
  | 'tooLong'
  | 'tooDeep'
  | 'tooMany'
  | 'truncated'
  | 'trailingBytes'
  | 'indefiniteLength'
  | 'nonMinimalLength'
  | 'unsupportedTag'
  | 'wrongForm'
  | 'nonMinimalInteger'
  | 'negativeInteger'
  | 'malformedBoolean'
  | 'malformedNull'
  | 'malformedBitString'
  | 'malformedObjectIdentifier'
  | 'malformedTime'
  | 'malformedText'
  | 'missingElement'
  | 'unexpectedElement';

export class DerError extends Error {
  readonly reason: DerErrorReason;

  constructor(reason: DerErrorReason, detail?: string) {
    super(detail === undefined ? reason : `${reason}: ${detail}`);
    this.name = 'DerError';
    this.reason = reason;
  }
}
