import { createHash, randomBytes } from 'node:crypto';

export const signingScenes = ['messageSignature', 'signature', 'revokeSignature'] as const;
export type SigningScene = (typeof signingScenes)[number];

/** A document as the extension announced it. */
export interface AnnouncedDocument {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** SM3 of its bytes, lower-case hexadecimal. */
  readonly sm3: string;
}

export interface LoginPurpose {
  readonly scene: 'login';
  readonly origin: string;
  readonly challenge: string;
}

export interface SigningPurpose {
  readonly scene: SigningScene;
  readonly origin: string;
  readonly documents: readonly AnnouncedDocument[];
}

export type Purpose = LoginPurpose | SigningPurpose;

export function isSigningScene(scene: unknown): scene is SigningScene {
  return signingScenes.some((known) => known === scene);
}

const sm3 = (data: string): Buffer => createHash('sm3').update(data, 'utf8').digest();

/** What the digest says of challenge or documents. */
function subjectOf(purpose: Purpose): string {
  if (purpose.scene === 'login') return sm3(purpose.challenge).toString('hex');
  const lines = purpose.documents.map((document) => `${document.sm3} ${document.size} ${document.name}\n`);
  return `documents:${sm3(lines.join('')).toString('hex')}`;
}

/** What the session is for, as 32 bytes: the document's `requestDigest`. */
function requestDigest(purpose: Purpose): Buffer {
  return sm3(`ca-bridge-relay/1\n${purpose.scene}\n${purpose.origin}\n${subjectOf(purpose)}\n`);
}

/** Text of the QR: where to scan, one-time token, and the first half of the digest. */
export function qrText(base: string, businessId: string, scanToken: string, purpose: Purpose): string {
  const bound = requestDigest(purpose).subarray(0, 16).toString('base64url');
  return `${base}/scan/${businessId}#${scanToken}.${bound}`;
}

/** 192 random bits, base64url: 32 characters. */
export function randomId(): string {
  return randomBytes(24).toString('base64url');
}
