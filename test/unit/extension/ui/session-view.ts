import type { ErrorCode } from '../../../../src/protocol/error-codes.ts';
import type { WireError } from '../../../../src/protocol/wire-error-schema.ts';
import { isEndState, type SessionState } from '../../../../src/protocol/session-states.ts';
import type { SessionView } from '../../../../src/protocol/ui-messages.ts';

export const sessionId = '3f0c8a52-6c1e-4a8e-9f57-0d3c9a3f8b11';
export const otherSessionId = '8d1f9f0a-2a4c-4d5e-8f60-7b1c2d3e4f50';
export const qrContent = 'https://front.example.cn/relay/v1/scan/mR2x8PqLkJ3vT9aZ#Zx0aB1cD.9aBcDeFg';

export const wireError = (code: ErrorCode): WireError => ({ code, message: code, retry: false });

/** A session as the background shows it in `state`. */
export function sessionView(state: SessionState, changes: Partial<SessionView> = {}): SessionView {
  const hasQr = state === 'awaitingScan' || state === 'scanned';
  const hasNumber = hasQr || state === 'signing';
  return {
    id: sessionId,
    scene: 'login',
    driver: 'relay',
    origin: 'https://ggzy.zhanjiang.gov.cn',
    state,
    ...(state === 'requested' || state === 'awaitingConsent' ? {} : { platform: 'zhongzhao-hulian' }),
    choices: [
      {
        id: 'zhongzhao-hulian',
        name: { 'zh-CN': '中招互连', en: 'Zhongzhao Hulian' },
        hotline: '400-666-4230',
        available: true,
      },
      { id: 'yue-qi-qian', name: { 'zh-CN': '粤企签', en: 'Yue Qi Qian' }, available: false },
    ],
    canChoosePlatform: ['awaitingConsent', 'preparing', 'awaitingScan', 'expired'].includes(state),
    canRenew: state === 'expired',
    canCancel: !isEndState(state),
    documents: [],
    ...(hasQr ? { qrContent } : {}),
    ...(hasNumber ? { matchingNumber: '47' } : {}),
    ...(state === 'failed' ? { error: wireError('FRONT_SERVER_TIMEOUT') } : {}),
    ...(state === 'cancelled' ? { error: wireError('USER_CANCELLED') } : {}),
    ...changes,
  };
}
