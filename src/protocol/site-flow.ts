import * as v from 'valibot';
import { base64CertificateSchema, base64ChainSchema, base64Schema, base64SignatureSchema } from './base64.ts';
import { openingPurposes } from './bids.ts';
import { documentDigestSchema, sm3HexSchema } from './documents.ts';
import { countLimits, sizeLimits } from './limits.ts';
import { scenes } from './scenes.ts';
import type { SiteQuestion } from './page-wire-names.ts';

/**
 * Driver `site`: the page runs the flow of its platform through its own back end, and answers what the extension asks
 * of it. The extension shows the QR, checks where it leads, and runs the clients. Questions may come twice, word for
 * word, after the worker was restarted: the SDK gives the same answer again.
 */
const businessIdSchema = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
const requestSchema = v.strictObject({
  scene: v.picklist(scenes),
  /** As the client read them; empty for `login`. */
  documents: v.pipe(v.array(documentDigestSchema), v.maxLength(countLimits.documents)),
  /** Of scene `decrypt`. */
  purpose: v.optional(v.picklist(openingPurposes)),
  /** 04 ‖ x ‖ y, base64: the client's one-time key, where the platform can wrap keys to it. */
  oneTimeKey: v.optional(base64Schema(88)),
});
const shownSchema = v.strictObject({
  businessId: businessIdSchema,
  /** Text that the QR encodes. */
  qr: v.pipe(v.string(), v.minLength(1), v.maxLength(sizeLimits.observedQrContent)),
  /** Seconds, only where the front server gave them. */
  expiresIn: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(86_400))),
});

/** How a QR stands. `identified` comes in all scenes but `login`, once `identity` can be answered. */
export const siteStates = ['waiting', 'scanned', 'identified', 'confirmed', 'refused', 'expired'] as const;
export type SiteState = (typeof siteStates)[number];

export const siteQuestions = {
  /** A QR for this request from the site's front server; with `after` a new one in place of that business id. */
  open: {
    params: v.strictObject({
      request: requestSchema,
      after: v.optional(businessIdSchema),
      /** Of this one QR: a repetition with the same is to give the same QR. */
      openingId: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
    }),
    answer: shownSchema,
  },
  /** Resolves when the state is another than `after`; asked again otherwise. */
  state: {
    params: v.strictObject({
      businessId: businessIdSchema,
      after: v.picklist(['waiting', 'scanned', 'identified']),
    }),
    answer: v.strictObject({ state: v.picklist(siteStates) }),
  },
  /** Who scanned: certificates and seals (SESeal of GB/T 38540), base64 DER. Of all scenes but `login`. */
  identity: {
    params: v.strictObject({ businessId: businessIdSchema }),
    answer: v.strictObject({
      certificate: base64CertificateSchema,
      chain: base64ChainSchema,
      encryptionCertificate: v.optional(base64CertificateSchema),
      seals: v.pipe(v.array(base64Schema(sizeLimits.base64Seal)), v.maxLength(countLimits.seals)),
    }),
  },
  /** Hands the bytes to be signed to the front server (it, or the site, hashes them); resolves when it has them. */
  submit: {
    params: v.strictObject({
      businessId: businessIdSchema,
      toBeSigned: v.array(base64Schema(sizeLimits.base64ToBeSigned)),
    }),
    answer: v.strictObject({}),
  },
  /** After `confirmed`: one signature (DER SEQUENCE { r, s }) for each. */
  signatures: {
    params: v.strictObject({ businessId: businessIdSchema }),
    answer: v.strictObject({
      signatures: v.pipe(v.array(base64SignatureSchema), v.maxLength(countLimits.documents)),
    }),
  },
  /** 授权解密, envelopes up: one for each file that the certificate can open; resolves when the front server has them. */
  envelopes: {
    params: v.strictObject({
      businessId: businessIdSchema,
      envelopes: v.array(
        v.strictObject({
          /** Of the encrypted file: one of the request's documents. */
          sm3: sm3HexSchema,
          /** ContentInfo with EnvelopedData (GM/T 0010), base64 DER. */
          envelope: base64Schema(sizeLimits.base64OpeningRequest),
        }),
      ),
    }),
    answer: v.strictObject({}),
  },
  /** After `confirmed`, keys down: for each envelope the content key, null where it could not be opened. */
  keys: {
    params: v.strictObject({ businessId: businessIdSchema }),
    answer: v.strictObject({
      keys: v.pipe(
        v.array(
          v.nullable(
            v.variant('form', [
              /** Wrapped to the one-time key of the request: SM2Cipher, DER. */
              v.strictObject({ form: v.literal('wrapped'), key: base64Schema(sizeLimits.base64WrappedKey) }),
              /** As the published flow gives it: the bare key. The extension wraps it before it is stored. */
              v.strictObject({ form: v.literal('bare'), key: base64Schema(128) }),
            ]),
          ),
        ),
        v.maxLength(countLimits.documents),
      ),
    }),
  },
  /** Nobody waits for this business id any more; nothing is waited for. */
  cancel: { params: v.strictObject({ businessId: businessIdSchema }), answer: v.strictObject({}) },
} as const satisfies Record<SiteQuestion, { params: v.GenericSchema; answer: v.GenericSchema }>;

export type { SiteQuestion };
export type SiteQuestionParams<Q extends SiteQuestion> = v.InferOutput<(typeof siteQuestions)[Q]['params']>;
export type SiteAnswer<Q extends SiteQuestion> = v.InferOutput<(typeof siteQuestions)[Q]['answer']>;
