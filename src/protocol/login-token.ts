import * as v from 'valibot';
import { base64CertificateSchema, base64ChainSchema, base64SignatureSchema } from './base64.ts';
import { sizeLimits } from './limits.ts';

/**
 * What `login` returns: proof that the holder of a signing certificate answered this site's challenge.
 * The signature covers SM3(origin) ‖ SM3(challenge) ‖ scene ‖ businessId, see `gm/login-token.ts`.
 */
export const loginTokenSchema = v.strictObject({
  format: v.literal('ca-bridge-login/1'),
  algorithm: v.literal('SM2-SM3'),
  scene: v.literal('login'),
  /** Id of the relay session, given by the front server; part of what is signed. */
  businessId: v.pipe(v.string(), v.minLength(1), v.maxLength(sizeLimits.businessId), v.regex(/^[\w-]+$/)),
  /** The origin that the phone showed and signed. A claim for diagnosis: the verifier uses its own. */
  origin: v.pipe(v.string(), v.maxLength(sizeLimits.origin)),
  /** Signing certificate, base64 DER. */
  certificate: base64CertificateSchema,
  /** Issuers from the certificate's own upward, base64 DER, without the root. */
  chain: base64ChainSchema,
  /** SEQUENCE { r, s } (GM/T 0009 §7.3), base64 DER; default user id. */
  signature: base64SignatureSchema,
});

export type LoginToken = v.InferOutput<typeof loginTokenSchema>;
