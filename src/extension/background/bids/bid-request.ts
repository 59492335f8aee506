import { CodedError } from '../../../protocol/coded-error.ts';
import type { SessionRecord, SessionRequest } from '../../storage/session-record.ts';
import type { DeskJob } from '../documents/document-desk.ts';

export type BidRequest = Extract<SessionRequest, { scene: 'encrypt' | 'decrypt' }>;

/** True for what the encryption client does. */
export function isBid(request: SessionRequest): request is BidRequest {
  return request.scene === 'encrypt' || request.scene === 'decrypt';
}

/** The session's documents in the encryption client. */
export function bidJob({ id, signing }: SessionRecord, signal: AbortSignal): DeskJob {
  return { sessionId: id, kind: 'encryption', expected: signing.documents, signal };
}

/**
 * The phone's encryption certificate with its issuers. Never its signing certificate: an envelope to that could not be
 * opened.
 * @throws CodedError RECIPIENT_NOT_FOR_ENCRYPTION where it gave none
 */
export function ownCertificate({ signing: { identity } }: SessionRecord): {
  readonly certificate: string;
  readonly chain: string[];
} {
  if (identity?.encryptionCertificate === undefined) throw new CodedError('RECIPIENT_NOT_FOR_ENCRYPTION');
  return { certificate: identity.encryptionCertificate, chain: [...identity.chain] };
}
