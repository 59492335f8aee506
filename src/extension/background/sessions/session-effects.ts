import { assertNever } from '../../../lib/assert-never.ts';
import type { PlatformId } from '../../../protocol/platform-ids.ts';
import { isEndState } from '../../../protocol/session-states.ts';
import type { SessionRecord, SigningProgress, StoredRelay } from '../../storage/session-record.ts';

/** Work that a session needs done in its present state. `key` tells one piece of work from another. */
export type SessionEffect =
  | { readonly type: 'resolvePlatform'; readonly key: string }
  | { readonly type: 'showWindow'; readonly key: string }
  | { readonly type: 'openRelay'; readonly key: string; readonly openingId: string }
  | { readonly type: 'followEvents'; readonly key: string; readonly businessId: string }
  | { readonly type: 'readResult'; readonly key: string; readonly businessId: string }
  | { readonly type: 'readDocuments'; readonly key: string }
  | { readonly type: 'readIdentity'; readonly key: string; readonly businessId: string }
  | { readonly type: 'prepareSignatures'; readonly key: string; readonly businessId: string }
  | { readonly type: 'submitToBeSigned'; readonly key: string; readonly businessId: string }
  | { readonly type: 'readSignatures'; readonly key: string; readonly businessId: string }
  | { readonly type: 'writeDocuments'; readonly key: string; readonly businessId: string }
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
  effects.push(...stateEffects(session));
  if (session.windowId === undefined && !isEndState(session.state)) {
    effects.push({ type: 'showWindow', key: 'window' });
  }
  return effects;
}

function stateEffects(session: SessionRecord): readonly SessionEffect[] {
  const { state, relay, openingId, request, signing } = session;
  const businessId = relay?.businessId;
  const follow: readonly SessionEffect[] =
    businessId === undefined ? [] : [{ type: 'followEvents', key: `follow ${businessId}`, businessId }];
  switch (state) {
    case 'requested':
      return request.scene !== 'login' && signing.documents === undefined
        ? [{ type: 'readDocuments', key: 'read documents' }]
        : [{ type: 'resolvePlatform', key: 'resolve' }];
    case 'preparing':
      return openingId === undefined ? [] : [{ type: 'openRelay', key: `open ${openingId}`, openingId }];
    case 'awaitingScan':
    case 'scanned':
      return follow;
    case 'arranging':
    case 'signing':
    case 'confirmed': {
      if (businessId === undefined) return [];
      const work = request.scene === 'login' ? 'readResult' : signingWork(state, signing);
      const open = state === 'confirmed' ? [] : follow;
      return work === undefined ? open : [...open, { type: work, key: `${work} ${businessId}`, businessId }];
    }
    case 'completing':
    case 'succeeded':
    case 'cancelled':
    case 'failed':
      return session.settled ? [] : [{ type: 'deliverOutcome', key: `deliver ${state}` }];
    case 'awaitingConsent':
    case 'expired':
      return [];
    default:
      return assertNever(state);
  }
}

/** The next step of a signing scene, by what is there already. */
function signingWork(state: 'arranging' | 'signing' | 'confirmed', signing: SigningProgress) {
  switch (state) {
    case 'arranging':
      return signing.identity === undefined ? 'readIdentity' : undefined;
    case 'signing':
      if (signing.toBeSigned === undefined) return 'prepareSignatures';
      return signing.signingNumber === undefined ? 'submitToBeSigned' : undefined;
    case 'confirmed':
      return signing.signatures === undefined ? 'readSignatures' : 'writeDocuments';
    default:
      return assertNever(state);
  }
}
