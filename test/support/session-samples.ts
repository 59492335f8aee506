import { newSession } from '../../src/extension/background/sessions/session-machine.ts';
import type { SessionRecord, StoredRelay } from '../../src/extension/storage/session-record.ts';
import type { LoginToken } from '../../src/protocol/login-token.ts';
import type { SessionState } from '../../src/protocol/session-states.ts';

export const start = 1_800_000_000_000;

export const relay: StoredRelay = {
  businessId: 'business-id-0000001',
  secret: 'secret-secret-secret-22',
  qr: 'https://front.example.cn/relay/v1/scan/business-id-0000001#token.digest',
  matchingNumber: '42',
  expiresAt: start + 120_000,
};

export const otherRelay: StoredRelay = { ...relay, businessId: 'business-id-0000002' };

export const token: LoginToken = {
  format: 'ca-bridge-login/1',
  algorithm: 'SM2-SM3',
  scene: 'login',
  businessId: relay.businessId,
  origin: 'https://ggzy.zhanjiang.gov.cn',
  certificate: 'AAAA',
  chain: [],
  signature: 'AAAA',
};

const fresh = newSession(
  {
    id: '3f0f5a4e-7a37-4b7e-9d5c-000000000001',
    asker: {
      origin: 'https://ggzy.zhanjiang.gov.cn',
      tabId: 7,
      documentId: 'DOCUMENT',
      requestId: 'request-1',
    },
    scene: 'login',
    driver: 'relay',
    params: { challenge: 'challenge-of-the-site' },
  },
  start,
);

const opened = { platform: 'zhongzhao-hulian', openingId: 'opening-1', relay } as const;

/** A session as it stands in each state. */
export function sessionIn(state: SessionState): SessionRecord {
  const byState: Record<SessionState, Partial<SessionRecord>> = {
    requested: {},
    awaitingConsent: {},
    preparing: { platform: 'zhongzhao-hulian', openingId: 'opening-1' },
    awaitingScan: opened,
    scanned: { ...opened, lastSequence: 1 },
    confirmed: { ...opened, lastSequence: 2 },
    completing: { ...opened, lastSequence: 2, outcome: { result: token } },
    expired: opened,
    succeeded: { platform: 'zhongzhao-hulian', settled: true },
    cancelled: { platform: 'zhongzhao-hulian', outcome: { error: 'USER_CANCELLED' } },
    failed: { platform: 'zhongzhao-hulian', outcome: { error: 'FRONT_SERVER_FAILED' } },
  };
  return { ...fresh, windowId: 5, ...byState[state], state, deadline: start + 60_000 };
}
