import type { PlatformId, Scene } from './ca-bridge.d.ts';

/** Sites that run the flow of a platform themselves (`SITE-DRIVER.md`): types of the site API, free of dependencies. */

/** How a QR stands. */
export type SiteState = 'waiting' | 'scanned' | 'identified' | 'confirmed' | 'refused' | 'expired';

/** What a QR is asked for; `documents` as the client on this PC read them, empty for `login`. */
export interface SiteRequest {
  scene: Scene;
  documents: { name: string; size: number; sm3: string }[];
  /** Of scene `decrypt`. */
  purpose?: 'check' | 'rehearse' | 'open' | undefined;
  /** Of scene `decrypt`: 04 ‖ x ‖ y, base64. Give it to a platform that can wrap keys to it. */
  oneTimeKey?: string | undefined;
}

/** A QR of the platform's front server. */
export interface SiteQr {
  /** The front server's id of this QR: letters, digits, `-`, `_`, at most 64. */
  businessId: string;
  /** Text that the QR encodes. */
  qr: string;
  /** Seconds, only where the front server gave them. */
  expiresIn?: number | undefined;
}

/** Who scanned; base64 DER. */
export interface SiteIdentity {
  certificate: string;
  /** Issuers without the root. */
  chain: string[];
  encryptionCertificate?: string | undefined;
  /** SESeal of GB/T 38540; empty where nothing is sealed. */
  seals: string[];
}

/** The envelope of one encrypted file. */
export interface SiteEnvelope {
  /** Of the encrypted file: one of the request's documents. */
  sm3: string;
  /** ContentInfo with EnvelopedData of GM/T 0010, base64 DER. */
  envelope: string;
}

/** A content key: `wrapped` to the request's one-time key (SM2Cipher, DER), or `bare`; base64. */
export interface SiteKey {
  form: 'wrapped' | 'bare';
  key: string;
}

/**
 * The flow of a platform as the site runs it, each step over its own back end. A step that rejects ends the request
 * with SITE_FLOW_FAILED, but `state` is tried again for 15 seconds. Every signal aborts when the request ends.
 */
export interface SiteFlow {
  readonly platform: PlatformId;
  /**
   * A QR for this request; with `after` a new one in place of that business id. Within 30 seconds. The same
   * `openingId` is to give the same QR.
   */
  open(
    request: SiteRequest,
    options: {
      readonly after?: string | undefined;
      readonly openingId: string;
      readonly signal: AbortSignal;
    },
  ): Promise<SiteQr>;
  /** Resolves once the state is another than `after`, or after a while with the same. */
  state(
    businessId: string,
    after: 'waiting' | 'scanned' | 'identified',
    signal: AbortSignal,
  ): Promise<SiteState>;
  /** After `identified`, in all scenes but `login`. */
  identity?(businessId: string, signal: AbortSignal): Promise<SiteIdentity>;
  /** Hands over what is to be signed, base64, one for each document. */
  submit?(businessId: string, toBeSigned: readonly string[], signal: AbortSignal): Promise<void>;
  /** After `confirmed`: one signature for each, DER SEQUENCE { r, s }, base64. */
  signatures?(businessId: string, signal: AbortSignal): Promise<string[]>;
  /** 授权解密: hands up one envelope for each file that the certificate can open. */
  envelopes?(businessId: string, envelopes: readonly SiteEnvelope[], signal: AbortSignal): Promise<void>;
  /** After `confirmed`: one content key for each envelope, null where it could not be opened. */
  keys?(businessId: string, signal: AbortSignal): Promise<(SiteKey | null)[]>;
  /** Nobody waits for this business id any more. */
  cancel?(businessId: string): unknown;
}
