import { newSession } from '../../src/extension/background/sessions/session-machine.ts';
import type {
  SessionRecord,
  SessionRequest,
  SigningProgress,
  StoredIdentity,
  StoredRelay,
} from '../../src/extension/storage/session-record.ts';
import type { OpeningPurpose, Recipient } from '../../src/protocol/bids.ts';
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

export const loginRequest: SessionRequest = {
  scene: 'login',
  params: { challenge: 'challenge-of-the-site' },
};

export const sealRequest: SessionRequest = {
  scene: 'signature',
  params: {},
  names: ['bid.pdf'],
  places: [[]],
};

export const documents = [{ name: 'bid.pdf', size: 1_000, sm3: 'a'.repeat(64) }];

export const identity: StoredIdentity = {
  certificate: 'AAAA',
  chain: [],
  signer: { name: '湛江测试建设有限公司', serialNumber: '0a' },
  seals: [
    {
      id: 'company',
      name: '公章',
      picture: { type: 'png', base64: 'AAAA', widthMm: 42, heightMm: 42 },
      validTo: '2030-01-01T00:00:00.000Z',
      usable: true,
      der: 'AAAA',
    },
  ],
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
    driver: 'relay',
    request: loginRequest,
  },
  start,
);

const opened = { platform: 'zhongzhao-hulian', openingId: 'opening-1', relay } as const;

/** A signing scene whose places are chosen. */
export const arranged: SigningProgress = {
  documents,
  identity,
  plan: {
    signingTime: start,
    stamp: { seal: 'AAAA', places: [[{ kind: 'point', page: 1, x: 100, y: 100 }]] },
  },
};

/** A session as it stands in each state; `arranging` and `signing` are those of a seal, all others of a login. */
export function sessionIn(state: SessionState): SessionRecord {
  const byState: Record<SessionState, Partial<SessionRecord>> = {
    requested: {},
    awaitingConsent: {},
    preparing: { platform: 'zhongzhao-hulian', openingId: 'opening-1' },
    awaitingScan: opened,
    scanned: { ...opened, lastSequence: 1 },
    arranging: { ...opened, lastSequence: 2, request: sealRequest, signing: { documents, identity } },
    signing: { ...opened, lastSequence: 2, request: sealRequest, signing: arranged },
    confirmed: { ...opened, lastSequence: 2 },
    completing: { ...opened, lastSequence: 2, outcome: { result: token } },
    expired: opened,
    succeeded: { platform: 'zhongzhao-hulian', settled: true },
    cancelled: { platform: 'zhongzhao-hulian', outcome: { error: 'USER_CANCELLED' } },
    failed: { platform: 'zhongzhao-hulian', outcome: { error: 'FRONT_SERVER_FAILED' } },
  };
  return { ...fresh, windowId: 5, ...byState[state], state, deadline: start + 60_000 };
}

export const recipient: Recipient = {
  name: '湛江测试建设有限公司',
  serialNumber: '0b',
  fingerprint: 'b'.repeat(64),
  notBefore: start - 1_000,
  notAfter: start + 1_000_000,
};

export const encryptRequest: SessionRequest = { scene: 'encrypt', params: {}, names: ['bid.pdf'] };

export function openingRequest(purpose: OpeningPurpose): SessionRequest {
  return { scene: 'decrypt', purpose, params: {}, names: ['one.cabid', 'two.cabid', 'three.cabid'] };
}
