import { DerError } from './der-error.ts';

/**
 * Why an EnvelopedData is not read, not made or not opened:
 * - `malformed`: not DER, or not the structure of GM/T 0010 §9
 * - `tooLarge`: longer, or of more elements, than is read
 * - `truncated`, `trailingBytes`: the file ends before or after where its first header says
 * - `notEnvelopedData`: another content type, as a signature
 * - `unsupportedVersion`: of the message or of a recipient
 * - `unsupportedRecipient`: a recipient that is not named by issuer and serial number, or whose key is not SM2's
 * - `unsupportedAlgorithm`: the content is not encrypted with SM4-CBC
 * - `noRecipient`, `tooManyRecipients`, `duplicateRecipient`
 * - `contentMissing`: only keys are carried, no content
 * - `contentInPieces`: the content is several strings, where one is wanted
 * - `notARecipient`: nothing in it is for the certificate
 * - `keyNotOpened`: made for another key than the certificate says, or altered
 * - `contentNotOpened`: altered, or encrypted under another key
 */
export type EnvelopeErrorReason =
  | 'malformed'
  | 'tooLarge'
  | 'truncated'
  | 'trailingBytes'
  | 'notEnvelopedData'
  | 'unsupportedVersion'
  | 'unsupportedRecipient'
  | 'unsupportedAlgorithm'
  | 'noRecipient'
  | 'tooManyRecipients'
  | 'duplicateRecipient'
  | 'contentMissing'
  | 'contentInPieces'
  | 'notARecipient'
  | 'keyNotOpened'
  | 'contentNotOpened';

export class EnvelopeError extends Error {
  readonly reason: EnvelopeErrorReason;

  constructor(reason: EnvelopeErrorReason, detail?: string) {
    super(detail === undefined ? reason : `${reason}: ${detail}`);
    this.name = 'EnvelopeError';
    this.reason = reason;
  }
}

/** What `read` returns. @throws EnvelopeError, also in place of a DerError */
export function envelopeErrorsOf<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    const isBound = error.reason === 'tooLong' || error.reason === 'tooMany';
    throw new EnvelopeError(isBound ? 'tooLarge' : 'malformed', error.message);
  }
}
