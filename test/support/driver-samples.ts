import { effectsOf } from '../../src/extension/background/sessions/session-effects.ts';
import type { SessionEvent } from '../../src/extension/background/sessions/session-events.ts';
import type { SessionRecord, StoredRelay } from '../../src/extension/storage/session-record.ts';
import type { VendorKey } from '../../src/protocol/connector-methods.ts';
import type { SessionDriver } from '../../src/protocol/drivers.ts';
import type { SessionState } from '../../src/protocol/session-states.ts';
import { relay, sessionIn, start } from './session-samples.ts';

export const vendorKeys: readonly VendorKey[] = [
  { id: 'SM2/1', name: '湛江测试建设有限公司', certificate: 'AAAA', encryptionCertificate: 'BBBB' },
  { id: 'SM2/2', name: '湛江测试建设有限公司', certificate: 'CCCC' },
];

/** Keys of a vendor's service to choose from. */
export const localRelay: StoredRelay = { businessId: relay.businessId, secret: '', keys: vendorKeys };
export const chosenRelay: StoredRelay = { ...localRelay, key: 'SM2/1' };

/** A QR that the page's own back end got. */
export const siteRelay: StoredRelay = {
  businessId: relay.businessId,
  secret: '',
  qr: 'https://app.ebinterlink.com/s/1',
};

const before: ReadonlySet<SessionState> = new Set(['requested', 'awaitingConsent', 'preparing']);

/** The session of each state (`sessionIn`) as driver `local` has it. */
export function localIn(state: SessionState, more: Partial<SessionRecord> = {}): SessionRecord {
  const { relay: shown, lastSequence, ...session } = sessionIn(state);
  const isChosen = lastSequence > 0;
  return {
    ...session,
    driver: 'local',
    ...(before.has(state) ? {} : { platform: 'yun-you-cai' as const }),
    ...(shown === undefined ? {} : { relay: isChosen ? chosenRelay : localRelay }),
    lastSequence,
    ...more,
  };
}

/** The same as driver `site` has it: the page runs the flow of 中招互连. */
export function siteIn(state: SessionState, more: Partial<SessionRecord> = {}): SessionRecord {
  const { relay: shown, ...session } = sessionIn(state);
  return {
    ...session,
    driver: 'site',
    request:
      session.request.scene === 'login'
        ? { scene: 'login', params: { site: { platform: 'zhongzhao-hulian' } } }
        : session.request,
    ...(shown === undefined ? {} : { relay: siteRelay }),
    ...more,
  };
}

export const late = start + 60_000;

export const relayEvent = (
  kind: 'scanned' | 'identified' | 'confirmed' | 'refused' | 'cancelled',
  sequence: number,
) => ({ type: 'relayEvent', businessId: relay.businessId, sequence, kind }) satisfies SessionEvent;

export const choice = (key: string): SessionEvent => ({ type: 'keyChosen', key });

export const taken = (driver: SessionDriver, openingId = 'opening-2'): SessionEvent => ({
  type: 'platformChosen',
  platform: 'yue-qi-qian',
  driver,
  openingId,
});

/** Types of the work that the session needs. */
export const workOf = (session: SessionRecord) => effectsOf(session).map(({ type }) => type);
