import { servesVersion } from '../protocol/api-version.ts';
import type { LoginToken } from '../protocol/login-token.ts';
import type { Capabilities, LoginParams } from '../protocol/page-messages.ts';
import {
  checkBids,
  decrypt,
  encrypt,
  type EncryptedFile,
  type EncryptedFiles,
  type FilesToCheck,
  type FilesToDecrypt,
  type FilesToEncrypt,
  type OpenedFile,
  type OpenedFiles,
} from './bids.ts';
import { ownError } from './bridge-error.ts';
import { findBridge } from './find-bridge.ts';
import { createPortClient, type CallOptions, type PortClient } from './port-client.ts';
import {
  asBridgeError,
  revokeSeal,
  seal,
  signMessage,
  type FilesToSeal,
  type FileToRevoke,
  type MessageToSign,
  type SignedFile,
  type SignedFiles,
} from './signing.ts';
import type { SiteEnvelope, SiteFlow, SiteIdentity, SiteKey, SiteQr, SiteRequest } from './site-flow.ts';

export { BridgeError } from './bridge-error.ts';
export type { ErrorCode } from '../protocol/error-codes.ts';
export type { PlatformId } from '../protocol/platform-ids.ts';
export type { SessionState } from '../protocol/session-states.ts';
export type { SiteState } from '../protocol/site-flow.ts';
export type { ProposedPlace, SealFormat } from '../protocol/seal-places.ts';
export type { Signer } from '../protocol/documents.ts';
export type { BidFormat, BidWarning, FileFacts, Receipt, Recipient } from '../protocol/bids.ts';
export type {
  CallOptions,
  Capabilities,
  EncryptedFile,
  EncryptedFiles,
  FilesToCheck,
  FilesToDecrypt,
  FilesToEncrypt,
  FilesToSeal,
  FileToRevoke,
  LoginParams,
  LoginToken,
  MessageToSign,
  OpenedFile,
  OpenedFiles,
  SignedFile,
  SignedFiles,
  SiteEnvelope,
  SiteFlow,
  SiteIdentity,
  SiteKey,
  SiteQr,
  SiteRequest,
};

/** What `showLogin` shows. */
export interface LoginToShow {
  readonly flow: SiteFlow;
}

export interface ConnectOptions {
  /** Least version of the site API that the page needs, `major.minor.patch`. */
  readonly apiVersion?: string;
  readonly signal?: AbortSignal;
}

export interface Bridge {
  /** What this bridge can do, frozen. */
  readonly capabilities: Capabilities;
  /**
   * Asks the user to log in by scanning. `challenge`: 16 to 1,024 printable ASCII characters, unguessable, from
   * the site's back end, single use. Give the token to that back end: only its verifier can say who it is.
   * @throws BridgeError
   */
  login(params: LoginParams, options?: CallOptions): Promise<LoginToken>;
  /**
   * Shows the QR of a login that the site runs itself; resolves when its flow says `confirmed`. Who logged in is known
   * to the site's back end alone.
   * @throws BridgeError QR_HOST_FOREIGN, SITE_FLOW_…, …
   */
  showLogin(params: LoginToShow, options?: CallOptions): Promise<void>;
  /**
   * Asks the user to sign a text, or a file of any size. Resolves with a SignedData of GM/T 0010 (DER), named after
   * the file with `.p7s`.
   * @throws BridgeError
   */
  signMessage(params: MessageToSign, options?: CallOptions): Promise<SignedFile>;
  /**
   * Asks the user to seal up to 20 PDF files with one scan. The user sees the proposed places and may move them.
   * Resolves with the sealed files in the same order; the given ones stay as they are.
   * @throws BridgeError
   */
  seal(params: FilesToSeal, options?: CallOptions): Promise<SignedFiles>;
  /**
   * Asks the user to take back their own last seal of a PDF. Resolves with the file as it was before that seal.
   * @throws BridgeError SEAL_NOT_YOURS, SEAL_NOT_LAST, SEAL_NOT_FOUND, …
   */
  revokeSeal(params: FileToRevoke, options?: CallOptions): Promise<SignedFile>;
  /**
   * Asks the user to encrypt up to 20 files of any size to the encryption certificate on the phone. The bytes are
   * encrypted on this PC and read back before it resolves.
   * @throws BridgeError RECIPIENT_…, DISK_FULL, …
   */
  encrypt(params: FilesToEncrypt, options?: CallOptions): Promise<EncryptedFiles>;
  /**
   * Asks the user to open up to 20 encrypted files with one scan. Resolves when at least one was opened, and says of
   * each what became of it.
   * @throws BridgeError when none could be opened: the first one's code
   */
  decrypt(params: FilesToDecrypt, options?: CallOptions): Promise<OpenedFiles>;
  /** 开标演练: opens the envelopes and checks every byte, and gives no plaintext. @throws BridgeError as `decrypt` */
  rehearse(params: FilesToCheck, options?: CallOptions): Promise<OpenedFiles>;
  /**
   * Asks for a scan and says of each encrypted file whether the phone in hand will open it; needs no PIN. Resolves
   * also when it opens none.
   * @throws BridgeError
   */
  readiness(params: FilesToCheck, options?: CallOptions): Promise<OpenedFiles>;
  /** Ends all open requests. */
  close(): void;
}

/**
 * Finds the bridge on this page. Frozen result; no global is used or left.
 * @throws BridgeError BRIDGE_NOT_INSTALLED within 500 ms, API_VERSION_TOO_OLD, INSECURE_CONTEXT,
 *   FRAME_NOT_ALLOWED, REQUEST_ABORTED, BRIDGE_NOT_RESPONDING, ORIGIN_NOT_ALLOWED
 */
export async function connectBridge({ apiVersion, signal }: ConnectOptions = {}): Promise<Bridge> {
  const client = createPortClient(await findBridge(signal));
  const capabilities = await client.call('capabilities', {}, signal === undefined ? {} : { signal });
  if (apiVersion !== undefined && !servesVersion(capabilities.api, apiVersion)) {
    client.close();
    throw ownError('API_VERSION_TOO_OLD');
  }
  for (const scene of capabilities.scenes) Object.freeze(scene);
  Object.freeze(capabilities.scenes);
  return Object.freeze({
    capabilities: Object.freeze(capabilities),
    login: (params, options) => client.call('login', params, options),
    showLogin: (params, options) => asBridgeError(showLogin(client, params, options)),
    signMessage: (params, options) => asBridgeError(signMessage(client, params, options)),
    seal: (params, options) => asBridgeError(seal(client, params, options)),
    revokeSeal: (params, options) => asBridgeError(revokeSeal(client, params, options)),
    encrypt: (params, options) => asBridgeError(encrypt(client, params, options)),
    decrypt: (params, options) => asBridgeError(decrypt(client, params, options)),
    rehearse: (params, options) => asBridgeError(checkBids(client, 'rehearse', params, options)),
    readiness: (params, options) => asBridgeError(checkBids(client, 'readiness', params, options)),
    close: client.close,
  } satisfies Bridge);
}

async function showLogin(client: PortClient, { flow }: LoginToShow, options?: CallOptions): Promise<void> {
  await client.call('showLogin', { site: { platform: flow.platform } }, options, flow);
}
