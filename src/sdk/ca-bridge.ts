import { servesVersion } from '../protocol/api-version.ts';
import type { LoginToken } from '../protocol/login-token.ts';
import type { Capabilities, LoginParams } from '../protocol/page-messages.ts';
import { ownError } from './bridge-error.ts';
import { findBridge } from './find-bridge.ts';
import { createPortClient, type CallOptions } from './port-client.ts';
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

export { BridgeError } from './bridge-error.ts';
export type { ErrorCode } from '../protocol/error-codes.ts';
export type { PlatformId } from '../protocol/platform-ids.ts';
export type { SessionState } from '../protocol/session-states.ts';
export type { ProposedPlace, SealFormat } from '../protocol/seal-places.ts';
export type { Signer } from '../protocol/documents.ts';
export type {
  CallOptions,
  Capabilities,
  FilesToSeal,
  FileToRevoke,
  LoginParams,
  LoginToken,
  MessageToSign,
  SignedFile,
  SignedFiles,
};

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
    signMessage: (params, options) => asBridgeError(signMessage(client, params, options)),
    seal: (params, options) => asBridgeError(seal(client, params, options)),
    revokeSeal: (params, options) => asBridgeError(revokeSeal(client, params, options)),
    close: client.close,
  } satisfies Bridge);
}
