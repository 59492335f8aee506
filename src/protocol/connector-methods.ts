import * as v from 'valibot';
import { base64CertificateSchema, base64Schema, base64SignatureSchema } from './base64.ts';
import { countLimits, sizeLimits } from './limits.ts';
import { localServiceAddresses } from './local-service-addresses.ts';
import type { MethodMap } from './native-messages.ts';

export { localServiceAddresses, type LocalServiceAddress } from './local-service-addresses.ts';

/**
 * What both clients serve of vendors' local services. A connector speaks one vendor's wire from inside the client;
 * the PIN is typed into the vendor's own window and never passes here. Errors: `VENDOR_…`.
 */
export const connectorIds = [
  /** BJCA's XTXSApp, for 云优采(北京CA). */
  'xtx',
] as const;
export type ConnectorId = (typeof connectorIds)[number];
const connector = v.picklist(connectorIds);

/** A vendor's own name of a key container. */
const keyIdSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const toBeSigned = base64Schema(sizeLimits.base64ToBeSigned);

/** A certificate pair in a vendor's key or service. */
export const vendorKeySchema = v.strictObject({
  id: keyIdSchema,
  name: v.pipe(v.string(), v.maxLength(200)),
  /** Signing certificate, base64 DER. */
  certificate: base64CertificateSchema,
  /** Encryption certificate, base64 DER. */
  encryptionCertificate: v.optional(base64CertificateSchema),
});
export type VendorKey = v.InferOutput<typeof vendorKeySchema>;

const connectionSchema = v.pipe(v.string(), v.regex(/^[\w-]{22}$/));
const messageSchema = v.pipe(v.string(), v.maxLength(sizeLimits.localServiceMessage));

export const connectorMethods = {
  /** Is the vendor's service there, and which version? Ends within `timeLimits.vendorProbe`. */
  'vendor.probe': {
    params: v.strictObject({ connector }),
    result: v.strictObject({ version: v.pipe(v.string(), v.maxLength(60)) }),
  },
  /** The certificates that the service has; `VENDOR_KEY_MISSING` where there is none. */
  'vendor.list': {
    params: v.strictObject({ connector }),
    result: v.strictObject({
      keys: v.pipe(v.array(vendorKeySchema), v.minLength(1), v.maxLength(countLimits.vendorKeys)),
    }),
  },
  /**
   * Lets the vendor's window ask for the PIN, unless it was entered before. Bounded by `timeLimits.confirmation`;
   * `VENDOR_LOGIN_REFUSED` when the user closes that window or the PIN is wrong.
   */
  'vendor.login': {
    params: v.strictObject({ connector, key: keyIdSchema }),
    result: v.strictObject({}),
  },
  /**
   * SM2 signatures (base64 DER SEQUENCE { r, s }) over each content, made by the service and verified here under the
   * key's certificate with the standard user id; `SIGNATURE_MISMATCH` where one does not hold.
   */
  'vendor.sign': {
    params: v.strictObject({
      connector,
      key: keyIdSchema,
      certificate: base64CertificateSchema,
      contents: v.pipe(v.array(toBeSigned), v.minLength(1), v.maxLength(countLimits.documents)),
    }),
    result: v.strictObject({ signatures: v.array(base64SignatureSchema) }),
  },
  /**
   * Opens what `opening.prepare` gave, and wraps each content key to the one-time key at once; null where the service
   * could not open it. Of the encryption client alone.
   */
  'vendor.open': {
    params: v.strictObject({
      connector,
      key: keyIdSchema,
      requests: v.pipe(
        v.array(base64Schema(sizeLimits.base64OpeningRequest)),
        v.minLength(1),
        v.maxLength(countLimits.documents),
      ),
      /** 04 ‖ x ‖ y, base64. */
      oneTimeKey: base64Schema(88),
    }),
    result: v.strictObject({ keys: v.array(v.nullable(base64Schema(sizeLimits.base64WrappedKey))) }),
  },
  /** Opens a connection to one of the listed addresses for a page; at most `countLimits.localServiceConnections`. */
  'service.connect': {
    params: v.strictObject({ address: v.picklist(localServiceAddresses) }),
    result: v.strictObject({ connection: connectionSchema }),
  },
  /** Sends one text; of the http addresses one request, whose reply `service.receive` gives. */
  'service.send': {
    params: v.strictObject({ connection: connectionSchema, text: messageSchema }),
    result: v.strictObject({}),
  },
  /** Waits for at most `timeLimits.eventPoll` for what came in since, in order. */
  'service.receive': {
    params: v.strictObject({ connection: connectionSchema }),
    result: v.strictObject({
      messages: v.pipe(v.array(messageSchema), v.maxLength(countLimits.localServiceMessages)),
      /** The service has closed the connection: nothing more will come. */
      closed: v.boolean(),
    }),
  },
  'service.close': {
    params: v.strictObject({ connection: connectionSchema }),
    result: v.strictObject({}),
  },
} as const satisfies MethodMap;
