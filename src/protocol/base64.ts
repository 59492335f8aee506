import * as v from 'valibot';
import { countLimits, sizeLimits } from './limits.ts';

/** Standard base64 of at least one byte, at most `length` characters. */
export function base64Schema(length: number) {
  return v.pipe(v.string(), v.maxLength(length), v.regex(/^[A-Za-z0-9+/]+={0,2}$/));
}

/** A certificate, base64 DER. */
export const base64CertificateSchema = base64Schema(sizeLimits.base64Certificate);

/** SEQUENCE { r, s } (GM/T 0009 §7.3), base64 DER. */
export const base64SignatureSchema = base64Schema(sizeLimits.base64Signature);

/** Issuers from a certificate's own upward, base64 DER, without the root. */
export const base64ChainSchema = v.pipe(
  v.array(base64CertificateSchema),
  v.maxLength(sizeLimits.chainLength),
);

/** Base64 DER of authorities that the site trusts, for the judgement of this request's certificates alone. */
export const trustAnchorsSchema = v.optional(
  v.pipe(v.array(base64CertificateSchema), v.maxLength(countLimits.trustAnchors)),
);
