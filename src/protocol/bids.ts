import * as v from 'valibot';
import { blobSchema, documentNameSchema, sm3HexSchema } from './documents.ts';
import { countLimits, sizeLimits } from './limits.ts';

/** What a request of scene `decrypt` is for. */
export const openingPurposes = ['check', 'rehearse', 'open'] as const;
/**
 * `check`: can this phone open these files, asked days before (no key is opened); `rehearse` (开标演练): the envelopes
 * are opened and every byte is checked, nothing is written; `open`: the files are decrypted.
 */
export type OpeningPurpose = (typeof openingPurposes)[number];
export const openingPurposeSchema = v.picklist(openingPurposes);

export const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(253_402_300_799_000));

/** A certificate to which a bid is encrypted, as people are shown it. */
export const recipientSchema = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(200)),
  organization: v.optional(v.pipe(v.string(), v.maxLength(200))),
  creditCode: v.optional(v.pipe(v.string(), v.maxLength(18))),
  /** Lower-case hexadecimal. */
  serialNumber: v.pipe(v.string(), v.regex(/^[0-9a-f]{2,64}$/)),
  /** SM3 of the certificate's DER, lower-case hexadecimal. */
  fingerprint: sm3HexSchema,
  /** Milliseconds since the epoch. */
  notBefore: milliseconds,
  notAfter: milliseconds,
});

export type Recipient = v.InferOutput<typeof recipientSchema>;

const byteCount = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 47));

/** A file by name, size and SM3 digest. */
export const fileFactsSchema = v.strictObject({
  name: documentNameSchema,
  size: byteCount,
  sm3: sm3HexSchema,
});

export type FileFacts = v.InferOutput<typeof fileFactsSchema>;

/** `bid`: the format of `src/clients/encryption/FORMAT.md`; `enveloped`: a plain EnvelopedData of GM/T 0010. */
export const bidFormatSchema = v.picklist(['bid', 'enveloped']);
export type BidFormat = v.InferOutput<typeof bidFormatSchema>;

/** What the user keeps of an encryption. */
export const receiptSchema = v.strictObject({
  /** UUID. */
  id: v.pipe(v.string(), v.uuid()),
  /** Origin of the asking site, as the browser vouches for it. */
  site: v.pipe(v.string(), v.maxLength(sizeLimits.origin)),
  /** Milliseconds since the epoch. */
  encryptedAt: milliseconds,
  /** As the site gave it. */
  openingTime: v.optional(milliseconds),
  format: bidFormatSchema,
  plain: fileFactsSchema,
  cipher: fileFactsSchema,
  /** The bidder's own certificate first. */
  recipients: v.pipe(v.array(recipientSchema), v.minLength(1), v.maxLength(countLimits.recipients)),
});

export type Receipt = v.InferOutput<typeof receiptSchema>;

/** What the page gets of `encrypt`: one output a document, in their order; no bytes where the user keeps them. */
export const encryptedDocumentsSchema = v.strictObject({
  outputs: v.array(v.strictObject({ receipt: receiptSchema, blob: v.optional(blobSchema) })),
});

export type EncryptedDocuments = v.InferOutput<typeof encryptedDocumentsSchema>;

/** What is worth knowing of a file that can be opened all the same. */
export const bidWarnings = [
  /** The phone's certificate was renewed since, with the same key. */
  'CERTIFICATE_RENEWED',
  /** It ends before the opening time. */
  'CERTIFICATE_ENDS_BEFORE_OPENING',
  /** It has ended. */
  'CERTIFICATE_EXPIRED',
  /** Revoked by its authority; what was encrypted to it before can still be opened by its key. */
  'CERTIFICATE_REVOKED',
] as const;
export type BidWarning = (typeof bidWarnings)[number];
export const bidWarningSchema = v.picklist(bidWarnings);

/** Who can open a file, as its header says. */
export const bidRecipientsSchema = v.pipe(v.array(recipientSchema), v.maxLength(countLimits.recipients));
