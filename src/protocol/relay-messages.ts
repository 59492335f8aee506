import * as v from 'valibot';
import { base64CertificateSchema, base64ChainSchema, base64Schema, base64SignatureSchema } from './base64.ts';
import { documentNameSchema } from './documents.ts';
import { countLimits, sizeLimits } from './limits.ts';
import { sceneSchema } from './scenes.ts';

/**
 * Extension ⇄ front server, relay protocol v1: the extension's half of `src/platforms/RELAY-PROTOCOL.md`. Unknown
 * members are ignored, so that a front server may say more; known ones are bounded.
 */
export const relayProtocol = 'ca-bridge-relay/1';

const businessIdSchema = v.pipe(v.string(), v.maxLength(sizeLimits.businessId), v.regex(/^[\w-]{16,}$/));

/** Answer to `POST /sessions` and `POST /sessions/{businessId}/renew`. */
export const relaySessionSchema = v.object({
  protocol: v.literal(relayProtocol),
  businessId: businessIdSchema,
  /** Bearer secret of the extension's further requests. */
  secret: v.pipe(v.string(), v.regex(/^[\w-]{22,128}$/)),
  /** Text that the QR encodes. */
  qr: v.pipe(v.string(), v.maxLength(sizeLimits.qrContent), v.regex(/^[\x21-\x7e]+$/)),
  /** Seconds from this answer until the QR expires; absent where the platform sets no limit. */
  expiresIn: v.optional(v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(600))),
});

export type RelaySession = v.InferOutput<typeof relaySessionSchema>;

const relayEventSchema = v.object({
  /** 1, 2, 3 … within one business id. */
  sequence: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000)),
  type: v.picklist(['scanned', 'identified', 'confirmed', 'refused', 'expired', 'cancelled']),
});

export type RelayEvent = v.InferOutput<typeof relayEventSchema>;

/** Answer to `GET /sessions/{businessId}/events?after=N&wait=SECONDS`. */
export const relayEventsSchema = v.object({
  businessId: businessIdSchema,
  events: v.pipe(v.array(relayEventSchema), v.maxLength(50)),
});

/** Answer to `GET /sessions/{businessId}/result`; `result` is decoded by scene. */
export const relayResultSchema = v.object({ businessId: businessIdSchema, result: v.unknown() });

/** Answer to `GET /sessions/{businessId}/identity`. */
export const relayIdentitySchema = v.object({
  businessId: businessIdSchema,
  certificate: base64CertificateSchema,
  chain: base64ChainSchema,
  /** In scenes `encrypt` and `decrypt`: the other half of the pair; absent where the phone has none. */
  encryptionCertificate: v.optional(base64CertificateSchema),
  seals: v.pipe(
    v.array(
      v.object({
        id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
        name: documentNameSchema,
        /** SESeal (GB/T 38540), base64 DER. */
        seal: base64Schema(sizeLimits.base64Seal),
      }),
    ),
    v.maxLength(countLimits.seals),
    v.check((seals) => new Set(seals.map(({ id }) => id)).size === seals.length, 'one id twice'),
  ),
});

export type RelaySeal = v.InferOutput<typeof relayIdentitySchema>['seals'][number];

/** The `result` of a signing scene. */
export const relaySignaturesSchema = v.object({
  format: v.literal('ca-bridge-signatures/1'),
  businessId: businessIdSchema,
  origin: v.pipe(v.string(), v.maxLength(sizeLimits.origin)),
  scene: sceneSchema,
  certificate: base64CertificateSchema,
  signatures: v.pipe(v.array(base64SignatureSchema), v.maxLength(countLimits.documents)),
});

/** The `result` of scene `decrypt`: one content key for each request to open, in their order. */
export const relayKeysSchema = v.object({
  format: v.literal('ca-bridge-keys/1'),
  businessId: businessIdSchema,
  origin: v.pipe(v.string(), v.maxLength(sizeLimits.origin)),
  scene: v.literal('decrypt'),
  certificate: base64CertificateSchema,
  /** SM2Cipher (GM/T 0009 §7.2) to the session's one-time key, base64 DER; null where the phone could not open it. */
  keys: v.pipe(
    v.array(v.nullable(base64Schema(sizeLimits.base64WrappedKey))),
    v.maxLength(countLimits.documents),
  ),
});

/** Body of every answer with a status of 400 and above. */
export const relayErrorSchema = v.object({
  error: v.object({
    code: v.pipe(v.string(), v.maxLength(60)),
    message: v.optional(v.pipe(v.string(), v.maxLength(500))),
  }),
});
