import * as v from 'valibot';
import { base64CertificateSchema, trustAnchorsSchema } from './base64.ts';
import {
  bidFormatSchema,
  bidRecipientsSchema,
  bidWarningSchema,
  fileFactsSchema,
  milliseconds,
  recipientSchema,
} from './bids.ts';
import { blobSchema, documentNameSchema, documentSchema } from './documents.ts';
import { countLimits } from './limits.ts';
import { platformIdSchema } from './platform-ids.ts';
import { siteSchema } from './site-wire.ts';
import { wireErrorSchema } from './wire-error-schema.ts';

const documentsSchema = v.pipe(v.array(documentSchema), v.minLength(1), v.maxLength(countLimits.documents));

/** Where what was written goes: back to the page, or to a place that the user picks in the window. */
const deliverySchema = v.picklist(['page', 'user']);

export const encryptParamsSchema = v.strictObject({
  documents: documentsSchema,
  /** When the bids will be opened, milliseconds since the epoch: the user is warned of a certificate that ends before. */
  openingTime: v.optional(milliseconds),
  /** Further certificates that can open the files (the trading centre's), base64 DER. */
  recipients: v.optional(v.pipe(v.array(base64CertificateSchema), v.maxLength(countLimits.recipients - 1))),
  /** `bid` unless told. */
  format: v.optional(bidFormatSchema),
  /** `page` unless told. */
  deliver: v.optional(deliverySchema),
  platform: v.optional(platformIdSchema),
  site: v.optional(siteSchema),
  trustAnchors: trustAnchorsSchema,
});

export type EncryptParams = v.InferOutput<typeof encryptParamsSchema>;

export const decryptParamsSchema = v.strictObject({
  documents: documentsSchema,
  /** `page` unless told. */
  deliver: v.optional(deliverySchema),
  platform: v.optional(platformIdSchema),
  site: v.optional(siteSchema),
  trustAnchors: trustAnchorsSchema,
});

export type DecryptParams = v.InferOutput<typeof decryptParamsSchema>;

/** Of `readiness` and `rehearse`: nothing is delivered but what was found. */
export const bidCheckParamsSchema = v.strictObject({
  documents: documentsSchema,
  openingTime: v.optional(milliseconds),
  platform: v.optional(platformIdSchema),
  site: v.optional(siteSchema),
  trustAnchors: trustAnchorsSchema,
});

export type BidCheckParams = v.InferOutput<typeof bidCheckParamsSchema>;

/**
 * What became of one encrypted file. `recipients`: whose certificates can open it, as its header says; empty where it
 * has none that can be read.
 */
export const openedBidSchema = v.variant('ok', [
  v.strictObject({
    ok: v.literal(true),
    /** The encrypted file's own name. */
    name: documentNameSchema,
    recipients: bidRecipientsSchema,
    warnings: v.array(bidWarningSchema),
    /** What was in it; absent in `readiness`, which opens nothing. */
    plain: v.optional(fileFactsSchema),
    /** When it was encrypted, milliseconds since the epoch, by the bidder's clock; as `plain`. */
    encryptedAt: v.optional(milliseconds),
    /** Of `decrypt`, unless the user keeps the file. */
    blob: v.optional(blobSchema),
  }),
  v.strictObject({
    ok: v.literal(false),
    name: documentNameSchema,
    recipients: bidRecipientsSchema,
    error: wireErrorSchema,
  }),
]);

export type OpenedBid = v.InferOutput<typeof openedBidSchema>;

/** What the page gets of `decrypt`, `rehearse` and `readiness`: one a document, in their order. */
export const openedBidsSchema = v.strictObject({
  bids: v.array(openedBidSchema),
  /** The phone's encryption certificate; absent where it has none. */
  certificate: v.optional(recipientSchema),
});

export type OpenedBids = v.InferOutput<typeof openedBidsSchema>;
