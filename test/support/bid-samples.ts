import { effectsOf } from '../../src/extension/background/sessions/session-effects.ts';
import type { SessionEvent } from '../../src/extension/background/sessions/session-events.ts';
import { reduceSession } from '../../src/extension/background/sessions/session-machine.ts';
import type { BidProgress, SessionRecord } from '../../src/extension/storage/session-record.ts';
import type { ErrorCode } from '../../src/protocol/error-codes.ts';
import type { SessionState } from '../../src/protocol/session-states.ts';
import {
  documents,
  encryptRequest,
  identity,
  openingRequest,
  recipient,
  relay,
  sessionIn,
  start,
} from './session-samples.ts';

export const { businessId } = relay;
export const plain = { name: 'bid.pdf', size: 900, sm3: 'c'.repeat(64) };
export const openable: BidProgress = { ok: true, recipients: [recipient], warnings: [] };
export const opened: BidProgress = { ...openable, plain };
export const failed = (code: ErrorCode): BidProgress => ({ ok: false, recipients: [recipient], code });
export const opening = { id: 'opening-of-the-client-1', oneTimeKey: 'AAAA' };
export const asked = [0, 2];

export const encryptIn = (state: SessionState, more: Partial<SessionRecord> = {}): SessionRecord => ({
  ...sessionIn(state),
  request: encryptRequest,
  signing: { documents, identity },
  ...more,
});
export const openIn = (
  state: SessionState,
  signing: SessionRecord['signing'] = {},
  purpose: 'check' | 'rehearse' | 'open' = 'open',
): SessionRecord => ({
  ...sessionIn(state),
  request: openingRequest(purpose),
  signing: { documents, identity, bids: [openable, openable, openable], opening, ...signing },
});
export const preparedEvent = (bids: readonly BidProgress[], isAsked = true): SessionEvent => ({
  type: 'openingPrepared',
  businessId,
  phone: recipient,
  bids,
  asked: isAsked ? asked : [],
  requests: isAsked ? ['AAAA', 'BBBB'] : [],
});
export const kinds = (session: SessionRecord) => effectsOf(session).map(({ type }) => type);
export const reduce = (session: SessionRecord, event: SessionEvent) => reduceSession(session, event, start);
