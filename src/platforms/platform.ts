import type { AbortSignalLike } from '../lib/abort-signal-like.ts';
import type { OpeningPurpose } from '../protocol/bids.ts';
import type { VendorKey } from '../protocol/connector-methods.ts';
import type { DocumentDigest, Signer } from '../protocol/documents.ts';
import type { Driver } from '../protocol/drivers.ts';
import type { Locale } from '../protocol/errors.ts';
import type { LoginToken } from '../protocol/login-token.ts';
import type { PlatformId } from '../protocol/platform-ids.ts';
import type { Scene } from '../protocol/scenes.ts';
import type { SealChoice } from '../protocol/ui-messages.ts';
import type { PlatformEnvironment } from './platform-environment.ts';

export type {
  HttpAnswer,
  HttpFailure,
  HttpOutcome,
  HttpRequest,
  PlatformEnvironment,
} from './platform-environment.ts';

/** What the user is asked to confirm. */
export interface LoginRequest {
  readonly scene: 'login';
  /** As the browser vouches for it. */
  readonly origin: string;
  /** Empty for driver `site`, whose login is between the site and its front server. */
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

/** A session at a platform: enough to go on with it after the worker was stopped. */
export interface PlatformHandle {
  readonly businessId: string;
  /** Bearer secret for this business id; empty where nobody asks for one. */
  readonly secret: string;
  /** Text that the QR encodes; absent for driver `local`. */
  readonly qr?: string;
  /** Two decimal digits; absent where no phone shows any. */
  readonly matchingNumber?: string;
  /** Milliseconds since the epoch on this machine's clock; absent where the platform gives none. */
  readonly expiresAt?: number;
  /** Of driver `local`: the keys to choose from. */
  readonly keys?: readonly VendorKey[];
  /** Of driver `local`: the id of the key that the user has chosen, which is that driver's scan. */
  readonly key?: string;
}

/** A session that begins with a QR. */
export interface RelayHandle extends PlatformHandle {
  readonly qr: string;
}

/** A session whose QR the extension has bound to its request: the phone shows the same number. */
export interface NumberedHandle extends RelayHandle {
  readonly matchingNumber: string;
}

/** A session with a vendor's local service. */
export interface LocalHandle extends PlatformHandle {
  readonly keys: readonly VendorKey[];
}

export type RelayEventType = 'scanned' | 'identified' | 'confirmed' | 'refused' | 'expired' | 'cancelled';

export interface NumberedRelayEvent {
  readonly sequence: number;
  readonly type: RelayEventType;
}

/**
 * A certificate app platform, as one driver reaches it: by its front server (`RelayPlatform`), by the page that runs
 * its flow (`site/`), or by a vendor's local service (`local/`). All calls reject with a CodedError, and end within
 * their stated bound or, where the page or the service answers, when `signal` aborts.
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
  ): Promise<PlatformHandle>;
  /** A new business id and QR for the same request; the old id is dead. Within `timeLimits.preparation`. */
  renew(
    handle: PlatformHandle,
    request: RelayRequest,
    requestId: string,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<PlatformHandle>;
  /**
   * Events with a sequence above `after`, in order and without a gap; waits for at most one long-poll and may
   * give none. Transient failures are retried for `timeLimits.preparation`. Of driver `local`: waits while the vendor's
   * window asks for the PIN, and is asked after the key was chosen (1) and after `submit` (2) alone.
   */
  events(
    handle: PlatformHandle,
    after: number,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<readonly NumberedRelayEvent[]>;
  /**
   * The confirmed session's result, checked to belong to `request`; undefined for driver `site`, which gives none.
   * Within `timeLimits.result`.
   */
  result(
    handle: PlatformHandle,
    request: LoginRequest,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<LoginToken | undefined>;
  /**
   * After `identified`: who scanned. Refuses what is no SM2 certificate (`SIGNER_UNREADABLE`) or no seal
   * (`FRONT_SERVER_PROTOCOL`). Within `timeLimits.result`.
   */
  identity(
    handle: PlatformHandle,
    request: DocumentsRequest,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<SignerIdentity>;
  /**
   * Hands over what the phone is to sign, one for each document, or which envelopes it is to open, one for each that
   * it can; base64. Repeating the same is harmless. Within `timeLimits.preparation`.
   * @returns two decimal digits that the phone shows too, bound to exactly these bytes; undefined where it shows none
   */
  submit(
    handle: PlatformHandle,
    request: SigningRequest | OpeningRequest,
    toBeSigned: readonly string[],
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<string | undefined>;
  /**
   * After `confirmed`: one signature (base64 DER SEQUENCE { r, s }) for each document, under the certificate of
   * `identity`, else `RESULT_MISMATCH`; that they hold is for the client to verify. Within `timeLimits.result`.
   */
  signatures(
    handle: PlatformHandle,
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
    handle: PlatformHandle,
    request: OpeningRequest,
    identity: SignerIdentity,
    count: number,
    environment: PlatformEnvironment,
    signal: AbortSignalLike,
  ): Promise<readonly (string | null)[]>;
  /** Tells the front server that nobody waits any more. Best effort, within `timeLimits.frontServerExchange`. */
  cancel(handle: PlatformHandle, environment: PlatformEnvironment, signal: AbortSignalLike): Promise<void>;
}

/** A platform whose sessions all begin with a QR. */
export interface QrPlatform extends Platform {
  open(...asked: Parameters<Platform['open']>): Promise<RelayHandle>;
  renew(...asked: Parameters<Platform['renew']>): Promise<RelayHandle>;
}

/** A platform reached by its front server: there always are a number, and a result that is checked here. */
export interface RelayPlatform extends QrPlatform {
  open(...asked: Parameters<Platform['open']>): Promise<NumberedHandle>;
  renew(...asked: Parameters<Platform['renew']>): Promise<NumberedHandle>;
  result(...asked: Parameters<Platform['result']>): Promise<LoginToken>;
  submit(...asked: Parameters<Platform['submit']>): Promise<string>;
}
