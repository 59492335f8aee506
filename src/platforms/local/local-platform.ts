import type { AbortSignalLike } from '../../lib/abort-signal-like.ts';
import { toBase64 } from '../../lib/bytes.ts';
import { loginSignatureInput } from '../../gm/login-token.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { ConnectorId, VendorKey } from '../../protocol/connector-methods.ts';
import type { LoginToken } from '../../protocol/login-token.ts';
import type { Scene } from '../../protocol/scenes.ts';
import type { LocalHandle, Platform, PlatformHandle, RelayEventType } from '../platform.ts';
import { readSignerCertificate, signerOf } from '../read-signer.ts';
import { localScenes } from './local-scenes.ts';
import type { VendorChannel } from './vendor-channel.ts';

export interface LocalPlatformParts extends Pick<Platform, 'id' | 'name' | 'hotline'> {
  readonly connector: ConnectorId;
  readonly channel: VendorChannel;
  /** Of the session. */
  readonly scene: Scene;
  /** What the session's record has of `submit`, base64: nothing of a session is kept here. */
  readonly submitted: () => readonly string[];
}

/** A platform whose certificates are in a vendor's local service on this machine. */
export interface LocalPlatform extends Platform {
  open(...asked: Parameters<Platform['open']>): Promise<LocalHandle>;
  renew(...asked: Parameters<Platform['renew']>): Promise<LocalHandle>;
  result(...asked: Parameters<Platform['result']>): Promise<LoginToken>;
}

/**
 * Reaches a vendor's service over `channel`. There is no QR: `open` gives the keys, and whoever goes on has put the
 * user's choice into the handle. Before each use of the key the vendor's window asks for the PIN, unless the client's
 * process had it entered already; with the handle alone a restarted worker goes on. Errors are those of
 * `VendorChannel`, and `VENDOR_PROTOCOL` for what does not fit the request.
 */
export function localPlatform({
  connector,
  channel,
  scene,
  submitted,
  ...description
}: LocalPlatformParts): LocalPlatform {
  /** An event's number is its place; the choice of a key is the first. */
  const order: readonly RelayEventType[] =
    scene === 'login' ? ['scanned', 'confirmed'] : ['scanned', 'identified', 'confirmed'];

  async function list(businessId: string, signal: AbortSignalLike): Promise<LocalHandle> {
    const { keys } = await channel.call('vendor.list', { connector }, signal);
    return { businessId, secret: '', keys };
  }

  /** The chosen key, once the vendor's window has let it be used. */
  async function unlocked(handle: PlatformHandle, signal: AbortSignalLike): Promise<VendorKey> {
    const key = chosenKey(handle);
    await channel.call('vendor.login', { connector, key: key.id }, signal);
    return key;
  }

  async function sign(
    handle: PlatformHandle,
    contents: readonly string[],
    signal: AbortSignalLike,
  ): Promise<{ readonly key: VendorKey; readonly signatures: readonly string[] }> {
    const key = await unlocked(handle, signal);
    const { signatures } = await channel.call(
      'vendor.sign',
      { connector, key: key.id, certificate: key.certificate, contents: [...contents] },
      signal,
    );
    if (signatures.length !== contents.length) {
      throw new CodedError('VENDOR_PROTOCOL', 'not one signature for each content');
    }
    return { key, signatures };
  }

  return {
    ...description,
    offers: localScenes.map((offered) => ({ scene: offered, driver: 'local' })),

    open: (_request, requestId, _environment, signal) => list(requestId, signal),
    renew: (_handle, _request, requestId, _environment, signal) => list(requestId, signal),

    async events(handle, after, _environment, signal) {
      const type = order[after];
      if (after === 0 || type === undefined) throw new CodedError('BRIDGE_INTERNAL', 'no event to come');
      await unlocked(handle, signal);
      return [{ sequence: after + 1, type }];
    },

    async result(handle, { origin, challenge }, _environment, signal) {
      const { businessId } = handle;
      const input = loginSignatureInput({ origin, challenge, scene: 'login', businessId });
      const { key, signatures } = await sign(handle, [toBase64(input)], signal);
      const [signature = ''] = signatures;
      return {
        format: 'ca-bridge-login/1',
        algorithm: 'SM2-SM3',
        scene: 'login',
        businessId,
        origin,
        certificate: key.certificate,
        // A service lists no issuers: whoever verifies knows them.
        chain: [],
        signature,
      };
    },

    async identity(handle, request) {
      const { certificate, encryptionCertificate } = chosenKey(handle);
      const isBid = request.scene === 'encrypt' || request.scene === 'decrypt';
      return {
        certificate,
        chain: [],
        signer: signerOf(readSignerCertificate(certificate)),
        seals: [],
        ...(isBid && encryptionCertificate !== undefined ? { encryptionCertificate } : {}),
      };
    },

    /** The service gets the bytes when it is to use them. */
    submit: () => Promise.resolve(undefined),

    async signatures(handle, { documents }, identity, _environment, signal) {
      const contents = submitted();
      if (contents.length !== documents.length) throw new CodedError('BRIDGE_INTERNAL', 'nothing submitted');
      if (chosenKey(handle).certificate !== identity.certificate) throw new CodedError('RESULT_MISMATCH');
      return (await sign(handle, contents, signal)).signatures;
    },

    async keys(handle, request, identity, count, _environment, signal) {
      const requests = submitted();
      if (request.purpose === 'check' || requests.length !== count) {
        throw new CodedError('BRIDGE_INTERNAL', 'nothing submitted');
      }
      const { encryptionCertificate } = chosenKey(handle);
      if (encryptionCertificate !== identity.encryptionCertificate) throw new CodedError('RESULT_MISMATCH');
      const { id } = await unlocked(handle, signal);
      const { oneTimeKey } = request;
      const { keys } = await channel.call(
        'vendor.open',
        { connector, key: id, requests: [...requests], oneTimeKey },
        signal,
      );
      if (keys.length !== count) throw new CodedError('VENDOR_PROTOCOL', 'not one key for each envelope');
      return keys;
    },

    /** The client's process ends with the session; the service itself holds nothing of it. */
    cancel: () => Promise.resolve(),
  };
}

function chosenKey({ keys = [], key }: PlatformHandle): VendorKey {
  const chosen = keys.find(({ id }) => id === key);
  if (chosen === undefined) throw new CodedError('BRIDGE_INTERNAL', 'no key was chosen');
  return chosen;
}
