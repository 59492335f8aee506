/**
 * Types of the site API, free of dependencies: what a site's own build reads. A test keeps them equal to the
 * types that the SDK is compiled from.
 */

import type {
  BidFormat,
  BidWarning,
  EncryptedFile,
  EncryptedFiles,
  FileFacts,
  FilesToCheck,
  FilesToDecrypt,
  FilesToEncrypt,
  OpenedFile,
  OpenedFiles,
  Receipt,
  Recipient,
} from './bids.d.ts';
import type { ErrorCode } from './error-codes.d.ts';
import type {
  SiteEnvelope,
  SiteFlow,
  SiteIdentity,
  SiteKey,
  SiteQr,
  SiteRequest,
  SiteState,
} from './site-flow.d.ts';

export type {
  BidFormat,
  BidWarning,
  EncryptedFile,
  EncryptedFiles,
  ErrorCode,
  FileFacts,
  FilesToCheck,
  FilesToDecrypt,
  FilesToEncrypt,
  OpenedFile,
  OpenedFiles,
  Receipt,
  Recipient,
  SiteEnvelope,
  SiteFlow,
  SiteIdentity,
  SiteKey,
  SiteQr,
  SiteRequest,
  SiteState,
};

export type PlatformId = 'zhongzhao-hulian' | 'yue-qi-qian' | 'yun-you-cai';

export type Scene = 'login' | 'messageSignature' | 'signature' | 'revokeSignature' | 'encrypt' | 'decrypt';

export type SessionState =
  | 'requested'
  | 'awaitingConsent'
  | 'preparing'
  | 'awaitingScan'
  | 'scanned'
  | 'arranging'
  | 'signing'
  | 'confirmed'
  | 'completing'
  | 'expired'
  | 'succeeded'
  | 'cancelled'
  | 'failed';

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
  scenes: { scene: Scene; driver: 'relay' | 'site' | 'mirror' | 'local'; platform: PlatformId }[];
}

export interface LoginParams {
  /** 16 to 1,024 printable ASCII characters, unguessable, from the site's back end, single use. */
  challenge: string;
  /** Leave it out to let the deployment or the user choose. */
  platform?: PlatformId | undefined;
}

/** What `showLogin` shows. */
export interface LoginToShow {
  readonly flow: SiteFlow;
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

interface SigningOptions {
  /** Leave it out to let the deployment or the user choose. */
  readonly platform?: PlatformId | undefined;
  /** Where the site runs the platform's flow itself; its platform counts then. */
  readonly flow?: SiteFlow | undefined;
  /** Authorities that the signer's certificate may come from besides the deployment's, base64 DER. */
  readonly trustAnchors?: string[] | undefined;
}

export type MessageToSign = SigningOptions & {
  /** Whether the result carries the content, or only the signature over it. */
  readonly form: 'attached' | 'detached';
} & (
    | {
        /** Shown to the user, signed as UTF-8. */
        readonly text: string;
      }
    | { readonly file: File }
  );

/** Where a seal goes, in PDF points from the lower left corner of the page as displayed, to the seal's middle. */
export type ProposedPlace =
  | { kind: 'point'; page: number; x: number; y: number }
  | { kind: 'allPages'; x: number; y: number }
  /** 骑缝章: in slices across the pages' right edges. */
  | { kind: 'seam'; y: number; firstPage?: number | undefined; lastPage?: number | undefined }
  /** Over each occurrence of a text, or only over one of them, counted from 1. */
  | {
      kind: 'keyword';
      text: string;
      occurrence?: number | undefined;
      dx?: number | undefined;
      dy?: number | undefined;
    };

export type SealFormat = 'cms' | 'ses';

export interface FilesToSeal extends SigningOptions {
  readonly files: readonly { readonly file: File; readonly places?: ProposedPlace[] | undefined }[];
  /** SM2 CMS (`cms`, the default) or SES_Signature of GB/T 38540 (`ses`). */
  readonly format?: SealFormat | undefined;
}

export interface FileToRevoke extends SigningOptions {
  readonly file: File;
}

/** Who signed, as the signing certificate says. */
export interface Signer {
  name: string;
  organization?: string | undefined;
  creditCode?: string | undefined;
  /** Lower-case hexadecimal. */
  serialNumber: string;
}

export interface SignedFile {
  readonly file: File;
  /** SM3 of its bytes, lower-case hexadecimal. */
  readonly sm3: string;
  readonly signer: Signer;
}

export interface SignedFiles {
  readonly files: readonly { readonly file: File; readonly sm3: string }[];
  readonly signer: Signer;
}

export interface Bridge {
  readonly capabilities: Capabilities;
  login(params: LoginParams, options?: CallOptions): Promise<LoginToken>;
  /** Shows the QR of a login that the site runs itself; resolves when its flow says `confirmed`. */
  showLogin(params: LoginToShow, options?: CallOptions): Promise<void>;
  /** Signs a text, or a file of any size: SignedData of GM/T 0010 (DER). */
  signMessage(params: MessageToSign, options?: CallOptions): Promise<SignedFile>;
  /** Seals up to 20 PDF files with one scan; the given files stay as they are. */
  seal(params: FilesToSeal, options?: CallOptions): Promise<SignedFiles>;
  /** Takes back the user's own last seal of a PDF. */
  revokeSeal(params: FileToRevoke, options?: CallOptions): Promise<SignedFile>;
  /** Encrypts up to 20 files of any size on this PC to the encryption certificate on the phone. */
  encrypt(params: FilesToEncrypt, options?: CallOptions): Promise<EncryptedFiles>;
  /** Opens up to 20 encrypted files with one scan; resolves when at least one was opened. */
  decrypt(params: FilesToDecrypt, options?: CallOptions): Promise<OpenedFiles>;
  /** 开标演练: opens the envelopes, checks every byte, gives no plaintext. */
  rehearse(params: FilesToCheck, options?: CallOptions): Promise<OpenedFiles>;
  /** Whether the phone in hand will open the files; a scan, no PIN. */
  readiness(params: FilesToCheck, options?: CallOptions): Promise<OpenedFiles>;
  /** Ends all open requests. */
  close(): void;
}

/** Finds the bridge on this page; BRIDGE_NOT_INSTALLED comes within 500 ms. */
export declare function connectBridge(options?: ConnectOptions): Promise<Bridge>;
