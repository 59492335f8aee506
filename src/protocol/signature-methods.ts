import * as v from 'valibot';
import { base64CertificateSchema, base64ChainSchema, base64Schema, base64SignatureSchema } from './base64.ts';
import { signerSchema, sm3HexSchema } from './documents.ts';
import { countLimits, sizeLimits } from './limits.ts';
import { fileIdSchema as fileId } from './native-messages.ts';
import { sealFormatSchema, sealPlacesSchema } from './seal-places.ts';
import { verificationReportSchema } from './verification.ts';

/**
 * What the signature client serves beyond the runtime's methods. Each scene has two halves around the phone: `prepare`
 * gives the bytes that the phone signs, `complete` verifies what it answered and writes the document. Both are pure
 * functions of document and parameters, so that a client that was started again gives the same bytes.
 */
const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(253_402_300_799_000));

/** Whose key signs: the certificate that the user confirmed on the phone. */
export const signerCertificateSchema = v.strictObject({
  certificate: base64CertificateSchema,
  chain: base64ChainSchema,
});

export type SignerCertificate = v.InferOutput<typeof signerCertificateSchema>;

/** Whom to trust; without anchors a chain is not judged. */
export const trustSchema = v.strictObject({
  /** Authorities, base64 DER. */
  anchors: v.pipe(v.array(base64CertificateSchema), v.maxLength(countLimits.trustAnchors)),
  /**
   * Further authorities, as a page named them: trusted for its own request, but where they send for their lists nobody
   * is asked, for a page chooses no address that a client fetches.
   */
  siteAnchors: v.optional(v.pipe(v.array(base64CertificateSchema), v.maxLength(countLimits.trustAnchors))),
  /** Revocation lists may be fetched from where trusted certificates say. */
  online: v.boolean(),
});

export type Trust = v.InferOutput<typeof trustSchema>;

const toBeSignedSchema = base64Schema(sizeLimits.base64ToBeSigned);
const preparedSchema = v.strictObject({ toBeSigned: toBeSignedSchema, signer: signerSchema });

const outputSchema = v.strictObject({
  file: fileId,
  size: v.pipe(v.number(), v.integer(), v.minValue(0)),
  sm3: sm3HexSchema,
});

const messageEntries = {
  file: fileId,
  form: v.picklist(['attached', 'detached']),
  signer: signerCertificateSchema,
  trust: trustSchema,
  signingTime: milliseconds,
};

const sealEntries = {
  file: fileId,
  format: sealFormatSchema,
  signer: signerCertificateSchema,
  trust: trustSchema,
  signingTime: milliseconds,
  /** SESeal, base64 DER: the phone's seal that the user picked. */
  seal: base64Schema(sizeLimits.base64Seal),
  places: sealPlacesSchema,
};

const revokeEntries = {
  file: fileId,
  signer: signerCertificateSchema,
  trust: trustSchema,
  signingTime: milliseconds,
};

const answerEntries = { toBeSigned: toBeSignedSchema, signature: base64SignatureSchema };

export const signatureMethods = {
  'message.prepare': { params: v.strictObject(messageEntries), result: preparedSchema },
  'message.complete': {
    params: v.strictObject({ ...messageEntries, ...answerEntries }),
    result: outputSchema,
  },
  /** Can this PDF be sealed? Refuses by the codes `DOCUMENT_…` where it cannot. */
  'seal.inspect': {
    params: v.strictObject({ file: fileId }),
    result: v.strictObject({
      pages: v.pipe(v.number(), v.integer(), v.minValue(1)),
      /** Signatures that are there already. */
      signatures: v.pipe(v.number(), v.integer(), v.minValue(0)),
    }),
  },
  'seal.prepare': { params: v.strictObject(sealEntries), result: preparedSchema },
  'seal.complete': { params: v.strictObject({ ...sealEntries, ...answerEntries }), result: outputSchema },
  /** Whose seal would be removed? Refuses by the codes `SEAL_…` where none can be. */
  'revoke.inspect': {
    params: v.strictObject({ file: fileId }),
    result: v.strictObject({
      signer: v.optional(signerSchema),
      /** Bytes of the earlier revision that stays. */
      keptSize: v.pipe(v.number(), v.integer(), v.minValue(0)),
      signatures: v.pipe(v.number(), v.integer(), v.minValue(1)),
    }),
  },
  'revoke.prepare': { params: v.strictObject(revokeEntries), result: preparedSchema },
  'revoke.complete': { params: v.strictObject({ ...revokeEntries, ...answerEntries }), result: outputSchema },
  verify: {
    params: v.strictObject({
      file: fileId,
      /** What a detached message is over. */
      content: v.optional(fileId),
      trust: trustSchema,
    }),
    result: verificationReportSchema,
  },
} as const;

export type SignatureMethod = keyof typeof signatureMethods;
export type SignatureParams<M extends SignatureMethod> = v.InferOutput<
  (typeof signatureMethods)[M]['params']
>;
export type SignatureResult<M extends SignatureMethod> = v.InferOutput<
  (typeof signatureMethods)[M]['result']
>;
