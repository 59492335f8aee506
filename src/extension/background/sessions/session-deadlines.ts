import { assertNever } from '../../../lib/assert-never.ts';
import { timeLimits } from '../../../protocol/limits.ts';
import type { SessionState } from '../../../protocol/session-states.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { driverTraits } from './driver-traits.ts';

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
  if (request.scene === 'login') return createdAt + timeLimits.session;
  return createdAt + (isBidScene(request) ? timeLimits.bidSession : timeLimits.signingSession);
}

function isBidScene({ scene }: SessionRecord['request']): boolean {
  return scene === 'encrypt' || scene === 'decrypt';
}

/** In `confirmed`: the phone's answer is still to be fetched; then the client has its work. */
export function awaitsPhone({ request, signing }: Pick<SessionRecord, 'request' | 'signing'>): boolean {
  if (request.scene === 'encrypt') return false;
  return (request.scene === 'decrypt' ? signing.keys : signing.signatures) === undefined;
}

/** In `completing`: the user still has to save what does not go back to the page. */
export function awaitsSaving({ request, saved }: Pick<SessionRecord, 'request' | 'saved'>): boolean {
  return 'deliver' in request.params && request.params.deliver === 'user' && saved !== true;
}

/** The client still has to read the documents, or to make the one-time key that a QR binds. */
export function awaitsReading({ request, signing }: Pick<SessionRecord, 'request' | 'signing'>): boolean {
  if (request.scene === 'login') return false;
  return signing.documents === undefined || (needsOneTimeKey(request) && signing.opening === undefined);
}

/** The phone will wrap keys to a key that the client has to make before there is a QR. */
function needsOneTimeKey(request: SessionRecord['request']): boolean {
  return request.scene === 'decrypt' && request.purpose !== 'check';
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
      return now + driverTraits[session.driver].opening + expiryGraceMs;
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
        (awaitsPhone(session) ? driverTraits[session.driver].result : writingLimit(session)) +
        expiryGraceMs
      );
    case 'completing':
      if (awaitsSaving(session)) return now + timeLimits.saving;
      // Documents whose bytes a stopped worker lost are written again first.
      return now + writingLimit(session) + timeLimits.delivery;
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

function writingLimit({ request }: SessionRecord): number {
  if (request.scene === 'login') return 0;
  return isBidScene(request) ? timeLimits.bidWriting : timeLimits.signedWriting;
}
