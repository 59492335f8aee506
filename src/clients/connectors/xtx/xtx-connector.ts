import { recipientFor, type Envelope } from '../../../gm/enveloped-data-message.ts';
import { toBase64 } from '../../../lib/bytes.ts';
import { codeOf, CodedError } from '../../../protocol/coded-error.ts';
import type { VendorKey } from '../../../protocol/connector-methods.ts';
import { timeLimits } from '../../../protocol/limits.ts';
import type { Connector } from '../connector.ts';
import { readVendorBase64 } from '../vendor-base64.ts';
import { readVendorCertificate } from '../vendor-certificate.ts';
import { xtxPorts, type XtxPorts } from './xtx-address.ts';
import type { XtxLine } from './xtx-line.ts';
import { createXtxSession, type XtxLimits } from './xtx-session.ts';
import type { XtxUser } from './xtx-user-list.ts';
import { textOf, truthOf, type XtxFunction } from './xtx-wire.ts';

const usualLimits: XtxLimits = {
  probe: timeLimits.vendorProbe,
  call: timeLimits.vendorCall,
  confirmation: timeLimits.confirmation,
};

/** What a function gives that failed, whichever type of it the service writes as text. */
const failures: ReadonlySet<string> = new Set(['', 'false', '-1']);

/** BJCA's XTXSApp, for 云优采(北京CA): `XTX.md`. Ports and limits are the real ones unless a test says otherwise. */
export function createXtxConnector(ports: XtxPorts = xtxPorts, limits: XtxLimits = usualLimits): Connector {
  /** Keys whose PIN the service has asked on a line, since the last change of keys. */
  let loggedIn = new WeakMap<XtxLine, Set<string>>();
  const forgetLogins = () => (loggedIn = new WeakMap());
  const session = createXtxSession({ ports, limits, onKeyChange: forgetLogins });

  const call = async (line: XtxLine, name: XtxFunction, args: readonly string[], signal: AbortSignal) =>
    textOf(await line.call(name, args, { signal, limit: limits.call }));
  const keyOf = async (line: XtxLine, { id, name }: XtxUser, signal: AbortSignal) => {
    const certificate = readVendorCertificate(await call(line, 'SOF_ExportUserCert', [id], signal));
    if (certificate === undefined) return undefined;
    const other = readVendorCertificate(await call(line, 'SOF_ExportExChangeUserCert', [id], signal));
    const key: VendorKey = {
      id,
      name: name.slice(0, 200),
      certificate: toBase64(certificate.raw),
      ...(other === undefined ? {} : { encryptionCertificate: toBase64(other.raw) }),
    };
    return key;
  };
  /** Text of a function that uses a key. @throws CodedError `VENDOR_FAILED` where it gave what it gives for a failure */
  const useKey = async (key: string, name: XtxFunction, data: Uint8Array, signal: AbortSignal) => {
    const { line } = await session.found(signal);
    try {
      const value = textOf(await session.useKey(line, key, { name, args: [key, toBase64(data)] }, signal));
      if (!failures.has(value)) return value;
      throw await session.failure(line, key, 'VENDOR_FAILED', signal);
    } catch (error) {
      if (codeOf(error) === 'VENDOR_LOGIN_REFUSED') loggedIn.delete(line);
      throw error;
    }
  };
  /** Undefined where the service could not; rejects where it could if the user did something. */
  const opened = async (key: string, name: XtxFunction, data: Uint8Array, signal: AbortSignal) => {
    try {
      return readVendorBase64(await useKey(key, name, data, signal));
    } catch (error) {
      if (codeOf(error) === 'VENDOR_FAILED') return undefined;
      throw error;
    }
  };
  const ownRecipients = async (key: string, envelope: Envelope, signal: AbortSignal) => {
    const { line } = await session.found(signal);
    const own = readVendorCertificate(await call(line, 'SOF_ExportExChangeUserCert', [key], signal));
    const named = own && recipientFor(envelope, own);
    // One that was renewed with the same key is named otherwise.
    return named === undefined ? envelope.recipients : [named];
  };

  return {
    probe: async (signal) => (await session.found(signal)).version,
    async list(signal) {
      const { line } = await session.found(signal);
      const keys: VendorKey[] = [];
      for (const user of await session.users(line, signal)) {
        const key = await keyOf(line, user, signal);
        if (key !== undefined) keys.push(key);
      }
      if (keys.length === 0) throw new CodedError('VENDOR_KEY_MISSING');
      return keys;
    },
    async login(key, signal) {
      const { line } = await session.found(signal);
      const keys = loggedIn.get(line) ?? new Set();
      if (keys.has(key)) return;
      // Without a PIN of ours the service asks for it in a window of its own.
      const login = { name: 'SOF_Login', args: [key, ''] } as const;
      const isLoggedIn = truthOf(await session.useKey(line, key, login, signal));
      if (!isLoggedIn) throw await session.failure(line, key, 'VENDOR_LOGIN_REFUSED', signal);
      loggedIn.set(line, keys.add(key));
    },
    async sign(key, content, signal) {
      const signature = readVendorBase64(await useKey(key, 'SOF_SignDataBase64', content, signal));
      if (signature === undefined) throw new CodedError('VENDOR_PROTOCOL', 'no base64');
      return signature;
    },
    async open(key, envelope, signal) {
      if (envelope.encryptedContent !== undefined) {
        return opened(key, 'SOF_DecryptData', envelope.raw, signal);
      }
      for (const { encryptedKey } of await ownRecipients(key, envelope, signal)) {
        const contentKey = await opened(key, 'SOF_PriKeyDecrypt', encryptedKey, signal);
        if (contentKey?.length === 16) return contentKey;
        contentKey?.fill(0);
      }
      return undefined;
    },
  };
}
