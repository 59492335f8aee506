import { sm3 } from '../../gm/sm3.ts';
import { concatBytes, toBase64, toHex, utf8 } from '../../lib/bytes.ts';

export const signingScenes = ['messageSignature', 'signature', 'revokeSignature'] as const;
export type SigningScene = (typeof signingScenes)[number];

/** Whether this phone could open the files; the same with opening the envelopes; and the real opening. */
export const openingPurposes = ['check', 'rehearse', 'open'] as const;
export type OpeningPurpose = (typeof openingPurposes)[number];

/** A document as the computer's side announces it. */
export interface AskedDocument {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** SM3 of its bytes, lower-case hexadecimal. */
  readonly sm3: string;
}

export interface AskedLogin {
  readonly scene: 'login';
  readonly origin: string;
  readonly challenge: string;
}

interface WithDocuments {
  readonly origin: string;
  readonly documents: readonly AskedDocument[];
}

export interface AskedSigning extends WithDocuments {
  readonly scene: SigningScene;
}

export interface AskedEncryption extends WithDocuments {
  readonly scene: 'encrypt';
}

/** Could this phone open the files? Nothing is opened. */
export interface AskedCheck extends WithDocuments {
  readonly scene: 'decrypt';
  readonly purpose: 'check';
}

export interface AskedOpening extends WithDocuments {
  readonly scene: 'decrypt';
  readonly purpose: Exclude<OpeningPurpose, 'check'>;
  /** To which the phone wraps what it opens: 04 ‖ x ‖ y, 65 bytes, a point of the curve. */
  readonly oneTimeKey: Uint8Array;
}

export type AskedFor = AskedLogin | AskedSigning | AskedEncryption | AskedCheck | AskedOpening;

/** The lines, each ended by a line feed, in UTF-8. */
const lines = (...texts: readonly string[]): Uint8Array =>
  concatBytes(...texts.flatMap((text) => [utf8(text), Uint8Array.of(0x0a)]));

function subjectOf(asked: AskedFor): string {
  if (asked.scene === 'login') return toHex(sm3(utf8(asked.challenge)));
  const listed = asked.documents.map(({ name, size, sm3: content }) => `${content} ${size} ${name}`);
  const digest = toHex(sm3(lines(...listed)));
  if (asked.scene !== 'decrypt') return `documents:${digest}`;
  if (asked.purpose === 'check') return `check:${digest}`;
  return `${asked.purpose}:${digest}:${toHex(sm3(asked.oneTimeKey))}`;
}

/** SM3 of protocol name, scene, origin, and challenge or documents with their purpose and one-time key: 32 bytes. */
export function digestOf(asked: AskedFor): Uint8Array {
  return sm3(lines('ca-bridge-relay/1', asked.scene, asked.origin, subjectOf(asked)));
}

/** The part of the digest that the QR carries: 16 bytes, base64url, 22 characters. */
export function boundPart(digest: Uint8Array): string {
  return toBase64(digest.subarray(0, 16)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function twoDigitsOf(bytes: Uint8Array): string {
  const hash = sm3(bytes);
  const number = new DataView(hash.buffer, hash.byteOffset).getUint32(0) % 100;
  return String(number).padStart(2, '0');
}

/** Two decimal digits that the computer's window shows too. */
export function matchingNumberOf(businessId: string, digest: Uint8Array): string {
  return twoDigitsOf(utf8(`${businessId}\n${toHex(digest)}`));
}

/** Two decimal digits that the computer's window shows too, of what is to be signed or opened. */
export function signingNumberOf(
  businessId: string,
  digest: Uint8Array,
  toBeSigned: readonly Uint8Array[],
): string {
  return twoDigitsOf(lines(businessId, toHex(digest), ...toBeSigned.map((part) => toHex(sm3(part)))));
}
