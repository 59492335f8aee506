import { assertNever } from '../../../lib/assert-never.ts';
import type { SessionState } from '../../../protocol/session-states.ts';
import type { SessionRecord, SigningProgress } from '../../storage/session-record.ts';
import { firstFailure } from './bid-steps.ts';
import { end } from './end-session.ts';
import { enter } from './session-deadlines.ts';
import type { SessionEvent } from './session-events.ts';

type SigningEvent = Extract<
  SessionEvent,
  {
    type:
      'documentsRead' | 'identityRead' | 'arranged' | 'prepared' | 'submitted' | 'signaturesRead' | 'written';
  }
>;

/** The steps of a signing scene, part of the session machine; each fits one state, and what is there is never replaced. */
export function reduceSigning(session: SessionRecord, event: SigningEvent, now: number): SessionRecord {
  const { state, signing } = session;
  if ('businessId' in event && event.businessId !== session.relay?.businessId) return session;
  const go = (next: SessionState, more: Partial<SigningProgress>) =>
    enter(session, { state: next, signing: { ...signing, ...more } }, now);
  switch (event.type) {
    case 'documentsRead':
      if (state !== 'requested' || signing.documents !== undefined) return session;
      return documentsRead(session, event, now);
    case 'identityRead': {
      if (state !== 'arranging' || signing.identity !== undefined) return session;
      const { identity } = event;
      const isAtOnce = ['messageSignature', 'revokeSignature'].includes(session.request.scene);
      return isAtOnce
        ? go('signing', { identity, plan: { signingTime: wholeSecond(now) } })
        : go('arranging', { identity });
    }
    case 'arranged': {
      const seal = signing.identity?.seals.find(({ id, usable }) => id === event.sealId && usable);
      if (state !== 'arranging' || seal === undefined) return session;
      if (event.places.length !== signing.documents?.length) return session;
      const stamp = { seal: seal.der, places: event.places };
      return go('signing', { plan: { signingTime: wholeSecond(now), stamp } });
    }
    case 'prepared':
      if (state !== 'signing' || signing.toBeSigned !== undefined) return session;
      return go('signing', { toBeSigned: event.toBeSigned });
    case 'submitted':
      if (state !== 'signing' || signing.submitted === true) return session;
      return go('signing', {
        submitted: true,
        ...(event.signingNumber === undefined ? {} : { signingNumber: event.signingNumber }),
      });
    case 'signaturesRead':
      if (state !== 'confirmed' || signing.signatures !== undefined) return session;
      return go('confirmed', { signatures: event.signatures });
    case 'written':
      if (state !== 'confirmed') return session;
      return enter(session, { state: 'completing', outcome: { written: event.documents } }, now);
    default:
      return assertNever(event);
  }
}

/** Where none of the encrypted files can be read nobody needs to scan. */
function documentsRead(
  session: SessionRecord,
  { documents, bids }: Extract<SigningEvent, { type: 'documentsRead' }>,
  now: number,
): SessionRecord {
  const { request } = session;
  const read = { ...session, signing: { ...session.signing, documents, ...(bids && { bids }) } };
  if (request.scene === 'decrypt' && bids?.every(({ ok }) => !ok) === true) {
    return request.purpose === 'check'
      ? enter(read, { state: 'completing', outcome: { bids: 'opened' } }, now)
      : end(read, 'failed', firstFailure(bids), now);
  }
  return enter(read, { state: 'requested' }, now);
}

/** Signed times have no fraction of a second. */
function wholeSecond(now: number): number {
  return Math.floor(now / 1_000) * 1_000;
}
