import type { ErrorCode } from '../../../protocol/error-codes.ts';
import { isEndState } from '../../../protocol/session-states.ts';
import type { BidProgress, SessionRecord } from '../../storage/session-record.ts';
import { enter, wholeDeadline } from './session-deadlines.ts';

/**
 * The session at its end without a result; its relay is to be released. Bids that are open already are a result all the
 * same: whatever kept the others from being opened is their outcome, unless nobody wants any.
 */
export function end(
  session: SessionRecord,
  state: 'cancelled' | 'failed',
  error: ErrorCode,
  now: number,
): SessionRecord {
  const { bids } = session.signing;
  const isWanted = !unwanted.has(error) && now < wholeDeadline(session);
  if (isWanted && hasOpened(session) && bids !== undefined) {
    const signing = { ...session.signing, bids: bids.map((bid) => settled(bid, error)) };
    const rest = dropRelay({ ...session, signing });
    return enter(rest, { state: 'completing', outcome: { bids: 'opened' } }, now);
  }
  return enter(dropRelay(session), { state, outcome: { error } }, now);
}

const unwanted: ReadonlySet<ErrorCode> = new Set(['USER_CANCELLED', 'REQUEST_ABORTED', 'PAGE_GONE']);

function hasOpened({ state, signing, outcome }: SessionRecord): boolean {
  const isUnderWay = !isEndState(state) && outcome === undefined;
  return isUnderWay && signing.bids?.some((bid) => bid.ok && bid.plain !== undefined) === true;
}

function settled(bid: BidProgress, code: ErrorCode): BidProgress {
  return bid.ok && bid.plain === undefined ? { ok: false, recipients: bid.recipients, code } : bid;
}

/** The session without its relay, which is noted as to be released. A vendor's service holds nothing to release. */
export function dropRelay(session: SessionRecord): SessionRecord {
  const { relay, platform, ...rest } = session;
  if (relay === undefined || platform === undefined) return session;
  const { driver, releases } = session;
  const released = driver === 'local' ? [] : [{ platform, driver, relay }];
  return { ...rest, platform, lastSequence: 0, releases: [...releases, ...released] };
}
