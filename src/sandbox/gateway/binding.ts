import { createHash, randomBytes } from 'node:crypto';

export const signingScenes = ['messageSignature', 'signature', 'revokeSignature'] as const;
export type SigningScene = (typeof signingScenes)[number];

export const openingPurposes = ['check', 'rehearse', 'open'] as const;
export type OpeningPurpose = (typeof openingPurposes)[number];

/** A document as the extension announced it. */
export interface AnnouncedDocument {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** SM3 of its bytes, lower-case hexadecimal. */
  readonly sm3: string;
}

export interface LoginAsk {
  readonly scene: 'login';
  readonly origin: string;
  readonly challenge: string;
}

interface WithDocuments {
  readonly origin: string;
  readonly documents: readonly AnnouncedDocument[];
}

export interface SigningAsk extends WithDocuments {
  readonly scene: SigningScene;
}

export interface EncryptionAsk extends WithDocuments {
  readonly scene: 'encrypt';
}

/** Nothing is opened. */
export interface CheckAsk extends WithDocuments {
  readonly scene: 'decrypt';
  readonly purpose: 'check';
}

export interface OpeningAsk extends WithDocuments {
  readonly scene: 'decrypt';
  readonly purpose: Exclude<OpeningPurpose, 'check'>;
  /** To which the phone wraps what it opens: 04 ‖ x ‖ y, a point of the curve, base64. */
  readonly oneTimeKey: string;
}

/** What an extension asks a phone for. */
export type Ask = LoginAsk | SigningAsk | EncryptionAsk | CheckAsk | OpeningAsk;

export function isSigningScene(scene: unknown): scene is SigningScene {
  return signingScenes.some((known) => known === scene);
}

const sm3 = (data: string | Uint8Array): Buffer => createHash('sm3').update(data).digest();

/** What the digest says of challenge, or of documents, purpose and one-time key. */
function subjectOf(ask: Ask): string {
  if (ask.scene === 'login') return sm3(ask.challenge).toString('hex');
  const lines = ask.documents.map((document) => `${document.sm3} ${document.size} ${document.name}\n`);
  const listed = sm3(lines.join('')).toString('hex');
  if (ask.scene !== 'decrypt') return `documents:${listed}`;
  if (ask.purpose === 'check') return `check:${listed}`;
  return `${ask.purpose}:${listed}:${sm3(Buffer.from(ask.oneTimeKey, 'base64')).toString('hex')}`;
}

/** What the session is for, as 32 bytes: the document's `requestDigest`. */
function requestDigest(ask: Ask): Buffer {
  return sm3(`ca-bridge-relay/1\n${ask.scene}\n${ask.origin}\n${subjectOf(ask)}\n`);
}

/** Text of the QR: where to scan, one-time token, and the first half of the digest. */
export function qrText(base: string, businessId: string, scanToken: string, ask: Ask): string {
  const bound = requestDigest(ask).subarray(0, 16).toString('base64url');
  return `${base}/scan/${businessId}#${scanToken}.${bound}`;
}

/** 192 random bits, base64url: 32 characters. */
export function randomId(): string {
  return randomBytes(24).toString('base64url');
}
