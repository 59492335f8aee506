import { assertNever } from '../../../lib/assert-never.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import { isEndState, type SessionState } from '../../../protocol/session-states.ts';
import type { BidProgress, SessionRecord, SigningProgress } from '../../storage/session-record.ts';
import { dropRelay, end } from './end-session.ts';
import { enter } from './session-deadlines.ts';
import type { SessionEvent } from './session-events.ts';

export type BidEvent = Extract<
  SessionEvent,
  {
    type:
      | 'recipientsJudged'
      | 'recipientConfirmed'
      | 'encrypted'
      | 'openingCreated'
      | 'openingPrepared'
      | 'keysRead'
      | 'bidOpened'
      | 'bidsOpened'
      | 'bytesLost'
      | 'saved';
  }
>;

/** The steps of scenes `encrypt` and `decrypt`, part of the session machine; an event that does not fit changes nothing. */
export function reduceBid(session: SessionRecord, event: BidEvent, now: number): SessionRecord {
  const { state, signing, request } = session;
  if ('businessId' in event && event.businessId !== session.relay?.businessId) return session;
  const go = (next: SessionState, more: Partial<SigningProgress>) =>
    enter(session, { state: next, signing: { ...signing, ...more } }, now);
  switch (event.type) {
    case 'recipientsJudged':
      return state === 'arranging' ? go('arranging', { recipients: event.recipients }) : session;
    case 'recipientConfirmed':
      if (state !== 'arranging' || signing.recipients === undefined) return session;
      return go('confirmed', { plan: { signingTime: now } });
    case 'encrypted': {
      if (state !== 'confirmed' || request.scene !== 'encrypt') return session;
      const written = { ...signing, receipts: event.receipts };
      // The phone has nothing more to do.
      return enter(
        dropRelay(session),
        { state: 'completing', signing: written, outcome: { bids: 'encrypted' } },
        now,
      );
    }
    case 'openingCreated':
      if (state !== 'requested' || signing.opening !== undefined) return session;
      return go('requested', { opening: event.opening });
    case 'openingPrepared':
      return state === 'arranging' ? prepared(session, event, now) : session;
    case 'keysRead':
      if (state !== 'confirmed' || signing.keys !== undefined) return session;
      return go('confirmed', { keys: event.keys });
    case 'bidOpened': {
      if (state !== 'confirmed') return session;
      const bids = signing.bids?.map((bid, index) => (index === event.index ? event.bid : bid));
      // The deadline is that of the whole work.
      return { ...session, signing: { ...signing, ...(bids === undefined ? {} : { bids }) } };
    }
    case 'bidsOpened':
      return state === 'confirmed' ? allOpened(session, now) : session;
    case 'bytesLost':
      return bytesLost(session, event, now);
    case 'saved':
      return state === 'completing' ? enter({ ...session, saved: true }, { state }, now) : session;
    default:
      return assertNever(event);
  }
}

function prepared(
  session: SessionRecord,
  { phone, bids, asked, requests }: Extract<BidEvent, { type: 'openingPrepared' }>,
  now: number,
): SessionRecord {
  if (session.request.scene !== 'decrypt') return session;
  const known = { ...session, signing: { ...session.signing, bids, ...(phone && { phone }) } };
  if (session.request.purpose === 'check') {
    return enter(dropRelay(known), { state: 'completing', outcome: { bids: 'opened' } }, now);
  }
  if (requests.length === 0) return allOpened(dropRelay(known), now);
  const signing = { ...known.signing, asked, toBeSigned: requests };
  return enter(known, { state: 'signing', signing }, now);
}

/** Eight of ten are a result; none of ten is the first one's failure. */
function allOpened(session: SessionRecord, now: number): SessionRecord {
  const { bids = [] } = session.signing;
  if (bids.some((bid) => bid.ok && bid.plain !== undefined)) {
    return enter(session, { state: 'completing', outcome: { bids: 'opened' } }, now);
  }
  return end(session, 'failed', firstFailure(bids), now);
}

export function firstFailure(bids: readonly BidProgress[]): ErrorCode {
  return bids.flatMap((bid) => (bid.ok ? [] : [bid.code]))[0] ?? 'BRIDGE_INTERNAL';
}

/** How often a request may lose its client: each time costs the user one more scan at most. */
const mostLosses = 6;

/** What another scan may turn out otherwise. */
const ofThePhone: ReadonlySet<ErrorCode> = new Set([
  'BID_NOT_FOR_PHONE',
  'BID_CERTIFICATE_REPLACED',
  'BID_KEY_NOT_OPENED',
]);

function bytesLost(
  session: SessionRecord,
  { kept, during }: Extract<BidEvent, { type: 'bytesLost' }>,
  now: number,
): SessionRecord {
  const { state, signing, request } = session;
  if (isEndState(state)) return session;
  const { outcome: _outcome, ...undone } = session;
  if (request.scene === 'encrypt') {
    if (state !== 'confirmed' && state !== 'completing') return session;
    const { receipts: _receipts, ...before } = signing;
    return enter({ ...undone, signing: before }, { state: 'confirmed' }, now);
  }
  const { documents, bids = [], opening, identity } = signing;
  if (request.scene !== 'decrypt' || opening === undefined) return session;
  const losses = [...(signing.losses ?? []), during ?? -1];
  // A file over which the client was lost twice must not keep the others from being opened.
  const isFatal = (index: number) => losses.filter((lost) => lost === index).length > 1;
  const { purpose } = request;
  const again = bids.map((bid, index): BidProgress => {
    // What was rehearsed has no bytes to lose.
    const isRehearsed = purpose === 'rehearse' && bid.ok && bid.plain !== undefined;
    if (isRehearsed || kept.includes(index)) return bid;
    return isFatal(index) ? { ok: false, recipients: bid.recipients, code: 'CLIENT_EXITED' } : unopened(bid);
  });
  if (losses.length > mostLosses) {
    return end({ ...undone, signing: { ...signing, bids: again } }, 'failed', 'CLIENT_EXITED', now);
  }
  if (again.every((bid) => !bid.ok || bid.plain !== undefined)) {
    return allOpened({ ...dropRelay(undone), signing: { ...signing, bids: again } }, now);
  }
  return enter(
    {
      ...dropRelay(undone),
      signing: {
        ...(documents && { documents }),
        bids: again,
        losses,
        // Who has not scanned yet does not scan again.
        scanAgain: identity !== undefined || signing.scanAgain === true,
      },
    },
    { state: 'requested' },
    now,
  );
}

function unopened(bid: BidProgress): BidProgress {
  const { recipients } = bid;
  if (bid.ok || ofThePhone.has(bid.code)) return { ok: true, recipients, warnings: [] };
  return bid;
}
