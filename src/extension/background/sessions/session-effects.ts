import { assertNever } from '../../../lib/assert-never.ts';
import { isEndState } from '../../../protocol/session-states.ts';
import type { SessionRecord, SigningProgress, StoredRelease } from '../../storage/session-record.ts';
import { awaitsReading, awaitsSaving } from './session-deadlines.ts';

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
  | { readonly type: 'judgeRecipients'; readonly key: string; readonly businessId: string }
  | { readonly type: 'encryptBids'; readonly key: string }
  | { readonly type: 'createOpening'; readonly key: string }
  | { readonly type: 'prepareOpening'; readonly key: string; readonly businessId: string }
  | { readonly type: 'readKeys'; readonly key: string; readonly businessId: string }
  /** The one-time key is in the client's memory: without it the user would confirm in vain. */
  | { readonly type: 'watchOpening'; readonly key: string }
  | { readonly type: 'openBids'; readonly key: string; readonly businessId: string }
  /** The user is to save what was written: it must be there. */
  | { readonly type: 'requireBytes'; readonly key: string }
  | { readonly type: 'deliverOutcome'; readonly key: string }
  | { readonly type: 'releaseRelay'; readonly key: string; readonly release: StoredRelease };

/**
 * The work that `session` needs, derived from the record alone: after a transition and after a restart of the
 * worker alike, what is listed and not running is started, what runs and is not listed is aborted.
 */
export function effectsOf(session: SessionRecord): readonly SessionEffect[] {
  const effects: SessionEffect[] = session.releases.map((release) => ({
    type: 'releaseRelay',
    key: `release ${release.relay.businessId}`,
    release,
  }));
  effects.push(...stateEffects(session), ...watchEffects(session));
  if (session.windowId === undefined && !isEndState(session.state)) {
    effects.push({ type: 'showWindow', key: 'window' });
  }
  return effects;
}

function stateEffects(session: SessionRecord): readonly SessionEffect[] {
  const { state, relay, openingId, request, signing } = session;
  const businessId = relay?.businessId;
  const follow: readonly SessionEffect[] =
    businessId === undefined || isPhoneDone(session) || !hasNews(session)
      ? []
      : [{ type: 'followEvents', key: `follow ${businessId}`, businessId }];
  switch (state) {
    case 'requested':
      if (request.scene !== 'login' && signing.documents === undefined) {
        return [{ type: 'readDocuments', key: 'read documents' }];
      }
      return awaitsReading(session)
        ? [{ type: 'createOpening', key: 'create opening' }]
        : [{ type: 'resolvePlatform', key: 'resolve' }];
    case 'preparing':
      return openingId === undefined ? [] : [{ type: 'openRelay', key: `open ${openingId}`, openingId }];
    case 'awaitingScan':
    case 'scanned':
      return follow;
    case 'arranging':
    case 'signing':
    case 'confirmed': {
      // What is encrypted again after its bytes were lost needs no phone any more.
      if (state === 'confirmed' && request.scene === 'encrypt') {
        return [{ type: 'encryptBids', key: 'encrypt' }];
      }
      if (businessId === undefined) return [];
      const work = nextWork(session, state);
      const open = state === 'confirmed' ? [] : follow;
      return work === undefined ? open : [...open, { type: work, key: `${work} ${businessId}`, businessId }];
    }
    case 'completing':
      if (awaitsSaving(session)) return [{ type: 'requireBytes', key: 'bytes' }];
      return session.settled ? [] : [{ type: 'deliverOutcome', key: 'deliver completing' }];
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

/** Where the phone only says who it is, nothing that becomes of its session afterwards matters. */
function isPhoneDone({ state, request, signing }: SessionRecord): boolean {
  const isShort = request.scene === 'encrypt' || (request.scene === 'decrypt' && request.purpose === 'check');
  return isShort && state === 'arranging' && signing.identity !== undefined;
}

/** A vendor's service has something to say only where its window may be asking for the PIN. */
function hasNews({ driver, state, signing }: SessionRecord): boolean {
  if (driver !== 'local') return true;
  return state === 'scanned' || (state === 'signing' && signing.submitted === true);
}

/** A client that is gone took the one-time key with it: told at once, and not after the user has entered the PIN. */
function watchEffects({ state, signing }: SessionRecord): readonly SessionEffect[] {
  const { opening } = signing;
  const isWorking = state === 'confirmed' || state === 'completing' || isEndState(state);
  return opening === undefined || isWorking ? [] : [{ type: 'watchOpening', key: `watch ${opening.id}` }];
}

type WorkingState = 'arranging' | 'signing' | 'confirmed';

function nextWork({ request, signing }: SessionRecord, state: WorkingState) {
  switch (request.scene) {
    case 'login':
      return 'readResult';
    case 'messageSignature':
    case 'signature':
    case 'revokeSignature':
      return signingWork(state, signing);
    case 'encrypt':
    case 'decrypt':
      return bidWork(state, request.scene, signing);
    default:
      return assertNever(request);
  }
}

/** The next step of `encrypt` or `decrypt`; encrypting itself needs no phone and is listed apart. */
function bidWork(state: WorkingState, scene: 'encrypt' | 'decrypt', signing: SigningProgress) {
  switch (state) {
    case 'arranging':
      if (signing.identity === undefined) return 'readIdentity';
      if (scene === 'decrypt') return 'prepareOpening';
      return signing.recipients === undefined ? 'judgeRecipients' : undefined;
    case 'signing':
      return signing.submitted === true ? undefined : 'submitToBeSigned';
    case 'confirmed':
      return signing.keys === undefined ? 'readKeys' : 'openBids';
    default:
      return assertNever(state);
  }
}

/** The next step of a signing scene, by what is there already. */
function signingWork(state: WorkingState, signing: SigningProgress) {
  switch (state) {
    case 'arranging':
      return signing.identity === undefined ? 'readIdentity' : undefined;
    case 'signing':
      if (signing.toBeSigned === undefined) return 'prepareSignatures';
      return signing.submitted === true ? undefined : 'submitToBeSigned';
    case 'confirmed':
      return signing.signatures === undefined ? 'readSignatures' : 'writeDocuments';
    default:
      return assertNever(state);
  }
}
