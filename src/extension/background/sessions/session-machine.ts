import { assertNever } from '../../../lib/assert-never.ts';
import { isEndState } from '../../../protocol/session-states.ts';
import type { RelayEventType } from '../../../platforms/platform.ts';
import type { SessionRecord, SigningProgress } from '../../storage/session-record.ts';
import { reduceBid } from './bid-steps.ts';
import { driverTraits } from './driver-traits.ts';
import { end } from './end-session.ts';
import {
  awaitsPhone,
  awaitsReading,
  awaitsSaving,
  enter,
  firstDeadline,
  wholeDeadline,
} from './session-deadlines.ts';
import type { SessionEvent } from './session-events.ts';
import { canRenew, keyChosen, opened, platformChosen } from './platform-steps.ts';
import { reduceSigning } from './signing-steps.ts';

/**
 * The session machine (states: `protocol/session-states.ts`): what `session` becomes by `event` at time `now`. An
 * event that does not fit the state, or belongs to an older business id, changes nothing and gives back the same
 * object.
 */
export function reduceSession(session: SessionRecord, event: SessionEvent, now: number): SessionRecord {
  switch (event.type) {
    case 'released':
      return without(session, event.businessId);
    case 'windowChanged':
      return withWindow(session, event.windowId);
    case 'settled':
      return settle(session, now);
    case 'opened':
      return opened(session, event, now);
    default:
      return isEndState(session.state) ? session : reduceLive(session, event, now);
  }
}

type LiveEvent = Exclude<SessionEvent, { type: 'released' | 'windowChanged' | 'settled' | 'opened' }>;

function reduceLive(session: SessionRecord, event: LiveEvent, now: number): SessionRecord {
  switch (event.type) {
    case 'choiceNeeded':
      return session.state === 'requested' ? enter(session, { state: 'awaitingConsent' }, now) : session;
    case 'platformChosen':
      return platformChosen(session, event, now);
    case 'keyChosen':
      return keyChosen(session, event.key, now);
    case 'renewalRequested':
      if (!canRenew(session.state)) return session;
      return enter(session, { state: 'preparing', openingId: event.openingId }, now);
    case 'relayEvent':
      return relayed(session, event.businessId, event.sequence, event.kind, now);
    case 'relayLost':
      return listens(session, event.businessId) ? lapsed(session, now) : session;
    case 'documentsRead':
    case 'identityRead':
    case 'arranged':
    case 'prepared':
    case 'submitted':
    case 'signaturesRead':
    case 'written':
      return reduceSigning(session, event, now);
    case 'recipientsJudged':
    case 'recipientConfirmed':
    case 'encrypted':
    case 'openingCreated':
    case 'openingPrepared':
    case 'keysRead':
    case 'bidOpened':
    case 'bidsOpened':
    case 'bytesLost':
    case 'saved':
      return reduceBid(session, event, now);
    case 'resultRead':
      return resultRead(session, event, now);
    case 'deadlineReached':
      return now < session.deadline ? session : overdue(session, now);
    case 'cancelled':
      return end(session, 'cancelled', event.code, now);
    case 'failed':
      return end(session, 'failed', event.code, now);
    default:
      return assertNever(event);
  }
}

function resultRead(
  session: SessionRecord,
  { businessId, result }: Extract<SessionEvent, { type: 'resultRead' }>,
  now: number,
): SessionRecord {
  if (session.state !== 'confirmed' || session.relay?.businessId !== businessId) return session;
  if (result === undefined && session.driver !== 'site')
    return end(session, 'failed', 'BRIDGE_INTERNAL', now);
  const outcome = result === undefined ? ({ done: true } as const) : { result };
  return enter(session, { state: 'completing', outcome }, now);
}

function listens(session: SessionRecord, businessId: string): boolean {
  const open = ['awaitingScan', 'scanned', 'arranging', 'signing'].includes(session.state);
  return open && session.relay?.businessId === businessId;
}

/** A QR that nobody used in time can be renewed; a phone that did not go on ends the request. */
function lapsed(session: SessionRecord, now: number): SessionRecord {
  return session.state === 'awaitingScan' || session.state === 'scanned'
    ? enter(session, { state: 'expired' }, now)
    : end(session, 'failed', driverTraits[session.driver].unconfirmed, now);
}

