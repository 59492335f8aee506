import { assertNever } from '../../lib/assert-never.ts';
import type { BidWarning } from '../../protocol/bids.ts';
import type { SessionState } from '../../protocol/session-states.ts';

/** What is asked of encrypted files. */
export type OpeningTask = 'readiness' | 'rehearse' | 'decrypt';

const common = {
  requested: '正在由加密客户端读取文件…',
  awaitingConsent: '请在弹出的窗口中选择证书平台',
  preparing: '正在向证书平台申请二维码…',
  awaitingScan: '请在弹出的窗口中扫码',
  expired: '二维码已过期，请在弹出的窗口中刷新',
  scanned: '已扫码，请在手机上核对数字',
  succeeded: '已完成',
  cancelled: '已取消',
  failed: '未完成',
} as const;

export const encryptionStates: Readonly<Record<SessionState, string>> = {
  ...common,
  arranging: '请在弹出的窗口中核对加密证书',
  signing: '请在手机上核对数字',
  confirmed: '正在本机加密，写完后再读回检查…',
  completing: '正在交付加密文件…',
};

export const openingStates: Readonly<Record<SessionState, string>> = {
  ...common,
  arranging: '正在核对手机上的证书与加密文件…',
  signing: '请在手机上核对数字并输入口令',
  confirmed: '手机已解开密钥，正在本机逐块校验…',
  completing: '正在交付结果…',
};

export const taskNames: Readonly<Record<OpeningTask, string>> = {
  readiness: '检查能否解密',
  rehearse: '开标演练',
  decrypt: '解密投标文件',
};

/** What is said of one file that the task succeeded with. */
export function successText(task: OpeningTask): string {
  switch (task) {
    case 'readiness':
      return '能解密';
    case 'rehearse':
      return '演练通过';
    case 'decrypt':
      return '已解密';
    default:
      return assertNever(task);
  }
}

export const warningTexts: Readonly<Record<BidWarning, string>> = {
  CERTIFICATE_RENEWED: '证书在加密后续期过，密钥没有变，仍能解密。',
  CERTIFICATE_ENDS_BEFORE_OPENING: '证书在开标前到期，请在到期前续期并保留原密钥，或用新证书重新加密上传。',
  CERTIFICATE_EXPIRED: '证书已过期，原密钥还能解开；请尽快续期并保留原密钥。',
  CERTIFICATE_REVOKED: '证书已吊销，吊销前加密的文件还能用原密钥解开。',
};
