import type { ErrorCode } from '../../../protocol/error-codes.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { enter } from './session-deadlines.ts';

/** The session at its end without a result; its relay is to be released. */
export function end(
  session: SessionRecord,
  state: 'cancelled' | 'failed',
  error: ErrorCode,
  now: number,
): SessionRecord {
  return enter(dropRelay(session), { state, outcome: { error } }, now);
}

/** The session without its relay, which is noted as to be released at its front server. */
export function dropRelay(session: SessionRecord): SessionRecord {
  const { relay, platform, ...rest } = session;
  if (relay === undefined || platform === undefined) return session;
  return { ...rest, platform, lastSequence: 0, releases: [...session.releases, { platform, relay }] };
}