function relayed(
  session: SessionRecord,
  businessId: string,
  sequence: number,
  kind: RelayEventType,
  now: number,
): SessionRecord {
  if (!listens(session, businessId) || sequence !== session.lastSequence + 1) return session;
  const seen = { ...session, lastSequence: sequence };
  const { state, request, signing } = session;
  const isLogin = request.scene === 'login';
  const { astray: astrayCode, ended } = driverTraits[session.driver];
  const astray = () => end(seen, 'failed', astrayCode, now);
  switch (kind) {
    case 'scanned':
      return state === 'awaitingScan' ? enter(seen, { state: 'scanned' }, now) : astray();
    case 'identified':
      return state === 'scanned' && !isLogin ? enter(seen, { state: 'arranging' }, now) : astray();
    case 'confirmed': {
      const asked = isLogin ? state === 'scanned' : state === 'signing' && signing.toBeSigned !== undefined;
      return asked ? enter(seen, { state: 'confirmed' }, now) : astray();
    }
    case 'refused':
      return state === 'awaitingScan' ? astray() : end(seen, 'cancelled', 'USER_REFUSED', now);
    case 'expired':
      return lapsed(seen, now);
    case 'cancelled':
      return end(seen, 'failed', ended, now);
    default:
      return assertNever(kind);
  }
}

/** What a state turns into when its time is up. */
function overdue(session: SessionRecord, now: number): SessionRecord {
  if (now >= wholeDeadline(session)) return end(session, 'failed', 'QR_EXPIRED', now);
  const { silent, unconfirmed } = driverTraits[session.driver];
  switch (session.state) {
    case 'awaitingScan':
      return enter(session, { state: 'expired' }, now);
    case 'requested':
      return end(session, 'failed', awaitsReading(session) ? 'CLIENT_TIMEOUT' : 'BRIDGE_INTERNAL', now);
    case 'awaitingConsent':
    case 'expired':
      return end(session, 'failed', 'QR_EXPIRED', now);
    case 'preparing':
      return end(session, 'failed', silent, now);
    case 'confirmed':
      return end(session, 'failed', awaitsPhone(session) ? silent : 'CLIENT_TIMEOUT', now);
    case 'scanned':
    case 'signing':
      return end(session, 'failed', unconfirmed, now);
    case 'arranging':
      return end(session, 'failed', 'CONFIRMATION_TIMEOUT', now);
    case 'completing':
      return end(session, 'cancelled', awaitsSaving(session) ? 'USER_CANCELLED' : 'PAGE_GONE', now);
    case 'succeeded':
    case 'cancelled':
    case 'failed':
      return session;
    default:
      return assertNever(session.state);
  }
}

function settle(session: SessionRecord, now: number): SessionRecord {
  if (session.state === 'completing' && awaitsSaving(session)) return session;
  if (session.state === 'completing') {
    const { outcome: _result, relay: _relay, ...rest } = session;
    return enter(rest, { state: 'succeeded', settled: true, signing: whatIsShown(session.signing) }, now);
  }
  return isEndState(session.state) && !session.settled ? { ...session, settled: true } : session;
}

/** Of a finished scene the window shows who did what; seals, signatures and wrapped keys are dropped. */
function whatIsShown(signing: SigningProgress): SigningProgress {
  const { documents, identity, recipients, receipts, bids, phone } = signing;
  return {
    ...(documents && { documents }),
    ...(identity && { identity: { ...identity, seals: [] } }),
    ...(recipients && { recipients }),
    ...(receipts && { receipts }),
    ...(bids && { bids }),
    ...(phone && { phone }),
  };
}

function without(session: SessionRecord, businessId: string): SessionRecord {
  const releases = session.releases.filter((release) => release.relay.businessId !== businessId);
  return releases.length === session.releases.length ? session : { ...session, releases };
}

function withWindow(session: SessionRecord, windowId: number | undefined): SessionRecord {
  if (session.windowId === windowId) return session;
  const { windowId: _closed, ...rest } = session;
  return windowId === undefined ? rest : { ...rest, windowId };
}

/** A session as it begins. */
export function newSession(
  fields: Pick<SessionRecord, 'id' | 'asker' | 'request' | 'driver'>,
  now: number,
): SessionRecord {
  const begun = { ...fields, signing: {}, createdAt: now };
  return {
    ...begun,
    state: 'requested',
    deadline: firstDeadline(begun),
    lastSequence: 0,
    releases: [],
    settled: false,
  };
}
