/**
 * Types of the site API, free of dependencies: what a site's own build reads. A test keeps them equal to the
 * types that the SDK is compiled from.
 */

export type PlatformId = 'zhongzhao-hulian' | 'yue-qi-qian';

export type Scene = 'login' | 'messageSignature' | 'signature' | 'revokeSignature' | 'encrypt' | 'decrypt';

export type SessionState =
  | 'requested'
  | 'awaitingConsent'
  | 'preparing'
  | 'awaitingScan'
  | 'scanned'
  | 'confirmed'
  | 'completing'
  | 'expired'
  | 'succeeded'
  | 'cancelled'
  | 'failed';

export type ErrorCode =
  | 'USER_CANCELLED'
  | 'USER_REFUSED'
  | 'QR_EXPIRED'
  | 'CONFIRMATION_TIMEOUT'
  | 'TOO_MANY_DISMISSALS'
  | 'BAD_REQUEST'
  | 'REQUEST_ABORTED'
  | 'PAGE_GONE'
  | 'ORIGIN_NOT_ALLOWED'
  | 'FRAME_NOT_ALLOWED'
  | 'INSECURE_CONTEXT'
  | 'SESSION_BUSY'
  | 'TOO_MANY_REQUESTS'
  | 'API_VERSION_TOO_OLD'
  | 'TOKEN_MALFORMED'
  | 'TOKEN_ORIGIN_MISMATCH'
  | 'TOKEN_SIGNATURE_INVALID'
  | 'CHALLENGE_UNKNOWN'
  | 'CHALLENGE_STALE'
  | 'CHALLENGE_REUSED'
  | 'CERTIFICATE_MALFORMED'
  | 'CERTIFICATE_NOT_YET_VALID'
  | 'CERTIFICATE_EXPIRED'
  | 'CERTIFICATE_UNTRUSTED'
  | 'CERTIFICATE_KEY_USAGE'
  | 'PLATFORM_NOT_CONFIGURED'
  | 'POLICY_INVALID'
  | 'FRONT_SERVER_UNREACHABLE'
  | 'FRONT_SERVER_TIMEOUT'
  | 'FRONT_SERVER_BUSY'
  | 'FRONT_SERVER_FAILED'
  | 'FRONT_SERVER_PROTOCOL'
  | 'FRONT_SERVER_REFUSED'
  | 'RESULT_MISMATCH'
  | 'CLIENT_NOT_FOUND'
  | 'CLIENT_FORBIDDEN'
  | 'CLIENT_BLOCKED'
  | 'CLIENT_EXITED'
  | 'CLIENT_PROTOCOL'
  | 'CLIENT_TIMEOUT'
  | 'STORAGE_UNAVAILABLE'
  | 'WINDOW_UNAVAILABLE'
  | 'BRIDGE_NOT_INSTALLED'
  | 'BRIDGE_NOT_RESPONDING'
  | 'BRIDGE_RELOAD_NEEDED'
  | 'BRIDGE_INTERNAL';

/** The one kind of error that the SDK rejects with; `message` is a sentence for the user. */
export declare class BridgeError extends Error {
  readonly code: ErrorCode;
  /** Whether the same call can succeed when it is made again. */
  readonly retry: boolean;
  constructor(error: { code: ErrorCode; message: string; retry: boolean });
}

export interface Capabilities {
  /** Version of the site API. */
  api: string;
  /** Version of the extension. */
  extension: string;
  /** What can be asked for, and through which driver and platform. */
  scenes: { scene: Scene; driver: 'relay'; platform: PlatformId }[];
}

export interface LoginParams {
  /** 16 to 1,024 printable ASCII characters, unguessable, from the site's back end, single use. */
  challenge: string;
  /** Leave it out to let the deployment or the user choose. */
  platform?: PlatformId | undefined;
}

/** Proof for the site's back end; only its verifier can say whose. */
export interface LoginToken {
  format: 'ca-bridge-login/1';
  algorithm: 'SM2-SM3';
  scene: 'login';
  businessId: string;
  origin: string;
  certificate: string;
  chain: string[];
  signature: string;
}

export interface CallOptions {
  /** Ends the request: the window closes, the front server is told, the promise rejects with REQUEST_ABORTED. */
  readonly signal?: AbortSignal;
  /** Told of each state that the request enters, in order. */
  readonly onState?: (state: SessionState) => void;
}

export interface ConnectOptions {
  /** Least version of the site API that the page needs, `major.minor.patch`. */
  readonly apiVersion?: string;
  readonly signal?: AbortSignal;
}

export interface Bridge {
  readonly capabilities: Capabilities;
  login(params: LoginParams, options?: CallOptions): Promise<LoginToken>;
  /** Ends all open requests. */
  close(): void;
}

/** Finds the bridge on this page; BRIDGE_NOT_INSTALLED comes within 500 ms. */
export declare function connectBridge(options?: ConnectOptions): Promise<Bridge>;
