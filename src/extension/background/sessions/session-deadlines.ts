import { assertNever } from '../../../lib/assert-never.ts';
import { timeLimits } from '../../../protocol/limits.ts';
import type { SessionState } from '../../../protocol/session-states.ts';
import type { SessionRecord } from '../../storage/session-record.ts';

/** The front server's own word comes first; this machine's clock ends a QR only so much later. */
const expiryGraceMs = 2_000;

type Begun = Pick<SessionRecord, 'request' | 'signing' | 'createdAt'>;

/** The session in its next state, with the deadline that this state has from now on. */
export function enter(
  session: SessionRecord,
  next: Partial<SessionRecord> & { readonly state: SessionState },
  now: number,
): SessionRecord {
  const entered = { ...session, ...next };
  return { ...entered, deadline: Math.min(wholeDeadline(session), stateDeadline(entered, now)) };
}

/** When the whole request ends, whatever its state. */
export function wholeDeadline({ createdAt, request }: Begun): number {
  return createdAt + (request.scene === 'login' ? timeLimits.session : timeLimits.signingSession);
}

/** The client still has to read what is to be signed. */
export function awaitsReading({ request, signing }: Pick<SessionRecord, 'request' | 'signing'>): boolean {
  return request.scene !== 'login' && signing.documents === undefined;
}

/** The deadline of `requested` in a session that has just begun. */
export function firstDeadline(session: Begun): number {
  const limit = awaitsReading(session) ? timeLimits.reading : timeLimits.preparation + expiryGraceMs;
  return session.createdAt + limit;
}

function stateDeadline(session: SessionRecord, now: number): number {
  switch (session.state) {
    case 'requested':
      return now + (awaitsReading(session) ? timeLimits.reading : timeLimits.preparation) + expiryGraceMs;
    case 'preparing':
      return now + timeLimits.preparation + expiryGraceMs;
    case 'awaitingConsent':
      return now + timeLimits.consent;
    case 'awaitingScan':
      return session.relay?.expiresAt === undefined
        ? now + timeLimits.scan
        : session.relay.expiresAt + expiryGraceMs;
    case 'scanned':
      return now + timeLimits.confirmation;
    case 'arranging':
      return now + timeLimits.arranging;
    case 'signing':
      return now + timeLimits.signingPreparation + timeLimits.confirmation;
    case 'confirmed':
      return (
        now +
        (session.signing.signatures === undefined ? timeLimits.result : timeLimits.signedWriting) +
        expiryGraceMs
      );
    case 'completing': {
      // Documents whose bytes a stopped worker lost are written again first.
      const writing = session.request.scene === 'login' ? 0 : timeLimits.signedWriting;
      return now + writing + timeLimits.delivery;
    }
    case 'expired':
      return now + timeLimits.renewal;
    case 'succeeded':
    case 'cancelled':
    case 'failed':
      return now;
    default:
      return assertNever(session.state);
  }
}
