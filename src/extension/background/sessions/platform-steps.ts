import type { SessionState } from '../../../protocol/session-states.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { dropRelay } from './end-session.ts';
import { awaitsReading, enter } from './session-deadlines.ts';
import type { SessionEvent } from './session-events.ts';

/**
 * True while nobody has scanned, so that another platform's QR may replace the shown one. Never where the page runs
 * the flow of one platform.
 */
export function canChoosePlatform({ driver, state }: Pick<SessionRecord, 'driver' | 'state'>): boolean {
  const open = ['requested', 'awaitingConsent', 'preparing', 'awaitingScan', 'expired'].includes(state);
  return open && driver !== 'site';
}

export function canRenew(state: SessionState): boolean {
  return state === 'awaitingScan' || state === 'expired';
}

/** Another platform than before makes everything of the earlier one void. */
export function platformChosen(
  session: SessionRecord,
  { platform, driver, openingId }: Extract<SessionEvent, { type: 'platformChosen' }>,
  now: number,
): SessionRecord {
  const isPages = session.driver === 'site' && session.state === 'requested';
  const isOpen = driver === 'site' ? isPages : canChoosePlatform(session);
  if (!isOpen) return session;
  // Nothing can be opened before the documents are read: the choice is kept for then.
  if (awaitsReading(session)) return { ...session, platform, driver };
  return enter(dropRelay(session), { state: 'preparing', platform, driver, openingId }, now);
}

/** The choice of a key is what a scan is elsewhere. */
export function keyChosen(session: SessionRecord, key: string, now: number): SessionRecord {
  const { state, driver, relay } = session;
  const isThere = relay?.keys?.some(({ id }) => id === key) === true;
  if (state !== 'awaitingScan' || driver !== 'local' || !isThere) return session;
  return enter(session, { state: 'scanned', relay: { ...relay, key }, lastSequence: 1 }, now);
}

/** A late answer to an older opening is kept only to be released. */
export function opened(
  session: SessionRecord,
  event: Extract<SessionEvent, { type: 'opened' }>,
  now: number,
): SessionRecord {
  const { openingId, platform, driver, relay } = event;
  if (session.state === 'preparing' && session.openingId === openingId) {
    return enter(session, { state: 'awaitingScan', relay, lastSequence: 0 }, now);
  }
  const known = [session.relay, ...session.releases.map((release) => release.relay)];
  const isKnown = known.some((other) => other?.businessId === relay.businessId);
  if (isKnown || driver === 'local') return session;
  return { ...session, releases: [...session.releases, { platform, driver, relay }] };
}
