import * as v from 'valibot';
import { base64CertificateSchema, base64ChainSchema, base64Schema } from './base64.ts';
import {
  bidFormatSchema,
  bidRecipientsSchema,
  bidWarningSchema,
  fileFactsSchema,
  milliseconds,
  recipientSchema,
} from './bids.ts';
import { isErrorCode, type ErrorCode } from './error-codes.ts';
import { countLimits, sizeLimits } from './limits.ts';
import { fileIdSchema as fileId } from './native-messages.ts';
import { trustSchema } from './signature-methods.ts';

/**
 * What the encryption client serves beyond the runtime's methods. A content key is made in the client, leaves it in
 * envelopes only, and comes back wrapped to a one-time key that is in the client's memory and nowhere else: a client
 * that was started again knows no opening of an earlier one.
 */
const errorCodeSchema = v.custom<ErrorCode>(isErrorCode);
const filesSchema = v.pipe(v.array(fileId), v.minLength(1), v.maxLength(countLimits.documents));
const openingIdSchema = v.pipe(v.string(), v.regex(/^[\w-]{22}$/));

/** The bidder's encryption certificate with its issuers. */
const encryptionCertificateSchema = v.strictObject({
  certificate: base64CertificateSchema,
  chain: base64ChainSchema,
});

export const encryptionMethods = {
  /**
   * Who would be able to open, judged as `encrypt` judges: refuses by the codes `RECIPIENT_…`. Gives the bidder's own
   * first.
   */
  'recipients.inspect': {
    params: v.strictObject({
      own: encryptionCertificateSchema,
      further: v.pipe(v.array(base64CertificateSchema), v.maxLength(countLimits.recipients - 1)),
      trust: trustSchema,
    }),
    result: v.strictObject({ recipients: bidRecipientsSchema }),
  },
  /** Encrypts a file, reads the result back and checks it. Progress counts bytes of both passes. */
  encrypt: {
    params: v.strictObject({
      file: fileId,
      format: bidFormatSchema,
      own: encryptionCertificateSchema,
      further: v.pipe(v.array(base64CertificateSchema), v.maxLength(countLimits.recipients - 1)),
      trust: trustSchema,
      encryptedAt: milliseconds,
    }),
    result: v.strictObject({
      file: fileId,
      plain: fileFactsSchema,
      cipher: fileFactsSchema,
      recipients: bidRecipientsSchema,
    }),
  },
  /** Reads the header of an encrypted file, without any key: refuses by the codes `BID_…`. */
  'bid.inspect': {
    params: v.strictObject({ file: fileId }),
    result: v.strictObject({
      format: bidFormatSchema,
      /** Bytes of the plaintext; absent where the format does not say. */
      plainSize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      recipients: bidRecipientsSchema,
    }),
  },
  /** Makes a one-time SM2 key pair, which the client forgets when it ends. */
  'opening.create': {
    params: v.strictObject({}),
    result: v.strictObject({
      opening: openingIdSchema,
      /** 04 ‖ x ‖ y, base64. */
      oneTimeKey: base64Schema(88),
    }),
  },
  /**
   * Which of the files the certificate can open. With `opening`, gives one request for the phone for each file that can
   * be opened (in their order, `RELAY-PROTOCOL.md`); `OPENING_UNKNOWN` where the client has no such key.
   */
  'opening.prepare': {
    params: v.strictObject({
      files: filesSchema,
      own: encryptionCertificateSchema,
      trust: trustSchema,
      /** Absent: judged for now. */
      openingTime: v.optional(milliseconds),
      opening: v.optional(openingIdSchema),
    }),
    result: v.strictObject({
      certificate: recipientSchema,
      /** One for each file. */
      bids: v.array(
        v.variant('ok', [
          v.strictObject({
            ok: v.literal(true),
            warnings: v.array(bidWarningSchema),
            /** Base64 DER; absent without `opening`. */
            request: v.optional(base64Schema(sizeLimits.base64OpeningRequest)),
          }),
          v.strictObject({ ok: v.literal(false), code: errorCodeSchema }),
        ]),
      ),
    }),
  },
  /**
   * Opens one file by the key that the phone wrapped to the opening's one-time key, and checks every byte. `write`:
   * gives the plaintext as a file. Goes on where an earlier process of the same session was killed.
   * Refuses with `OPENING_UNKNOWN`, `BID_…`.
   */
  'opening.open': {
    params: v.strictObject({
      opening: openingIdSchema,
      file: fileId,
      /** SM2Cipher, base64 DER. */
      key: base64Schema(sizeLimits.base64WrappedKey),
      write: v.boolean(),
    }),
    result: v.strictObject({
      plain: fileFactsSchema,
      /** By the encrypting machine's clock; absent where the format does not say. */
      encryptedAt: v.optional(milliseconds),
      /** Present with `write`. */
      file: v.optional(fileId),
    }),
  },
} as const;

export type EncryptionMethod = keyof typeof encryptionMethods;
export type EncryptionParams<M extends EncryptionMethod> = v.InferOutput<
  (typeof encryptionMethods)[M]['params']
>;
export type EncryptionResult<M extends EncryptionMethod> = v.InferOutput<
  (typeof encryptionMethods)[M]['result']
>;
