/**
 * - `unsupportedVersion`: not version 2
 * - `unsupportedSignature`: not signed with SM2 and SM3
 * - `algorithmMismatch`: the signed and the unsigned signature algorithm differ
 * - `unknownCritical`: a critical extension, of the list or of an entry, that is not understood here; delta lists too
 * - `unsupportedScope`: an indirect list, one of some reasons only, of attribute certificates, or of a relative name
 */
export type RevocationListErrorReason =
  | 'unsupportedVersion'
  | 'unsupportedSignature'
  | 'algorithmMismatch'
  | 'unknownCritical'
  | 'unsupportedScope';

export class RevocationListError extends Error {
  readonly reason: RevocationListErrorReason;

  constructor(reason: RevocationListErrorReason) {
    super(reason);
    this.name = 'RevocationListError';
    this.reason = reason;
  }
}
