import { fromBase64, toBase64, utf8 } from '../../lib/bytes.ts';
import { PhoneError } from './phone-error.ts';

/** Where the vault lies; `localStorage` in the page. */
export type VaultStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Who the certificates speak for: shown without a PIN. */
export interface Holder {
  readonly organisation: string;
  readonly creditCode: string;
  /** Hexadecimal serial of the signing certificate. */
  readonly serial: string;
  /** ISO 8601. */
  readonly notAfter: string;
  /** Fingerprint of the authority that issued the pair. */
  readonly authority: string;
  /** base64 DER. */
  readonly signingCertificate: string;
  /** base64 DER; absent where only a signing certificate was wished. */
  readonly encryptionCertificate?: string;
  /** base64 DER, issuers without the root. */
  readonly chain: readonly string[];
  readonly seals: readonly HeldSeal[];
}

/** A seal that the certificate's holder may use. */
export interface HeldSeal {
  readonly id: string;
  readonly name: string;
  /** SESeal (GB/T 38540), base64 DER. */
  readonly seal: string;
}

/** 32 bytes each; secret: whoever has used them calls `wipeKeys`. */
export interface PrivateKeys {
  readonly signing: Uint8Array;
  /** Of the encryption certificate, where there is one. */
  readonly encryption?: Uint8Array | undefined;
}

/** Overwrites the keys; what the cryptography made of them while it ran is out of reach. */
export function wipeKeys({ signing, encryption }: PrivateKeys): void {
  signing.fill(0);
  encryption?.fill(0);
}

interface StoredVault {
  readonly holder: Holder;
  readonly salt: string;
  readonly iv: string;
  readonly sealed: string;
}

const name = 'ca-bridge-sandbox-phone';
const rounds = 600_000;
const keyBytes = 32;

export const pinPattern = /^\d{6}$/;

async function keyFrom(pin: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', new Uint8Array(utf8(pin)), 'PBKDF2', false, [
    'deriveKey',
  ]);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

function read(storage: VaultStorage): StoredVault | undefined {
  const text = storage.getItem(name);
  return text === null ? undefined : (JSON.parse(text) as StoredVault);
}

/** Seals the private keys under the PIN (PBKDF2-SHA-256, AES-256-GCM) and stores them with their holder. */
export async function fillVault(
  storage: VaultStorage,
  pin: string,
  holder: Holder,
  keys: PrivateKeys,
): Promise<void> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = Uint8Array.from([...keys.signing, ...(keys.encryption ?? [])]);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyFrom(pin, salt), plain);
  plain.fill(0);
  const stored: StoredVault = {
    holder,
    salt: toBase64(salt),
    iv: toBase64(iv),
    sealed: toBase64(new Uint8Array(sealed)),
  };
  storage.setItem(name, JSON.stringify(stored));
}

export function vaultHolder(storage: VaultStorage): Holder | undefined {
  return read(storage)?.holder;
}

/**
 * The private keys.
 * @throws PhoneError `wrongPin`.
 */
export async function openVault(storage: VaultStorage, pin: string): Promise<PrivateKeys> {
  const stored = read(storage);
  if (stored === undefined) throw new PhoneError('locked', 'nothing is stored');
  const key = await keyFrom(pin, new Uint8Array(fromBase64(stored.salt)));
  try {
    const iv = new Uint8Array(fromBase64(stored.iv));
    const sealed = new Uint8Array(fromBase64(stored.sealed));
    const plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed));
    const signing = plain.slice(0, keyBytes);
    const encryption = plain.length > keyBytes ? plain.slice(keyBytes) : undefined;
    plain.fill(0);
    return { signing, encryption };
  } catch {
    throw new PhoneError('wrongPin');
  }
}

export function emptyVault(storage: VaultStorage): void {
  storage.removeItem(name);
}
