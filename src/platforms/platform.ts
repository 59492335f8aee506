import type { AbortSignalLike } from '../lib/abort-signal-like.ts';
import type { DocumentDigest, Signer } from '../protocol/documents.ts';
import type { OpeningPurpose } from '../protocol/bids.ts';
import type { Driver } from '../protocol/drivers.ts';
import type { Locale } from '../protocol/errors.ts';
import type { LoginToken } from '../protocol/login-token.ts';
import type { PlatformId } from '../protocol/platform-ids.ts';
import type { Scene } from '../protocol/scenes.ts';
import type { SealChoice } from '../protocol/ui-messages.ts';

/** One HTTP exchange, bounded in time and size. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Bearer secret, sent as `Authorization`. */
  readonly secret?: string;
  /** JSON body. */
  readonly body?: object;
  readonly timeoutMs: number;
  /** Bytes of the largest answer that is read; `sizeLimits.frontServerAnswerBytes` unless told. */
  readonly maxBytes?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** What keeps an exchange from giving an answer. */
export type HttpFailure = 'unreachable' | 'timeout' | 'tooLarge' | 'aborted';

export type HttpOutcome = HttpAnswer | { readonly failure: HttpFailure };

/** Everything of the outside world that a platform may use. */
export interface PlatformEnvironment {
  /** Base address of this platform's front server, from the configuration. */
  readonly frontServer: string;
  http(request: HttpRequest, signal: AbortSignalLike): Promise<HttpOutcome>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds, or at once when `signal` aborts. */
  pause(ms: number, signal: AbortSignalLike): Promise<void>;
}

/** What the user is asked to confirm. */
export interface LoginRequest {
  readonly scene: 'login';
  /** As the browser vouches for it. */
  readonly origin: string;
  readonly challenge: string;
}

export const signingScenes = ['messageSignature', 'signature', 'revokeSignature'] as const;
export type SigningScene = (typeof signingScenes)[number];

interface WithDocuments {
  /** As the browser vouches for it. */
  readonly origin: string;
  /** As the client read them, at least one. */
  readonly documents: readonly DocumentDigest[];
}

export interface SigningRequest extends WithDocuments {
  readonly scene: SigningScene;
}

export interface EncryptionRequest extends WithDocuments {
  readonly scene: 'encrypt';
}

export type OpeningRequest = WithDocuments & { readonly scene: 'decrypt' } & (
    | { readonly purpose: 'check' }
    | {
        readonly purpose: Exclude<OpeningPurpose, 'check'>;
        /** 04 ‖ x ‖ y, base64: the client's, to which the phone wraps what it opens. The QR binds it. */
        readonly oneTimeKey: string;
      }
  );

/** A request about documents: the phone says who it is before anything else. */
export type DocumentsRequest = SigningRequest | EncryptionRequest | OpeningRequest;

export type RelayRequest = LoginRequest | DocumentsRequest;

/** Who scanned: the phone's signing certificate, and the seals that it may use. */
export interface SignerIdentity {
  /** Base64 DER. */
  readonly certificate: string;
  /** Issuers without the root, base64 DER. */
  readonly chain: readonly string[];
  /** What the certificate says of its holder. */
  readonly signer: Signer;
  readonly seals: readonly OfferedSeal[];
  /** Base64 DER: the pair's other certificate, in scenes `encrypt` and `decrypt`, where the phone has one. */
  readonly encryptionCertificate?: string;
}

/** A seal of the phone, read and shown; the client judges it before it is used. */
export interface OfferedSeal extends Omit<SealChoice, 'usable'> {
  /** SESeal (GB/T 38540), base64 DER. */
  readonly der: string;
  /** Its validity and its list of certificates allow the identity's certificate to use it now. */
  readonly usable: boolean;
}

/** A session at a front server: enough to go on with it after the worker was stopped. */
export interface RelayHandle {
  readonly businessId: string;
  /** Bearer secret for this business id. */
  readonly secret: string;
  /** Text that the QR encodes. */
  readonly qr: string;
  /** Two decimal digits. */
  readonly matchingNumber: string;
  /** Milliseconds since the epoch on this machine's clock; absent where the platform gives none. */
  readonly expiresAt?: number;
}

export type RelayEventType = 'scanned' | 'identified' | 'confirmed' | 'refused' | 'expired' | 'cancelled';

export interface NumberedRelayEvent {
  readonly sequence: number;
  readonly type: RelayEventType;
}

/**
 * A certificate app platform that speaks through a front server. All calls reject with a CodedError of the
 * groups `platform` and `user`, and end within their stated bound.
 */
export interface Platform {
  readonly id: PlatformId;
  readonly name: Readonly<Record<Locale, string>>;
  /** Hotline as the platform publishes it. */
  readonly hotline?: string;
  readonly offers: readonly { readonly scene: Scene; readonly driver: Driver }[];

  /** Opens a session; `requestId` makes a repetition harmless. Within `timeLimits.preparation`. */
  open(
    request: RelayRequest,
    requestId: string,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<RelayHandle>;
  /** A new business id and QR for the same request; the old id is dead. Within `timeLimits.preparation`. */
  renew(
    handle: RelayHandle,
    request: RelayRequest,
    requestId: string,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<RelayHandle>;
  /**
   * Events with a sequence above `after`, in order and without a gap; waits for at most one long-poll and may
   * give none. Transient failures are retried for `timeLimits.preparation`.
   */
  events(
    handle: RelayHandle,
    after: number,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<readonly NumberedRelayEvent[]>;
  /** The confirmed session's result, checked to belong to `request`. Within `timeLimits.result`. */
  result(
    handle: RelayHandle,
    request: LoginRequest,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<LoginToken>;
  /**
   * After `identified`: who scanned. Refuses what is no SM2 certificate (`SIGNER_UNREADABLE`) or no seal
   * (`FRONT_SERVER_PROTOCOL`). Within `timeLimits.result`.
   */
  identity(
    handle: RelayHandle,
    request: DocumentsRequest,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<SignerIdentity>;
  /**
   * Hands over what the phone is to sign, one for each document, or which envelopes it is to open, one for each that
   * it can; base64. Repeating the same is harmless. Within `timeLimits.preparation`.
   * @returns two decimal digits that the phone shows too, bound to exactly these bytes
   */
  submit(
    handle: RelayHandle,
    request: SigningRequest | OpeningRequest,
    toBeSigned: readonly string[],
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<string>;
  /**
   * After `confirmed`: one signature (base64 DER SEQUENCE { r, s }) for each document, under the certificate of
   * `identity`, else `RESULT_MISMATCH`; that they hold is for the client to verify. Within `timeLimits.result`.
   */
  signatures(
    handle: RelayHandle,
    request: SigningRequest,
    identity: SignerIdentity,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<readonly string[]>;
  /**
   * After `confirmed` of scene `decrypt`: for each of the `count` requests to open the content key, wrapped to the
   * session's one-time key (base64 DER SM2Cipher), or null where the phone could not open it; under the encryption
   * certificate of `identity`, else `RESULT_MISMATCH`. Within `timeLimits.result`.
   */
  keys(
    handle: RelayHandle,
    request: OpeningRequest,
    identity: SignerIdentity,
    count: number,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<readonly (string | null)[]>;
  /** Tells the front server that nobody waits any more. Best effort, within `timeLimits.frontServerExchange`. */
  cancel(handle: RelayHandle, environment: PlatformEnvironment, signal: AbortSignalLike): Promise<void>;
}
