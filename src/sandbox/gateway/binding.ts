import { createHash, randomBytes } from 'node:crypto';

export interface Purpose {
  readonly scene: string;
  readonly origin: string;
  readonly challenge: string;
}

const sm3 = (data: string): Buffer => createHash('sm3').update(data, 'utf8').digest();

/** What the session is for, as 32 bytes: the document's `requestDigest`. */
function requestDigest({ scene, origin, challenge }: Purpose): Buffer {
  return sm3(`ca-bridge-relay/1\n${scene}\n${origin}\n${sm3(challenge).toString('hex')}\n`);
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
