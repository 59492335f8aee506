import { randomBytes } from 'node:crypto';
import { generateSm2KeyPair, type Sm2KeyPair } from '../../gm/sm2.ts';
import { CodedError } from '../../protocol/coded-error.ts';

/** One-time SM2 keys to which the phone wraps content keys. They are in this process's memory and nowhere else. */
export interface OpeningBook {
  /** Makes a key pair under an unguessable id. `publicKey`: 04 ‖ x ‖ y, 65 bytes. */
  create(): { readonly opening: string; readonly publicKey: Uint8Array };
  /** @throws CodedError `OPENING_UNKNOWN` where there is no such key, or no longer */
  expect(opening: string): void;
  /** The private key, 32 bytes, which are overwritten when it is dropped. @throws CodedError `OPENING_UNKNOWN` */
  privateKey(opening: string): Uint8Array;
  /** Overwrites and forgets every key. */
  clear(): void;
}

/** Openings that one process keeps; a session has one, or a few where the user scans again. */
const most = 8;

export function createOpeningBook(): OpeningBook {
  const keys = new Map<string, Sm2KeyPair>();
  const drop = (opening: string) => {
    keys.get(opening)?.privateKey.fill(0);
    keys.delete(opening);
  };
  const keyOf = (opening: string) => {
    const pair = keys.get(opening);
    if (pair === undefined) throw new CodedError('OPENING_UNKNOWN');
    return pair.privateKey;
  };
  return {
    create() {
      const [oldest] = keys.keys();
      if (oldest !== undefined && keys.size >= most) drop(oldest);
      const opening = randomBytes(16).toString('base64url');
      const pair = generateSm2KeyPair();
      keys.set(opening, pair);
      return { opening, publicKey: pair.publicKey };
    },
    expect: (opening) => void keyOf(opening),
    privateKey: keyOf,
    clear() {
      for (const opening of keys.keys()) drop(opening);
    },
  };
}
