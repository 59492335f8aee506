import type { SessionState } from '../../protocol/session-states.ts';

/** Where a login is: in the bridge's hands, or at the site's own back end. */
export type LoginStage = SessionState | 'connecting' | 'verifying';

const steps = ['打开扫码窗口', '手机扫码', '手机上核对并确认', '系统核验身份'] as const;

const stages: Readonly<Record<LoginStage, { readonly step: number; readonly text: string }>> = {
  connecting: { step: 0, text: '正在连接 CA互认桥…' },
  requested: { step: 0, text: '正在打开扫码窗口…' },
  awaitingConsent: { step: 0, text: '请在弹出的窗口中选择证书平台' },
  preparing: { step: 0, text: '正在向证书平台申请二维码…' },
  awaitingScan: { step: 1, text: '请在弹出的窗口中扫码' },
  expired: { step: 1, text: '二维码已过期，请在弹出的窗口中刷新' },
  scanned: { step: 2, text: '已扫码，请在手机上核对数字并确认' },
  arranging: { step: 2, text: '请在弹出的窗口中继续' },
  signing: { step: 2, text: '请在手机上核对数字并确认' },
  confirmed: { step: 3, text: '手机已确认，正在取回登录凭证…' },
  completing: { step: 3, text: '正在取回登录凭证…' },
  verifying: { step: 3, text: '正在核验证书与签名…' },
  succeeded: { step: 3, text: '正在核验证书与签名…' },
  cancelled: { step: 0, text: '已取消' },
  failed: { step: 0, text: '未能登录' },
};

export function LoginProgress({ stage, onCancel }: { stage: LoginStage; onCancel: () => void }) {
  const { step, text } = stages[stage];
  return (
    <section class="progress" aria-label="登录进度">
      <p class="progress-now" role="status">
        <span class="spinner" aria-hidden="true" />
        {text}
      </p>
      <ol class="steps">
        {steps.map((label, index) => (
          <li
            key={label}
            class={index < step ? 'done' : index === step ? 'now' : ''}
            aria-current={index === step ? 'step' : undefined}
          >
            {label}
          </li>
        ))}
      </ol>
      <p class="hint">
        扫码窗口由浏览器扩展打开，不在本页面内。若被其他窗口遮住，请点击浏览器工具栏的扩展图标。
      </p>
      <button type="button" class="button secondary" disabled={stage === 'verifying'} onClick={onCancel}>
        取消登录
      </button>
    </section>
  );
}
