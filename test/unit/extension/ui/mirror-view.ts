import type { MirrorView, SeenCertificate } from '../../../../src/protocol/mirror-view.ts';

export const mirrorId = '5b1f2c7e-9d0a-4c3b-8e21-6f7a8b9c0d1e';
export const otherMirrorId = '0a9b8c7d-6e5f-4a3b-9c2d-1e0f9a8b7c6d';
export const site = 'https://ggzy.zhanjiang.gov.cn';
export const mirroredQr = 'https://connect.ebinterlink.com/qr/login?bizSN=20260703142233&randomNumber=8842';

/** A login QR that a page shows, as the background tells of it. */
export function mirrorView(changes: Partial<MirrorView> = {}): MirrorView {
  return {
    id: mirrorId,
    origin: site,
    topOrigin: site,
    tabId: 7,
    kind: 'qr',
    scene: 'login',
    platform: 'zhongzhao-hulian',
    words: '全国共享互认CA入口 请使用“中招互连”APP扫码登录',
    state: 'shown',
    qr: { content: mirroredQr, trust: 'platform', host: 'connect.ebinterlink.com' },
    since: Date.UTC(2026, 6, 3, 6, 20),
    asksBehaviour: false,
    ...changes,
  };
}

const day = 86_400_000;

/** A certificate that was seen a day ago and ends in `days` days, counted from `now`. */
export function seenCertificate(
  now: number,
  days: number,
  changes: Partial<SeenCertificate> = {},
): SeenCertificate {
  return {
    platform: 'zhongzhao-hulian',
    purpose: 'encryption',
    certificate: {
      name: '示例建设有限公司',
      serialNumber: '4c9e2f',
      fingerprint: 'ab'.repeat(32),
      notBefore: now - 365 * day,
      notAfter: now + days * day,
    },
    seenAt: now - day,
    ...changes,
  };
}
