import { assertNever } from '../../../lib/assert-never.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import { timeLimits } from '../../../protocol/limits.ts';
import { isEndState, type SessionState } from '../../../protocol/session-states.ts';
import type { RelayEventType } from '../../../platforms/platform.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import type { SessionEvent } from './session-events.ts';

/** The front server's own word comes first; this machine's clock ends a QR only so much later. */
const expiryGraceMs = 2_000;

type Next = Partial<SessionRecord> & { readonly state: SessionState };

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

type OpenedEvent = Extract<SessionEvent, { type: 'opened' }>;
type LiveEvent = Exclude<SessionEvent, { type: 'released' | 'windowChanged' | 'settled' | 'opened' }>;

function reduceLive(session: SessionRecord, event: LiveEvent, now: number): SessionRecord {
  switch (event.type) {
    case 'choiceNeeded':
      return session.state === 'requested' ? enter(session, { state: 'awaitingConsent' }, now) : session;
    case 'platformChosen':
      if (!canChoosePlatform(session.state)) return session;
      return enter(
        dropRelay(session),
        { state: 'preparing', platform: event.platform, openingId: event.openingId },
        now,
      );
    case 'renewalRequested':
      if (!canRenew(session.state)) return session;
      return enter(session, { state: 'preparing', openingId: event.openingId }, now);
    case 'relayEvent':
      return relayed(session, event.businessId, event.sequence, event.kind, now);
    case 'relayLost':
      return listens(session, event.businessId) ? enter(session, { state: 'expired' }, now) : session;
    case 'resultRead':
      if (session.state !== 'confirmed' || session.relay?.businessId !== event.businessId) return session;
      return enter(session, { state: 'completing', outcome: { result: event.result } }, now);
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

/** True while nobody has scanned, so that another platform's QR may replace the shown one. */
export function canChoosePlatform(state: SessionState): boolean {
  return ['requested', 'awaitingConsent', 'preparing', 'awaitingScan', 'expired'].includes(state);
}

export function canRenew(state: SessionState): boolean {
  return state === 'awaitingScan' || state === 'expired';
}

/** A late answer to an older opening is kept only to be released. */
function opened(session: SessionRecord, event: OpenedEvent, now: number): SessionRecord {
  const { openingId, platform, relay } = event;
  if (session.state === 'preparing' && session.openingId === openingId) {
    return enter(session, { state: 'awaitingScan', relay, lastSequence: 0 }, now);
  }
  const known = [session.relay, ...session.releases.map((release) => release.relay)];
  return known.some((other) => other?.businessId === relay.businessId)
    ? session
    : { ...session, releases: [...session.releases, { platform, relay }] };
}

function listens(session: SessionRecord, businessId: string): boolean {
  const open = session.state === 'awaitingScan' || session.state === 'scanned';
  return open && session.relay?.businessId === businessId;
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
  const scanned = session.state === 'scanned';
  switch (kind) {
    case 'scanned':
      return scanned
        ? end(seen, 'failed', 'FRONT_SERVER_PROTOCOL', now)
        : enter(seen, { state: 'scanned' }, now);
    case 'confirmed':
      return scanned
        ? enter(seen, { state: 'confirmed' }, now)
        : end(seen, 'failed', 'FRONT_SERVER_PROTOCOL', now);
    case 'refused':
      return scanned
        ? end(seen, 'cancelled', 'USER_REFUSED', now)
        : end(seen, 'failed', 'FRONT_SERVER_PROTOCOL', now);
    case 'expired':
      return enter(seen, { state: 'expired' }, now);
    case 'cancelled':
      return end(seen, 'failed', 'FRONT_SERVER_FAILED', now);
    default:
      return assertNever(kind);
  }
}

/** What a state turns into when its time is up. */
function overdue(session: SessionRecord, now: number): SessionRecord {
  if (now >= session.createdAt + timeLimits.session) return end(session, 'failed', 'QR_EXPIRED', now);
  switch (session.state) {
    case 'awaitingScan':
      return enter(session, { state: 'expired' }, now);
    case 'requested':
      return end(session, 'failed', 'BRIDGE_INTERNAL', now);
    case 'awaitingConsent':
    case 'expired':
      return end(session, 'failed', 'QR_EXPIRED', now);
    case 'preparing':
    case 'confirmed':
      return end(session, 'failed', 'FRONT_SERVER_TIMEOUT', now);
    case 'scanned':
      return end(session, 'failed', 'CONFIRMATION_TIMEOUT', now);
    case 'completing':
      return end(session, 'cancelled', 'PAGE_GONE', now);
    case 'succeeded':
    case 'cancelled':
    case 'failed':
      return session;
    default:
      return assertNever(session.state);
  }
}

function settle(session: SessionRecord, now: number): SessionRecord {
  if (session.state === 'completing') {
    const { outcome: _result, relay: _relay, ...rest } = session;
    return enter(rest, { state: 'succeeded', settled: true }, now);
  }
  return isEndState(session.state) && !session.settled ? { ...session, settled: true } : session;
}

function end(
  session: SessionRecord,
  state: 'cancelled' | 'failed',
  error: ErrorCode,
  now: number,
): SessionRecord {
  return enter(dropRelay(session), { state, outcome: { error } }, now);
}

/** The session without its relay, which is noted as to be released at its front server. */
function dropRelay(session: SessionRecord): SessionRecord {
  const { relay, platform, ...rest } = session;
  if (relay === undefined || platform === undefined) return session;
  return { ...rest, platform, lastSequence: 0, releases: [...session.releases, { platform, relay }] };
}

function enter(session: SessionRecord, next: Next, now: number): SessionRecord {
  const entered = { ...session, ...next };
  const whole = session.createdAt + timeLimits.session;
  return { ...entered, deadline: Math.min(whole, stateDeadline(entered, now)) };
}

function stateDeadline(session: SessionRecord, now: number): number {
  switch (session.state) {
    case 'requested':
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
    case 'confirmed':
      return now + timeLimits.result + expiryGraceMs;
    case 'completing':
      return now + timeLimits.delivery;
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
  fields: Pick<SessionRecord, 'id' | 'asker' | 'scene' | 'driver' | 'params'>,
  now: number,
): SessionRecord {
  return {
    ...fields,
    state: 'requested',
    createdAt: now,
    deadline: now + timeLimits.preparation,
    lastSequence: 0,
    releases: [],
    settled: false,
  };
}
