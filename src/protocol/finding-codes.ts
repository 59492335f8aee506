/**
 * What a finding does to the verdict:
 * - `info`: nothing
 * - `warning`: at best valid with warnings
 * - `unknown`: it cannot be told whether the signature holds
 * - `error`: the signature does not hold
 */
export const findingSeverities = ['info', 'warning', 'unknown', 'error'] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

export type FindingGroup = 'document' | 'content' | 'certificate' | 'seal' | 'change';

interface FindingKind {
  readonly group: FindingGroup;
  readonly severity: FindingSeverity;
}

const kind = <Group extends FindingGroup>(group: Group, severity: FindingSeverity) => ({ group, severity });

/**
 * The closed list of what verification can find, by what it is about. Texts are in `verification-findings.ts`; a
 * code without texts does not compile.
 */
export const findingCodes = {
  // The file as a whole.
  nothingSigned: kind('document', 'unknown'),
  unknownFileKind: kind('document', 'unknown'),
  fileDamaged: kind('document', 'unknown'),
  fileEncrypted: kind('document', 'unknown'),
  fileTooLarge: kind('document', 'unknown'),
  fileUnsupported: kind('document', 'unknown'),
  packageAmbiguous: kind('document', 'error'),
  packageUnsafePath: kind('document', 'error'),
  packageForbiddenXml: kind('document', 'unknown'),

  // What was signed, and whether the signature is over it.
  signatureMalformed: kind('content', 'error'),
  signatureInvalid: kind('content', 'error'),
  digestMismatch: kind('content', 'error'),
  contentMissing: kind('content', 'unknown'),
  contentMismatch: kind('content', 'error'),
  contentAmbiguous: kind('content', 'error'),
  signerMissing: kind('content', 'error'),
  algorithmUnsupported: kind('content', 'unknown'),
  signatureFormatUnsupported: kind('content', 'unknown'),
  byteRangeInvalid: kind('content', 'error'),
  byteRangeNotFromStart: kind('content', 'error'),
  byteRangeGap: kind('content', 'error'),
  byteRangeOutsideFile: kind('content', 'error'),
  byteRangeNotWholeRevision: kind('content', 'error'),
  signatureFieldAmbiguous: kind('content', 'error'),
  partMissing: kind('content', 'error'),
  partNotCovered: kind('content', 'error'),
  referenceInvalid: kind('content', 'error'),
  signedTimeIsSignersWord: kind('content', 'info'),
  signedTimeMissing: kind('content', 'info'),
  signedTimeInFuture: kind('content', 'error'),
  timeStampNotChecked: kind('content', 'info'),

  // Who signed.
  certificateMissing: kind('certificate', 'unknown'),
  certificateMalformed: kind('certificate', 'error'),
  certificateNotYetValid: kind('certificate', 'error'),
  certificateExpiredAtSigning: kind('certificate', 'error'),
  certificateExpiredNow: kind('certificate', 'warning'),
  certificateExpiredTimeUnknown: kind('certificate', 'unknown'),
  certificateSubstituted: kind('certificate', 'error'),
  wrongKeyUsage: kind('certificate', 'error'),
  chainUntrusted: kind('certificate', 'error'),
  noTrustAnchors: kind('certificate', 'unknown'),
  revoked: kind('certificate', 'error'),
  revokedSinceSigning: kind('certificate', 'warning'),
  revocationUnknown: kind('certificate', 'warning'),
  revocationStale: kind('certificate', 'warning'),

  // The seal that was used.
  sealMalformed: kind('seal', 'error'),
  sealNotYetValid: kind('seal', 'error'),
  sealExpired: kind('seal', 'error'),
  sealExpiredNow: kind('seal', 'warning'),
  sealForAnotherCertificate: kind('seal', 'error'),
  sealMakerSignatureInvalid: kind('seal', 'error'),
  sealMakerUntrusted: kind('seal', 'error'),
  sealMakerUnknown: kind('seal', 'unknown'),
  sealMakerWrongKeyUsage: kind('seal', 'error'),
  sealMakerRevoked: kind('seal', 'error'),

  // What happened to the file since.
  changedAfterBySeal: kind('change', 'info'),
  changedAfterByValidationData: kind('change', 'info'),
  changedAfterInMetadata: kind('change', 'warning'),
  changedAfterInForm: kind('change', 'warning'),
  changedAfterByAnnotation: kind('change', 'warning'),
  changedAfterOnPage: kind('change', 'error'),
  changedAfterToSignature: kind('change', 'error'),
  changedAfterOtherwise: kind('change', 'error'),
  changedAfterUnknown: kind('change', 'unknown'),
} as const satisfies Record<string, FindingKind>;

export type FindingCode = keyof typeof findingCodes;
