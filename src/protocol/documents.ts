import * as v from 'valibot';
import { isBlob, type BlobLike } from '../lib/blob-like.ts';
import { sizeLimits } from './limits.ts';

export const sm3HexSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const byteCount = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(sizeLimits.documentBytes));

/**
 * A document's name as people are shown it: no control and no direction-changing characters, so that what stands on
 * window and phone is what it looks like.
 */
export const documentNameSchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(sizeLimits.documentName),
  v.regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u),
);

/** Bytes on their way between page, extension and back: a File or Blob, whose bytes stay where they are. */
export const blobSchema = v.pipe(
  v.custom<BlobLike>(isBlob),
  v.check(({ size }) => size <= sizeLimits.documentBytes, 'too large'),
);

/** A document as it is handed over. */
export const documentSchema = v.strictObject({ name: documentNameSchema, blob: blobSchema });

/** What is known of a document before anybody is asked to sign it: the client has read it whole. */
export const documentDigestSchema = v.strictObject({
  name: documentNameSchema,
  size: byteCount,
  /** SM3 of its bytes, lower-case hexadecimal. */
  sm3: sm3HexSchema,
});

export type DocumentDigest = v.InferOutput<typeof documentDigestSchema>;

/** Who signed, as the signing certificate says. */
export const signerSchema = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(200)),
  organization: v.optional(v.pipe(v.string(), v.maxLength(200))),
  creditCode: v.optional(v.pipe(v.string(), v.maxLength(18))),
  /** Lower-case hexadecimal. */
  serialNumber: v.pipe(v.string(), v.regex(/^[0-9a-f]{2,64}$/)),
});

export type Signer = v.InferOutput<typeof signerSchema>;

/** What the page gets back of a signing scene: one output a document, in their order. */
export const signedDocumentsSchema = v.strictObject({
  outputs: v.array(
    v.strictObject({ name: documentNameSchema, size: byteCount, sm3: sm3HexSchema, blob: blobSchema }),
  ),
  signer: signerSchema,
});

export type SignedDocuments = v.InferOutput<typeof signedDocumentsSchema>;
