/**
 * What BJCA's service does, as far as its published script shows: functions by name, failures told by the value, a
 * token for whoever logged in. SM2 and envelopes by libraries that the product does not use.
 */
import { randomBytes } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import { openEnvelopeWith } from './reference-envelope.ts';

/** A certificate pair on an inserted key. */
export interface XtxServiceKey {
  readonly id: string;
  readonly name: string;
  readonly signing: XtxServiceCertificate;
  readonly encryption?: XtxServiceCertificate;
}

export interface XtxServiceCertificate {
  /** DER. */
  readonly certificate: Uint8Array;
  /** 32 bytes. */
  readonly privateKey: Uint8Array;
}

/** A window of the service's own that asks for a PIN. */
export interface PinWindow {
  readonly certId: string;
  /** The user enters the right PIN. */
  enter(): void;
  /** The user closes the window, or the PIN is wrong. */
  refuse(): void;
}

export interface XtxServiceWishes {
  /** `version` of SOF_GetVersion. */
  readonly version?: string;
  /** Signatures as DER, or as r ‖ s. */
  readonly signatureForm?: 'der' | 'raw';
  /** Signs something else than what it was asked to. */
  readonly signsWrongly?: boolean;
  /** What becomes of a PIN window: it is closed again with the right PIN unless told. */
  readonly onPinWindow?: (window: PinWindow) => void;
}

export type XtxValue = string | number | boolean;

export interface XtxOutcome {
  readonly value: XtxValue;
  readonly token?: string;
  readonly loginError?: boolean;
}

/** The program behind both doors. */
export interface XtxFunctions {
  keys: readonly XtxServiceKey[];
  run(name: string, args: readonly string[], token: string | undefined): Promise<XtxOutcome>;
  /** As after a restart: nobody is logged in. */
  forgetLogins(): void;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

export function createXtxFunctions(
  keys: readonly XtxServiceKey[],
  wishes: XtxServiceWishes = {},
): XtxFunctions {
  const { version = '3.6.6.1014', signatureForm = 'der', signsWrongly = false } = wishes;
  const { onPinWindow = (window) => window.enter() } = wishes;
  const tokens = new Map<string, string>();
  let lastError = 0;

  const fail = (value: XtxValue, number = 0x0b000001): XtxOutcome => {
    lastError = number;
    return { value };
  };
  const login = async (certId: string): Promise<XtxOutcome> => {
    if (!functions.keys.some(({ id }) => id === certId)) return fail(false, 0x0b000309);
    const isRight = await new Promise<boolean>((resolve) =>
      onPinWindow({ certId, enter: () => resolve(true), refuse: () => resolve(false) }),
    );
    if (!isRight) return fail(false, 0x0a000024);
    const token = randomBytes(12).toString('hex');
    tokens.set(token, certId);
    return { value: true, token };
  };
  const sign = ({ signing: { privateKey } }: XtxServiceKey, base64: string): XtxOutcome => {
    const content = signsWrongly ? Buffer.from('something else') : Buffer.from(base64, 'base64');
    const publicKey = sm2.getPublicKeyFromPrivateKey(hex(privateKey));
    const options = { hash: true, userId: '1234567812345678', der: signatureForm === 'der', publicKey };
    const signature = sm2.doSignature(content, hex(privateKey), options);
    return { value: Buffer.from(signature, 'hex').toString('base64') };
  };
  const decrypt = ({ encryption }: XtxServiceKey, base64: string, isEnvelope: boolean): XtxOutcome => {
    try {
      const privateKey = encryption?.privateKey ?? new Uint8Array();
      const data = Buffer.from(base64, 'base64');
      const plain = isEnvelope
        ? openEnvelopeWith(privateKey, data)
        : sm2.doDecrypt(hex(data), hex(privateKey), 1, { output: 'array', asn1: true });
      if (plain.length === 0) return fail('', 0x0b000416);
      return { value: Buffer.from(plain).toString('base64') };
    } catch {
      return fail('', 0x0b000416);
    }
  };
  /** Lines of 64 characters, as certificates often come. */
  const inLines = (der: Uint8Array) => Buffer.from(der).toString('base64').replaceAll(/.{64}/g, '$&\r\n');
  const withKey = (certId: string, use: (key: XtxServiceKey) => XtxOutcome): XtxOutcome => {
    const key = functions.keys.find(({ id }) => id === certId);
    return key === undefined ? fail('', 0x0b000309) : use(key);
  };
  const loggedIn = (certId: string, token: string | undefined, use: (key: XtxServiceKey) => XtxOutcome) =>
    withKey(certId, (key) => {
      if (token !== undefined && tokens.get(token) === certId) return use(key);
      return { ...fail('', 0x0a00002d) };
    });

  const functions: XtxFunctions = {
    keys,
    async run(name, [first = '', second = ''], token) {
      switch (name) {
        case 'SOF_GetVersion':
          return { value: version };
        case 'SOF_GetUserList':
          return { value: functions.keys.map((key) => `${key.name}||${key.id}&&&`).join('') };
        case 'SOF_ExportUserCert':
          return withKey(first, ({ signing }) => ({ value: inLines(signing.certificate) }));
        case 'SOF_ExportExChangeUserCert':
          return withKey(first, ({ encryption }) => ({
            value: encryption === undefined ? '' : inLines(encryption.certificate),
          }));
        case 'SOF_Login':
          return login(first);
        case 'SOF_SignDataBase64':
          return loggedIn(first, token, (key) => sign(key, second));
        case 'SOF_DecryptData':
          return loggedIn(first, token, (key) => decrypt(key, second, true));
        case 'SOF_PriKeyDecrypt':
          return loggedIn(first, token, (key) => decrypt(key, second, false));
        case 'SOF_GetLastError':
          return { value: lastError };
        default:
          return fail('', 0x0b000002);
      }
    },
    forgetLogins: () => tokens.clear(),
  };
  return functions;
}
