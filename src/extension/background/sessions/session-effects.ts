import { assertNever } from '../../../lib/assert-never.ts';
import type { PlatformId } from '../../../protocol/platform-ids.ts';
import { isEndState } from '../../../protocol/session-states.ts';
import type { SessionRecord, StoredRelay } from '../../storage/session-record.ts';

/** Work that a session needs done in its present state. `key` tells one piece of work from another. */
export type SessionEffect =
  | { readonly type: 'resolvePlatform'; readonly key: string }
  | { readonly type: 'showWindow'; readonly key: string }
  | { readonly type: 'openRelay'; readonly key: string; readonly openingId: string }
  | { readonly type: 'followEvents'; readonly key: string; readonly businessId: string }
  | { readonly type: 'readResult'; readonly key: string; readonly businessId: string }
  | { readonly type: 'deliverOutcome'; readonly key: string }
  | {
      readonly type: 'releaseRelay';
      readonly key: string;
      readonly platform: PlatformId;
      readonly relay: StoredRelay;
    };

/**
 * The work that `session` needs, derived from the record alone: after a transition and after a restart of the
 * worker alike, what is listed and not running is started, what runs and is not listed is aborted.
 */
export function effectsOf(session: SessionRecord): readonly SessionEffect[] {
  const effects: SessionEffect[] = session.releases.map(({ platform, relay }) => ({
    type: 'releaseRelay',
    key: `release ${relay.businessId}`,
    platform,
    relay,
  }));
  const work = stateEffect(session);
  if (work !== undefined) effects.push(work);
  if (session.windowId === undefined && !isEndState(session.state)) {
    effects.push({ type: 'showWindow', key: 'window' });
  }
  return effects;
}

function stateEffect(session: SessionRecord): SessionEffect | undefined {
  const { state, relay, openingId } = session;
  switch (state) {
    case 'requested':
      return { type: 'resolvePlatform', key: 'resolve' };
    case 'preparing':
      return openingId === undefined ? undefined : { type: 'openRelay', key: `open ${openingId}`, openingId };
    case 'awaitingScan':
    case 'scanned':
      return (
        relay && { type: 'followEvents', key: `follow ${relay.businessId}`, businessId: relay.businessId }
      );
    case 'confirmed':
      return relay && { type: 'readResult', key: `result ${relay.businessId}`, businessId: relay.businessId };
    case 'completing':
    case 'succeeded':
    case 'cancelled':
    case 'failed':
      return session.settled ? undefined : { type: 'deliverOutcome', key: `deliver ${state}` };
    case 'awaitingConsent':
    case 'expired':
      return undefined;
    default:
      return assertNever(state);
  }
}
